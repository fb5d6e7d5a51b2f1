"""What a case is at one moment: in the view, left out and why, answered, due. Expressions only, no look-ahead.

A case counts when it was received by `as_of`; an answer, or an outcome that takes it out, counts when its close time
is not later than `as_of` (an outcome without a close time counts at once). Plain comparisons and CASE only, so that
SQLite, PostgreSQL and DuckDB answer alike.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import FILTERS, Scope
from nakhon_dash.store.schema import complaint

c = complaint.c
HOUR = 3_600_000_000  # microseconds
ANSWERS = ("fixed", "deferred_to_budget")
LEAVING = ("duplicate", "out_of_area", "not_actionable", "referred_out")
# The order decides the one reason of a case that has several.
REASONS = (*LEAVING, "no_finish_time", "information_call", "no_target")
INSTANT = 600_000_000  # an answer within ten minutes of receipt

BY = {
    "dimension": c.dimension,
    "category": c.category,
    "department": c.department,
    "zone": c.zone,
    "channel": c.channel,
    "source": c.source,
    "month": c.month_no,
    "day": c.day_no,
    "weekday": c.dow,
    "hour": c.hour,
}


def text(value: str) -> ColumnElement[str]:
    """A constant of ours inside the statement: PostgreSQL cannot group by expressions with parameters."""
    return sa.literal_column(f"'{value}'", sa.String())


def number(value: int) -> ColumnElement[int]:
    return sa.literal_column(str(value), sa.BigInteger())


def in_view(scope: Scope, as_of: int) -> list[ColumnElement[bool]]:
    """The conditions of the filters; an empty filter lets everything through."""
    out: list[ColumnElement[bool]] = [c.received_at <= as_of]
    if scope.first_day is not None:
        out.append(c.day_no >= scope.first_day)
    if scope.last_day is not None:
        out.append(c.day_no <= scope.last_day)
    if scope.cell:
        out.append(in_cells(scope.cell))
    return out + [BY[name].in_(getattr(scope, name)) for name in FILTERS if name in BY and getattr(scope, name)]


def in_cells(cells: Sequence[str]) -> ColumnElement[bool]:
    """Whether a case lies in one of these H3 cells, each asked at its own resolution; a pin that is nobody's place
    lies in none."""
    wanted: dict[int, list[int]] = {}
    for cell in cells:
        wanted.setdefault(int(cell[1], 16), []).append(int(cell, 16))  # the second digit is the resolution
    inside = [c[f"h3_{res}"].in_(numbers) for res, numbers in sorted(wanted.items())]
    return sa.and_(sa.or_(*inside), sa.not_(flagged("placeholder_location")))


def flagged(code: str) -> ColumnElement[bool]:
    """Whether the codes in `flags` (a space between) hold this one; most rows have none and stop at the first test."""
    return sa.and_(c.flags != text(""), (text(" ") + c.flags + text(" ")).contains(f" {code} ", autoescape=True))


def due(scope: Scope, promise: Promise) -> ColumnElement[int]:
    """The due time that the view asks for; null where there is none."""
    if scope.due_from == "source":
        return sa.case((c.due_from == text("source"), c.due_at))
    if scope.due_from == "promise":
        return c.received_at + promised(promise)
    return sa.type_coerce(c.due_at, sa.BigInteger())


def promised(promise: Promise) -> ColumnElement[int]:
    """Promised microseconds of the case's category."""
    general = number(round(promise.hours * HOUR))
    own = [(c.category == code, number(round(hours * HOUR))) for code, hours in promise.by_category.items()]
    return sa.case(*own, else_=general) if own else general


def closed(as_of: int) -> ColumnElement[bool]:
    return c.closed_at <= as_of


def not_closed(as_of: int) -> ColumnElement[bool]:
    """Without a close by `as_of`, or with one that nobody said how: the only cases that can be open."""
    return sa.or_(c.closed_at.is_(None), c.closed_at > as_of, c.outcome.is_(None))


def outcome(as_of: int) -> ColumnElement[str]:
    """The outcome as known at `as_of`; null while it is open."""
    return sa.case((sa.or_(c.closed_at.is_(None), closed(as_of)), c.outcome))


def answered(as_of: int) -> ColumnElement[bool]:
    return sa.and_(closed(as_of), c.outcome.in_([text(code) for code in ANSWERS]))


def reason(as_of: int, due_time: ColumnElement[int] | None = None) -> ColumnElement[str]:
    """Why a case is left out, '' if it is not; `no_target` only where a due time is asked for."""
    leaves = sa.and_(
        c.outcome.in_([text(code) for code in LEAVING]), sa.or_(c.closed_at.is_(None), closed(as_of))
    )  # fmt: skip
    unfinished = sa.and_(
        c.closed_at.is_(None), sa.or_(c.status == text("closed"), flagged("no_finish_time"))
    )  # fmt: skip
    cases = [
        (leaves, c.outcome),
        (unfinished, text("no_finish_time")),
        (flagged("information_call"), text("information_call")),
    ]
    if due_time is not None:
        cases.append((due_time.is_(None), text("no_target")))
    return sa.case(*cases, else_=text(""))


def state(as_of: int, due_time: ColumnElement[int]) -> ColumnElement[str]:
    """Where a case stands that is not left out.

    fixed, deferred: answered in time, due by now · early: answered, not due yet · late: answered too late
    (or without a due time) · overdue: open past due · waiting: open, not due yet (or without a due time).
    """
    in_time, is_due = c.closed_at <= due_time, due_time <= as_of
    known = answered(as_of)
    return sa.case(
        (sa.and_(known, in_time, is_due, c.outcome == text("fixed")), text("fixed")),
        (sa.and_(known, in_time, is_due), text("deferred")),
        (sa.and_(known, in_time), text("early")),
        (known, text("late")),
        (is_due, text("overdue")),
        else_=text("waiting"),
    )


def yes(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 or 0; unknown is 0."""
    return sa.case((condition, number(1)), else_=number(0))
