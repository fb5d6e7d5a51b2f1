"""The last step of every reader and of the demo city: canonical rows with exact dtypes and derived columns.

What a caller gives: any of the columns of COMPLAINT_DTYPES that do not follow from others, at least `source`,
`source_id`, `received_at`, `status`, `category`; plus `record` (default 1..n), `prior_closed_at` and `reopened_at`.
What is missing is unknown (null), never 0.
"""

from functools import cache
from itertools import repeat
from zoneinfo import ZoneInfo

import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from nakhon_dash.domain.profile import Profile
from nakhon_dash.ingest.block import COMPLAINT_DTYPES
from nakhon_dash.ingest.clock import local_from_utc
from nakhon_dash.ingest.rowhash import row_hashes

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
H3_FINEST = 10
BINS_PER_OCTAVE = 16
_THURSDAY = 3  # 1970-01-01, with Monday = 0
_EXTRA = {"record": "int64", "row_hash": "int64", "prior_closed_at": "Int64"}
_ZERO_WHEN_MISSING = {"reopen_count"}


def finish(frame: pd.DataFrame, profile: Profile, *, time_zone: str | None = None) -> pd.DataFrame:
    """Canonical rows of `frame`: derived columns, routing, due times and hash added; no row is left out.

    `time_zone` is that of the place reported from (default: the profile's): its days are the local days. A row
    without `due_at` is measured against the promise of its category, unless its flags say `no_target`.
    """
    rows = _typed(frame)
    _route(rows, profile)
    _set_due(rows, profile)
    _set_cells(rows)
    _set_calendar(rows, ZoneInfo(time_zone) if time_zone else profile.tz)
    _set_durations(rows)
    done = pd.DataFrame({name: rows[name] for name in (*COMPLAINT_DTYPES, "record", "prior_closed_at")}, copy=False)
    if "reopened_at" in frame:  # an event beside the row, not a part of it: few sources tell it
        done["reopened_at"] = _as(frame["reopened_at"], "Int64").set_axis(done.index)
    done["row_hash"] = row_hashes(done)
    return done


def _typed(frame: pd.DataFrame) -> dict[str, pd.Series]:
    size = len(frame)
    index = pd.RangeIndex(size)
    rows: dict[str, pd.Series] = {}
    for name, dtype in (COMPLAINT_DTYPES | _EXTRA).items():
        if name in frame:
            rows[name] = _as(frame[name], dtype).set_axis(index)
        elif name == "record":
            rows[name] = pd.Series(np.arange(1, size + 1), index)
        elif dtype == "object":
            rows[name] = pd.Series(np.full(size, "" if name == "flags" else None, object), index, dtype=object)
        elif dtype == "float64":
            rows[name] = pd.Series(np.full(size, np.nan), index)
        elif dtype == "int64":
            rows[name] = pd.Series(np.zeros(size, np.int64), index)
        else:
            rows[name] = pd.Series(_integers(np.zeros(size, np.int64), np.ones(size, bool)), index)
    return rows


def _as(column: pd.Series, dtype: str) -> pd.Series:
    if dtype == "object":
        values = column.to_numpy(dtype=object)
        null = pd.isna(values)
        if null.any() and any(value is not None for value in values[null]):
            values = values.copy()
            values[null] = None
        return pd.Series(values, column.index, dtype=object)
    if column.dtype == dtype:
        return column
    if column.dtype == object:  # ints and None
        column = column.astype("Int64")
    return column.astype(pd.api.types.pandas_dtype(dtype))


def _integers(values: np.ndarray, missing: np.ndarray) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(values.astype(np.int64, copy=False), missing)


def integers(values: np.ndarray, missing: np.ndarray, index: pd.Index | None = None) -> pd.Series:
    """An Int64 column from numbers and a mask of the unknown ones."""
    return pd.Series(_integers(values, missing), index)


def _route(rows: dict[str, pd.Series], profile: Profile) -> None:
    """Dimension and department of the category, where the source names none."""
    codes, categories = pd.factorize(rows["category"].to_numpy())
    for name in ("dimension", "department"):
        table = {c.code: getattr(c, name) for c in profile.category}
        usual = np.array([*(table.get(code) for code in categories), None], dtype=object)[codes]
        given = rows[name].to_numpy()
        rows[name] = pd.Series(np.where(pd.isna(given), usual, given), dtype=object)


