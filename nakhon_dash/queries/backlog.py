"""How work comes in and goes out by day, and which cases have been open longest.

A case ends when it is answered or leaves (referred, duplicate, outside, not actionable), on the local day of its close;
clocks that disagree end it on the day of receipt. Cases that ended nobody knows when are counted apart.
"""

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import (
    BY,
    LEAVING,
    answered,
    c,
    closed,
    due,
    flagged,
    in_view,
    not_closed,
    number,
    reason,
    text,
    yes,
)


def _end_day() -> ColumnElement[int]:
    return sa.case((c.closed_day_no > c.day_no, c.closed_day_no), else_=c.day_no)


def _undated() -> ColumnElement[bool]:
    """Ended without a time: finished, or taken out, and no close time."""
    gone = sa.or_(c.outcome.in_([text(code) for code in LEAVING]), c.status == text("closed"),
                  flagged("no_finish_time"))  # fmt: skip
    return sa.and_(c.closed_at.is_(None), gone)


def _cases(scope: Scope, as_of: int) -> list[ColumnElement[bool]]:
    """The filters without the period; information calls are no cases."""
    return [*in_view(scope.days(None, None), as_of), sa.not_(flagged("information_call"))]


def received_by_day(reader: Reader, scope: Scope, as_of: int) -> pd.DataFrame:
    """Every case of the filters, whatever the period: day, undated (1 = its end has no time), n."""
    rows = sa.select(c.day_no.label("day"), yes(_undated()).label("undated")).where(*_cases(scope, as_of)).subquery()
    return reader.frame(sa.select(rows, sa.func.count().label("n")).group_by(rows.c.day, rows.c.undated))


def ended_by_day(reader: Reader, scope: Scope, as_of: int) -> pd.DataFrame:
    """Every case of the filters that ended by `as_of`: day, outcome, n."""
    return _ended(reader, scope, as_of, _end_day(), "day", [])


def ended(reader: Reader, scope: Scope, as_of: int, by: str) -> pd.DataFrame:
    """Cases that ended on the days of the period, whenever they were received: part, outcome, n."""
    inside: list[ColumnElement[bool]] = []
    if scope.first_day is not None:
        inside.append(_end_day() >= scope.first_day)
    if scope.last_day is not None:
        inside.append(_end_day() <= scope.last_day)
    part = c.outcome if by == "outcome" else BY[by]
    return _ended(reader, scope, as_of, part, "part", inside)


def _ended(
    reader: Reader, scope: Scope, as_of: int, part: ColumnElement, name: str, inside: list[ColumnElement[bool]]
) -> pd.DataFrame:
    over = (closed(as_of), c.outcome.is_not(None))
    rows = sa.select(part.label(name), c.outcome.label("outcome")).where(*_cases(scope, as_of), *over, *inside)
    found = rows.subquery()
    keys = (found.c[name], found.c.outcome)
    return reader.frame(sa.select(*keys, sa.func.count().label("n")).group_by(*keys))


def oldest_open(
    reader: Reader, scope: Scope, as_of: int, promise: Promise, since: int | None = None, limit: int | None = None
) -> pd.DataFrame:
    """Open cases, oldest first: source, source_id, category, department, zone, received_at, due (µs or missing).

    `since`: a day (number) before which none is known to be open, so that a large store need not look there.
    """
    where = [*in_view(scope.days(since, None), as_of), not_closed(as_of), reason(as_of) == text(""),
             yes(answered(as_of)) == number(0)]  # fmt: skip
    columns = (c.source, c.source_id, c.category, c.department, c.zone, c.received_at,
               due(scope, promise).label("due"))  # fmt: skip
    # by day first: the index on it lets the store stop at the limit
    return reader.frame(sa.select(*columns).where(*where).order_by(c.day_no, c.received_at, c.id).limit(limit))
