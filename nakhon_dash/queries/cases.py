"""Cases of a view as they stood at one moment: how many, how long, which are open. One statement each."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import (
    BY,
    HOUR,
    INSTANT,
    LEAVING,
    answered,
    c,
    due,
    flagged,
    in_view,
    not_closed,
    number,
    outcome,
    promised,
    reason,
    state,
    text,
    yes,
)


def _by(name: str | None, as_of: int) -> ColumnElement:
    if name is None:
        return text("")
    return outcome(as_of) if name == "outcome" else BY[name]


def tally(
    reader: Reader, scope: Scope, as_of: int, promise: Promise, by: str | None = None, *, standing: bool = False
) -> pd.DataFrame:
    """Cases counted by everything the figures ask about them; `standing` counts only those without a close by as_of.

    Columns: part (value of `by`), information (1 = information call), reason ('' = not left out), state, instant
    (1 = answered within ten minutes), n, first (earliest receipt, µs).
    """
    due_time = due(scope, promise)
    known = answered(as_of)
    rows = (
        sa.select(
            _by(by, as_of).label("part"),
            yes(flagged("information_call")).label("information"),
            reason(as_of, due_time).label("reason"),
            state(as_of, due_time).label("state"),
            yes(sa.and_(known, c.closed_at - c.received_at <= number(INSTANT))).label("instant"),
            c.received_at,
        )
        .where(*in_view(scope, as_of), *([not_closed(as_of)] if standing else []))
        .subquery()
    )
    keys = (rows.c.part, rows.c.information, rows.c.reason, rows.c.state, rows.c.instant)
    counted = sa.select(*keys, sa.func.count().label("n"), sa.func.min(rows.c.received_at).label("first"))
    return reader.frame(counted.group_by(*keys))


def waits(reader: Reader, scope: Scope, as_of: int, promise: Promise, by: str | None = None) -> pd.DataFrame:
    """One row a case that is not left out: part, wait (µs until the answer or `as_of`), answered (0/1), promised (µs).

    A case answered before it was received (clocks disagree) waits 0. Waits are calendar time; with a clock in the scope
    the moment of receipt comes along (received, µs), so that the caller can turn them.
    """
    known = answered(as_of)
    ended = sa.case((known, c.closed_at), else_=number(as_of))
    wait = sa.case((ended > c.received_at, ended - c.received_at), else_=number(0))
    columns = [wait.label("wait"), yes(known).label("answered")]
    if by is not None:
        columns.append(_by(by, as_of).label("part"))
    if promise.by_category:
        columns.append(promised(promise).label("promised"))
    if scope.clock is not None:
        columns.append(c.received_at.label("received"))
    found = reader.frame(sa.select(*columns).where(*in_view(scope, as_of), reason(as_of) == text("")))
    if by is None:
        found["part"] = ""
    if not promise.by_category:
        found["promised"] = round(promise.hours * HOUR)
    return found


def open_cases(reader: Reader, scope: Scope, as_of: int, promise: Promise) -> pd.DataFrame:
    """Open cases, oldest first: id, source, source_id, category, department, zone, received_at, due (µs or missing)."""
    statement = (
        sa.select(
            c.id, c.source, c.source_id, c.category, c.department, c.zone, c.received_at,
            due(scope, promise).label("due"),
        )
        .where(*in_view(scope, as_of), reason(as_of) == text(""), yes(answered(as_of)) == number(0))
        .order_by(c.received_at, c.id)
    )  # fmt: skip
    return reader.frame(statement)


def histories(reader: Reader, scope: Scope, as_of: int, since: int, promise: Promise) -> pd.DataFrame:
    """Cases received after `since` (µs) with all that lets an earlier moment be seen again.

    Columns: received_at, answered_at (missing = not by `as_of`), left_at (0 = never counted, missing = stays), due,
    category.
    """
    why, due_time = reason(as_of), due(scope, promise)
    leaving = why.in_([text(code) for code in LEAVING])
    left = sa.case((why == text(""), sa.null()), (leaving & c.closed_at.is_not(None), c.closed_at), else_=number(0))
    statement = sa.select(
        c.received_at,
        sa.case((answered(as_of), c.closed_at)).label("answered_at"),
        sa.type_coerce(left, sa.BigInteger()).label("left_at"),
        due_time.label("due"),
        c.category,
    ).where(*in_view(scope, as_of), c.received_at > since, due_time.is_not(None))
    return reader.frame(statement)


def received(reader: Reader, scope: Scope, as_of: int, by: str = "day") -> pd.DataFrame:
    """Cases received (information calls left out) for each value of `by`: part, n; parts without cases are missing."""
    part = BY[by]
    statement = sa.select(part.label("part"), sa.func.count().label("n")).group_by(part).order_by(part)
    return reader.frame(statement.where(*in_view(scope, as_of), sa.not_(flagged("information_call"))))


def first_day(reader: Reader, scope: Scope, as_of: int) -> int | None:
    """Day number of the earliest receipt in the view."""
    found = reader.frame(sa.select(sa.func.min(c.day_no).label("day")).where(*in_view(scope, as_of)))["day"]
    return None if found.empty or pd.isna(found[0]) else int(found[0])


def cells(reader: Reader, scope: Scope, as_of: int, res: int) -> pd.DataFrame:
    """Cases on the map for each H3 cell and zone: cell, zone, n. Cases left out, off the map or outside are not."""
    cell = c[f"h3_{res}"]
    on_map = (cell.is_not(None), reason(as_of) == text(""), sa.not_(flagged("outside_municipality")))
    statement = sa.select(cell.label("cell"), c.zone, sa.func.count().label("n")).group_by(cell, c.zone)
    return reader.frame(statement.where(*in_view(scope, as_of), *on_map, sa.not_(flagged("placeholder_location"))))


def unmapped(reader: Reader, scope: Scope, as_of: int) -> int:
    """Cases that are not left out but have no usable point."""
    off = sa.or_(c.lat.is_(None), flagged("outside_municipality"), flagged("placeholder_location"))
    statement = sa.select(sa.func.count().label("n")).where(*in_view(scope, as_of), reason(as_of) == text(""), off)
    return int(reader.frame(statement)["n"][0])


def weeks(reader: Reader, scope: Scope, as_of: int, count: int = 9) -> pd.DataFrame:
    """Cases of each category and zone in the last `count` weeks to `as_of`: category, zone, w0 (this week), w1, …"""
    week = 7 * 24 * HOUR
    ends = [as_of - i * week for i in range(count)]
    sums = [
        sa.func.sum(yes(sa.and_(c.received_at <= number(end), c.received_at > number(end - week)))).label(f"w{i}")
        for i, end in enumerate(ends)
    ]
    statement = sa.select(c.category, c.zone, *sums).group_by(c.category, c.zone)
    return reader.frame(statement.where(*in_view(scope, as_of), c.received_at > ends[-1] - week,
                                        sa.not_(flagged("information_call"))))  # fmt: skip
