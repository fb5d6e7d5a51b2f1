"""Cases by the moment of their receipt: day, hour, how long they waited, whether they were in time."""

import math
from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa
from sqlalchemy import ColumnElement

from nakhon_dash.domain.profile import Promise
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader
from nakhon_dash.queries.conditions import BY, HOUR, answered, c, due, in_view, number, reason, text, yes

FINE, FINE_STEP = 72 * HOUR, HOUR // 10  # up to three days waits are told to six minutes, then to the hour
SIZES = {"weekday": 7, "hour": 24, "off": 2, "answered": 2, "on_time": 3}  # how many values each has
CODES = math.prod(SIZES.values())


def receipts(
    reader: Reader, scope: Scope, as_of: int, promise: Promise, by: str | None = None, every: int = 1
) -> pd.DataFrame:
    """One row a case that is not left out: day (number), hour (0-23), received (µs), wait (µs on the calendar until the
    answer or `as_of`), answered (0/1), on_time (1 in time, 0 late, -1 not due yet or without a due time), part.

    The base of on_time is that of the headline share. `every` takes only each so many of the cases.
    """
    columns = [c.day_no.label("day"), c.hour.label("hour"), c.received_at.label("received"),
               *_told(scope, as_of, promise)]  # fmt: skip
    if by is not None:
        columns.append(BY[by].label("part"))
    chosen = [c.id % number(every) == number(0)] if every > 1 else []
    return reader.frame(sa.select(*columns).where(*in_view(scope, as_of), reason(as_of) == text(""), *chosen))


def week(
    reader: Reader, scope: Scope, as_of: int, promise: Promise, worked: Sequence[int], holidays: Sequence[int]
) -> pd.DataFrame:
    """The same counted: weekday, hour, off (1 = weekend or holiday), wait, answered, on_time, n.

    Waits in steps, those of answered cases rounded up, of open ones down. `worked` are weekdays, `holidays` day
    numbers.
    """
    weekend, holiday = c.dow.not_in([number(day) for day in worked]), c.day_no.in_([number(day) for day in holidays])
    told = dict(zip(("wait", "answered", "on_time"), _told(scope, as_of, promise), strict=True))
    parts = {"weekday": c.dow, "hour": c.hour, "off": yes(sa.or_(weekend, holiday) if holidays else weekend),
             "answered": told["answered"], "on_time": told["on_time"] + number(1)}  # fmt: skip
    code: ColumnElement[int] = number(0)
    for name, size in SIZES.items():
        code = code * number(size) + parts[name]
    rows = sa.select(told["wait"], told["answered"], code.label("code")).where(
        *in_view(scope, as_of), reason(as_of) == text("")).subquery()  # fmt: skip
    step = sa.case((rows.c.wait <= number(FINE), number(FINE_STEP)), else_=number(HOUR))
    over = rows.c.wait % step
    up = sa.case((sa.and_(rows.c.answered == number(1), over > number(0)), step), else_=number(0))
    # one number for all that makes rows alike: grouping by it takes half the time of grouping by seven columns
    key = ((rows.c.wait - over + up) * number(CODES) + rows.c.code).label("key")
    return _unpacked(reader.frame(sa.select(key, sa.func.count().label("n")).group_by(key)))


def _unpacked(rows: pd.DataFrame) -> pd.DataFrame:
    key = rows["key"].to_numpy("int64")
    out, code = {"wait": key // CODES, "n": rows["n"].to_numpy("int64")}, key % CODES
    for name, size in reversed(SIZES.items()):
        code, out[name] = code // size, code % size
    out["on_time"] -= 1
    return pd.DataFrame(out)


def _told(scope: Scope, as_of: int, promise: Promise) -> tuple[ColumnElement, ColumnElement, ColumnElement]:
    """wait, answered, on_time of a case."""
    known, due_time = answered(as_of), due(scope, promise)
    ended = sa.case((known, c.closed_at), else_=number(as_of))
    wait = sa.case((ended > c.received_at, ended - c.received_at), else_=number(0))
    # the states fixed and deferred of `conditions.state`, then late and overdue
    in_time = sa.case(
        (sa.or_(due_time.is_(None), due_time > number(as_of)), number(-1)),
        (sa.and_(known, c.closed_at <= due_time), number(1)),
        else_=number(0),
    )
    return wait.label("wait"), yes(known).label("answered"), in_time.label("on_time")
