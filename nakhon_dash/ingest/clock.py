"""Local clock <-> UTC for whole arrays, microseconds since 1970-01-01T00:00.

Offsets change on quarter hours only, so an offset is looked up once for each quarter hour that occurs.
Clock changes: an ambiguous time is its first reading, a time that never was is shifted forward by the gap; both are
the reading with the offset in force before the change.
"""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

QUARTER = 15 * 60 * 1_000_000
_EPOCH = datetime(1970, 1, 1)  # a wall clock, on purpose without a zone
_UTC = ZoneInfo("UTC")


def _micros(offset: timedelta | None) -> int:
    return int((offset or timedelta()).total_seconds()) * 1_000_000


@cache
def _from_local(zone: ZoneInfo, quarter: int) -> tuple[int, int]:
    """(offset before a change, offset after it) of the quarter hour of a local clock."""
    wall = _EPOCH + timedelta(microseconds=quarter * QUARTER)
    return (_micros(wall.replace(tzinfo=zone).utcoffset()), _micros(wall.replace(tzinfo=zone, fold=1).utcoffset()))


@cache
def _from_utc(zone: ZoneInfo, quarter: int) -> int:
    moment = (_EPOCH + timedelta(microseconds=quarter * QUARTER)).replace(tzinfo=_UTC)
    return _micros(moment.astimezone(zone).utcoffset())


def utc_from_local(local: np.ndarray, zone: ZoneInfo) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(UTC, was ambiguous, did not exist) of local clock times."""
    quarters, where = np.unique(local // QUARTER, return_inverse=True)
    offsets = np.array([_from_local(zone, q) for q in quarters.tolist()], np.int64).reshape(-1, 2)[where]
    before, after = offsets[:, 0], offsets[:, 1]
    return local - before, before > after, before < after


def local_from_utc(utc: np.ndarray, zone: ZoneInfo) -> np.ndarray:
    """The local clock at moments in UTC."""
    quarters, where = np.unique(utc // QUARTER, return_inverse=True)
    offsets = np.array([_from_utc(zone, q) for q in quarters.tolist()], np.int64)
    return utc + offsets[where] if len(offsets) else utc
