"""Local clock <-> UTC for whole arrays, microseconds since 1970-01-01T00:00.

An offset is looked up once for each day that occurs, and for each quarter hour of the days on which it changes:
offsets change on quarter hours only. Clock changes: an ambiguous time is its first reading, a time that never was is
shifted forward by the gap; both are the reading with the offset in force before the change.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

QUARTER = 15 * 60 * 1_000_000
DAY = 96 * QUARTER
_EPOCH = datetime(1970, 1, 1)  # a wall clock, on purpose without a zone
_UTC = ZoneInfo("UTC")
Offsets = tuple[int, int]  # before a change, after it


def _micros(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds()) * 1_000_000


def _from_local(zone: ZoneInfo, micros: int) -> Offsets:
    wall = (_EPOCH + timedelta(microseconds=micros)).replace(tzinfo=zone)
    return _micros(wall.utcoffset()), _micros(wall.replace(fold=1).utcoffset())


def _from_utc(zone: ZoneInfo, micros: int) -> Offsets:
    moment = (_EPOCH + timedelta(microseconds=micros)).replace(tzinfo=_UTC)
    offset = _micros(moment.astimezone(zone).utcoffset())
    return offset, offset


_quarter = cache(lambda ask, zone, quarter: ask(zone, quarter * QUARTER))


@cache
def _day(ask: Callable[[ZoneInfo, int], Offsets], zone: ZoneInfo, day: int) -> Offsets | None:
    """The offsets of a whole day, None when they change within it."""
    ends = {*ask(zone, day * DAY), *ask(zone, (day + 1) * DAY - 1)}
    return (ends.pop(),) * 2 if len(ends) == 1 else None


def _offsets(ask: Callable[[ZoneInfo, int], Offsets], micros: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    days, where = np.unique(micros // DAY, return_inverse=True)
    known = [_day(ask, zone, day) for day in days.tolist()]
    table = np.array([offsets or (0, 0) for offsets in known], np.int64).reshape(-1, 2)
    found = table[where]
    changing = np.array([offsets is None for offsets in known], bool)[where]
    for at in np.flatnonzero(changing).tolist():
        found[at] = _quarter(ask, zone, int(micros[at]) // QUARTER)
    return found


def utc_from_local(local: np.ndarray, zone: ZoneInfo) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(UTC, was ambiguous, did not exist) of local clock times."""
    offsets = _offsets(_from_local, local, zone)
    before, after = offsets[:, 0], offsets[:, 1]
    return local - before, before > after, before < after


def local_from_utc(utc: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """The local clock at moments in UTC."""
    return utc + _offsets(_from_utc, utc, zone)[:, 0]
