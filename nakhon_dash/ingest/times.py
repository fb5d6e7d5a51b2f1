"""Columns of times: whole blocks at once where they are written plainly, value by value where they are not."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from nakhon_dash.ingest.clock import utc_from_local
from nakhon_dash.ingest.dates import BE_FROM, BE_OFFSET, DAY, Order, read_moment

MARKS = (
    "be_year", "thai_digits", "thai_month", "naive_time_assumed", "dst_ambiguous", "dst_nonexistent",
    "placeholder_date",
)
_PLAIN_FROM = np.datetime64("1901-01-01", "us").astype(np.int64)  # before it, dates stand for "none"
_BE_FROM = np.datetime64(f"{BE_FROM}-01-01", "us").astype(np.int64)
DATE_LENGTH = 10  # of yyyy-mm-dd
_ZULU = frozenset("Zz")
_NOON = {f"{h:02d}A": f"{h % 12:02d}" for h in range(1, 13)} | {f"{h:02d}P": f"{h % 12 + 12:02d}" for h in range(1, 13)}


@dataclass(frozen=True)
class Clock:
    """How a format writes times: the zone of values without one, the order, and whether a zone is due."""

    zone: ZoneInfo
    order: Order = "dmy"
    zone_due: bool = False


@dataclass
class Times:
    """Microseconds UTC where `known`; `errors` holds bad_date or ambiguous_year where a value cannot be read."""

    utc: np.ndarray
    known: np.ndarray
    errors: np.ndarray
    date_only: np.ndarray
    marks: dict[str, np.ndarray] = field(default_factory=dict)


def read_times(values: list[str], clock: Clock) -> Times:
    """The moments written in stripped `values`; empty is unknown."""
    size = len(values)
    marks = {name: np.zeros(size, bool) for name in MARKS}
    if not any(values):
        nothing = np.zeros(size, bool)
        return Times(np.zeros(size, np.int64), nothing, np.full(size, None, object), nothing.copy(), marks)
    utc, aware, known = _plain(values, clock.order)
    _from_buddhist_era(utc, known, marks["be_year"])
    errors = np.full(size, None, object)
    date_only = known & (np.array(list(map(len, values)), np.int64) <= DATE_LENGTH)
    for at in np.flatnonzero(~known).tolist():
        if not values[at]:
            continue
        moment = read_moment(values[at], clock.order)
        for flag in moment.flags:
            marks[flag][at] = True
        if moment.error == "no_date":
            marks["placeholder_date"][at] = True
        elif moment.error:
            errors[at] = moment.error
        else:
            known[at], date_only[at] = True, moment.date_only
            aware[at] = moment.offset is not None
            utc[at] = moment.local - (moment.offset or 0)
    _to_utc(utc, known & ~aware, clock, marks)
    return Times(np.where(known, utc, 0), known, errors, date_only, marks)


def _to_utc(utc: np.ndarray, naive: np.ndarray, clock: Clock, marks: dict[str, np.ndarray]) -> None:
    if not naive.any():
        return
    utc[naive], ambiguous, missing = utc_from_local(utc[naive], clock.zone)
    marks["dst_ambiguous"][naive], marks["dst_nonexistent"][naive] = ambiguous, missing
    marks["naive_time_assumed"] |= naive & clock.zone_due


def _plain(values: list[str], order: Order) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(microseconds, has a zone, was read) of the values written in the plainest ways."""
    iso = [v if v[4:5] == "-" and len(v) >= 10 else _rewritten(v, order) if v else "" for v in values]
    texts = np.array(iso, object)
    read = pd.to_datetime(texts, format="ISO8601", errors="coerce", utc=True, cache=False)
    micros = pd.DatetimeIndex(read).as_unit("us").asi8.copy()
    known = micros >= _PLAIN_FROM
    return micros, _aware(iso), known


def _aware(iso: list[str]) -> np.ndarray:
    """Which ISO texts name a zone: +hh, -hh or Z after the time of day."""
    if not any(iso):
        return np.zeros(len(iso), bool)
    aware = ["+" in text for text in iso]
    if not all(aware):
        aware = [has or text[-1:] in _ZULU or "-" in text[DATE_LENGTH:] for has, text in zip(aware, iso, strict=True)]
    return np.array(aware, bool)


def _from_buddhist_era(micros: np.ndarray, known: np.ndarray, marks: np.ndarray) -> None:
    """Moves years from 2400 up by 543; a 29 February that only one era has is left to the slow reading."""
    marks |= known & (micros >= _BE_FROM)
    if not marks.any():
        return
    months = micros[marks].astype("datetime64[us]").astype("datetime64[M]")
    within = micros[marks] - months.astype("datetime64[us]").astype(np.int64)
    then = months - 12 * BE_OFFSET
    moved = then.astype("datetime64[us]").astype(np.int64) + within
    micros[marks] = moved
    known[marks] = moved.astype("datetime64[us]").astype("datetime64[M]") == then


def _rewritten(text: str, order: Order) -> str:
    """dd/mm/yyyy HH:MM[:SS] or mm/dd/yyyy hh:mm:ss AM in ISO order; empty for anything else."""
    if text[2:3] != "/" or text[5:6] != "/" or not text[6:10].isdigit():
        return ""
    day, month = (text[3:5], text[:2]) if order == "mdy" else (text[:2], text[3:5])
    if order == "ymd" or text[10:11] != " ":
        return ""
    if len(text) == 22 and text[21] == "M" and text[19] == " ":
        hour = _NOON.get(text[11:13] + text[20])
        return f"{text[6:10]}-{month}-{day} {hour}{text[13:19]}" if hour else ""
    return f"{text[6:10]}-{month}-{day} {text[11:]}" if len(text) in (16, 19) else ""


def is_midnight(local: np.ndarray) -> np.ndarray:
    """Which wall-clock times are 00:00 to the microsecond."""
    return local % DAY == 0
