"""Cases of a view as they stood at one moment: how many, how long, which are open. One statement each."""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import (
    ANSWERS,
    BY,
    HOUR,
    INSTANT,
    LEAVING,
    answered,
    c,
    closed,
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

ENDINGS = (*ANSWERS, *LEAVING)  # -1 in a column of endings: not ended by as_of


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


def waits(
    reader: Reader,
    scope: Scope,
    as_of: int,
    promise: Promise,
    by: str | None = None,
    *,
    within: str | None = None,
    endings: bool = False,
    coarse: bool = False,
) -> pd.DataFrame:
    """Cases that are not left out: part, wait (µs until the answer or `as_of`), answered (0/1), promised (µs), n.

    A case answered before it was received (clocks disagree) waits 0. `ending` is its outcome's place in ENDINGS, -1
    while it waits. `within` adds the value of one more column as `stratum`. `endings` adds the cases that an outcome
    takes out, with the time until then; those that left without a time stay out. One row a case with n = 1; `coarse`:
    one row for all that are alike once waits stand in whole minutes, beyond three days in whole hours: those of ended
    cases rounded up, those of open ones down, so that a case was answered within so many hours, or followed for so
    many, exactly when it says so. Waits are calendar time; with a clock in the scope the moment of receipt comes along
    (received, µs), so that the caller can turn them, and rows stay single.
    """
    places = [(c.outcome == text(code), number(i)) for i, code in enumerate(ENDINGS)]
    ending = sa.case((closed(as_of), sa.case(*places, else_=number(-1))), else_=number(-1))
    columns = [ending.label("ending"), c.received_at, c.closed_at]
    if by is not None:
        columns.append(_by(by, as_of).label("part"))
    if within is not None:
        columns.append(_by(within, as_of).label("stratum"))
    if promise.by_category:
        columns.append(promised(promise).label("promised"))
    kept = _ends_or_waits() if endings else reason(as_of) == text("")
    found = reader.frame(_waiting(sa.select(*columns).where(*in_view(scope, as_of), kept), scope, as_of, coarse=coarse))
    place = found["ending"].to_numpy("int64")
    found["answered"] = ((place >= 0) & (place < len(ANSWERS))).astype("int64")
    if by is None:
        found["part"] = ""
    if not promise.by_category:
        found["promised"] = round(promise.hours * HOUR)
    return found


def _ends_or_waits() -> ColumnElement[bool]:
    """Closed at a known time, or truly open; no information call."""
    stays = sa.or_(c.outcome.is_(None), c.outcome.not_in([text(code) for code in LEAVING]))
    truly_open = sa.and_(c.status != text("closed"), sa.not_(flagged("no_finish_time")), stays)
    return sa.and_(sa.not_(flagged("information_call")), sa.or_(c.closed_at.is_not(None), truly_open))


def _waiting(cases: sa.Select, scope: Scope, as_of: int, *, coarse: bool) -> sa.Select:
    """The rows of `cases` (ending, received_at, closed_at, …) with wait and n; each value is worked out once."""
    rows = cases.subquery()
    ended = sa.case((rows.c.ending >= number(0), rows.c.closed_at), else_=number(as_of))
    wait = sa.case((ended > rows.c.received_at, ended - rows.c.received_at), else_=number(0)).label("wait")
    keys = [column for name, column in rows.c.items() if name not in ("received_at", "closed_at")]
    if scope.clock is not None:
        return sa.select(wait, *keys, rows.c.received_at.label("received"), number(1).label("n"))
    if not coarse:
        return sa.select(wait, *keys, number(1).label("n"))
    rows = sa.select(wait, *keys).subquery()
    step = sa.case((rows.c.wait <= number(3 * 24 * HOUR), number(HOUR // 60)), else_=number(HOUR))
    over = rows.c.wait % step
    up = sa.case((sa.and_(rows.c.ending >= number(0), over > number(0)), step), else_=number(0))
    rows = sa.select((rows.c.wait - over + up).label("wait"), *[rows.c[key.name] for key in keys]).subquery()
    return sa.select(*rows.c, sa.func.count().label("n")).group_by(*rows.c)


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
