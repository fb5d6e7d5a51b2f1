"""Cases by the moment of their receipt: day, hour, how long they waited, whether they were in time."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import BY, answered, c, due, in_view, number, reason, state, text, yes

BASE = ("fixed", "deferred", "late", "overdue")


def receipts(reader: Reader, scope: Scope, as_of: int, promise: Promise, by: str | None = None) -> pd.DataFrame:
    """One row a case that is not left out: day (number), hour (0-23), received (µs), wait (µs on the calendar until the
    answer or `as_of`), answered (0/1), on_time (1 in time, 0 late, -1 not due yet or without a due time), part.

    The base of on_time is that of the headline share.
    """
    known, due_time = answered(as_of), due(scope, promise)
    ended = sa.case((known, c.closed_at), else_=number(as_of))
    now = state(as_of, due_time)
    in_time = sa.case(
        (due_time.is_(None), number(-1)),
        (now.in_([text(code) for code in BASE[:2]]), number(1)),
        (now.in_([text(code) for code in BASE[2:]]), number(0)),
        else_=number(-1),
    )
    columns = [
        c.day_no.label("day"), c.hour.label("hour"), c.received_at.label("received"),
        sa.case((ended > c.received_at, ended - c.received_at), else_=number(0)).label("wait"),
        yes(known).label("answered"), in_time.label("on_time"),
    ]  # fmt: skip
    if by is not None:
        columns.append(BY[by].label("part"))
    found = reader.frame(sa.select(*columns).where(*in_view(scope, as_of), reason(as_of) == text("")))
    if by is None:
        found["part"] = ""
    return found