def _set_due(rows: dict[str, pd.Series], profile: Profile) -> None:
    hours = {c.code: profile.promise_hours(c.code) for c in profile.category}
    codes, categories = pd.factorize(rows["category"].to_numpy())
    promise = np.array([hours.get(c, profile.promise.hours) for c in (*categories, "")], float)[codes]
    promised = rows["received_at"].to_numpy() + np.round(promise * HOUR).astype(np.int64)
    due = rows["due_at"].array
    known = ~rows["due_at"].isna().to_numpy()
    no_target = _flagged(rows["flags"], "no_target")
    named = rows["due_from"].to_numpy()
    usual = np.full(len(known), "promise", object)
    usual[no_target] = None
    usual[known] = "source"
    origin = np.where(pd.isna(named), usual, named)
    rows["due_from"] = pd.Series(origin, dtype=object)
    by_promise = (origin == "promise") & ~known
    values = np.where(by_promise, promised, due.to_numpy(dtype="int64", na_value=0))
    rows["due_at"] = integers(values, ~(known | by_promise))


def _flagged(flags: pd.Series, flag: str) -> np.ndarray:
    codes, texts = pd.factorize(flags.to_numpy())
    return np.array([*(flag in text.split() for text in texts), False], bool)[codes]


def _set_cells(rows: dict[str, pd.Series]) -> None:
    lat, lon = rows["lat"].to_numpy(), rows["lon"].to_numpy()
    known = ~(np.isnan(lat) | np.isnan(lon))
    cells = np.array(
        list(map(h3.latlng_to_cell, lat[known].tolist(), lon[known].tolist(), repeat(H3_FINEST))), np.int64
    )
    for resolution in (10, 9, 8):
        values = np.zeros(len(lat), np.int64)
        values[known] = cells
        rows[f"h3_{resolution}"] = integers(values, ~known)
        cells = parents(cells, resolution - 1)


def parents(cells: np.ndarray, resolution: int) -> np.ndarray:
    """The cells one step coarser that hold `cells`: the H3 index with its last digit struck out."""
    digit = 7 << 3 * (14 - resolution)
    return (cells & ~(0xF << 52)) | resolution << 52 | digit


def _set_calendar(rows: dict[str, pd.Series], zone: ZoneInfo) -> None:
    local = local_from_utc(rows["received_at"].to_numpy(), zone)
    days = local // DAY
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    rows["day_no"] = pd.Series(days)
    rows["month_no"] = pd.Series(months + 1970 * 12)
    rows["hour"] = pd.Series(local % DAY // HOUR)
    rows["dow"] = pd.Series((days + _THURSDAY) % 7)
    closed = rows["closed_at"]
    open_ = closed.isna().to_numpy()
    closed_local = local_from_utc(closed.array.to_numpy(dtype="int64", na_value=0), zone)
    rows["closed_day_no"] = integers(closed_local // DAY, open_)


@cache
def _bins(up_to: int) -> np.ndarray:
    return np.floor(BINS_PER_OCTAVE * np.log2(np.arange(1, up_to + 2))).astype(np.int64)


def _set_durations(rows: dict[str, pd.Series]) -> None:
    """Whole minutes from receipt to close, and their bin: floor(16 * log2(minutes + 1)); never below 0."""
    closed = rows["closed_at"]
    open_ = closed.isna().to_numpy()
    spent = closed.array.to_numpy(dtype="int64", na_value=0) - rows["received_at"].to_numpy()
    minutes = np.where(open_, 0, np.maximum(spent, 0) // MINUTE)
    table = _bins(4096)
    bins = np.where(
        minutes < len(table),
        table[np.minimum(minutes, len(table) - 1)],
        np.floor(BINS_PER_OCTAVE * np.log2(minutes + 1.0)).astype(np.int64),
    )
    rows["res_min"], rows["res_bin"] = integers(minutes, open_), integers(bins, open_)
