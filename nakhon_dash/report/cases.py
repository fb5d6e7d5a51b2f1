"""Every case of a view as a CSV file: as it stood at one moment, with its state and why it is left out.

Holds points: only for those who may see them. Text is neutralised, so that a spreadsheet does not run it.
"""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import sqlalchemy as sa

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries.conditions import c, due, in_view, outcome, reason, state, text
from nakhon_dash.queries.known import AsKnown
from nakhon_dash.store.engine import for_writing
from nakhon_dash.store.frames import frame, kinds
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import export_log

PAGE = 20_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TIMES = ("received_at", "closed_at", "due_at", "first_response_at")
STATES = {"fixed": "on_time", "deferred": "on_time", "late": "late", "overdue": "late", "early": "not_yet_due",
          "waiting": "not_yet_due"}  # fmt: skip
COLUMNS = (
    "source", "source_id", "received_at", "closed_at", "due_at", "due_from", "state", "outcome", "category",
    "dimension", "department", "zone", "lat", "lon", "flags", "excluded_reason", "status", "labels", "channel",
    "first_response_at", "community", "tambon", "stars", "reopen_count", "parent_id",
)  # fmt: skip


def statement(scope: Scope, as_of: int, profile: Profile) -> sa.Select:
    """One row a case received by `as_of`, oldest entry first; what happened later is not there."""
    due_time = due(scope, profile.promise)
    later = c.closed_at > as_of
    known = sa.case((sa.not_(sa.func.coalesce(later, sa.false())), c.closed_at))
    origin = sa.case((due_time.is_not(None), c.due_from if scope.due_from is None else text(scope.due_from)))
    computed = {
        "closed_at": sa.type_coerce(known, sa.BigInteger()),
        "due_at": due_time,
        "due_from": origin,
        "state": state(as_of, due_time),
        "outcome": outcome(as_of),
        "excluded_reason": reason(as_of, due_time),
        # the status of a case that was closed afterwards is not known for the moment before
        "status": sa.case((sa.func.coalesce(later, sa.false()), sa.null()), else_=c.status),
        "first_response_at": sa.case((c.first_response_at <= as_of, c.first_response_at)),
    }
    columns = [(computed[name] if name in computed else c[name]).label(name) for name in COLUMNS]
    return sa.select(*columns).where(*in_view(scope, as_of)).order_by(c.id)


def pages(engine: sa.Engine, asked: sa.Select, tz: ZoneInfo) -> Iterator[pd.DataFrame]:
    """The answer piece by piece, from one consistent read, ready to be written."""
    with engine.connect() as connection:
        result = connection.execution_options(yield_per=PAGE).execute(asked)
        for rows in result.partitions():
            columns = list(zip(*rows, strict=True))
            yield _readable(frame(list(result.keys()), columns, kinds(asked)), tz)


def _readable(rows: pd.DataFrame, tz: ZoneInfo) -> pd.DataFrame:
    left_out = rows["excluded_reason"] != ""
    rows["state"] = rows["state"].map(STATES).where(~left_out, "excluded")
    for name in TIMES:
        rows[name] = iso(rows[name], tz)
    for words in rows.select_dtypes(["object", "str"]):
        rows[words] = safe(rows[words])
    return rows


def iso(micros: pd.Series, tz: ZoneInfo) -> pd.Series:
    """2026-11-22T08:00:00+07:00 of each moment, missing where there is none; fractions only where they are not zero."""
    utc = pd.DatetimeIndex(pd.to_datetime(micros.astype("Int64"), unit="us", utc=True))
    local = utc.tz_convert(tz).tz_localize(None)
    stamps = pd.Series(np.datetime_as_string(local.to_numpy("datetime64[us]")), index=micros.index, dtype=object)
    minutes = (local - utc.tz_localize(None)) / pd.Timedelta(minutes=1)
    stamps = stamps.str.removesuffix(".000000") + pd.Series(minutes, index=micros.index).map(_offset)
    return stamps.where(micros.notna().to_numpy())


def _offset(minutes: float) -> str:
    if pd.isna(minutes):
        return ""
    hours, rest = divmod(abs(int(minutes)), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02d}:{rest:02d}"


def safe(values: pd.Series) -> pd.Series:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it."""
    risky = values.map(lambda value: isinstance(value, str) and value.startswith(FORMULA_STARTS)).to_numpy(bool)
    return values.where(~risky, "'" + values.astype(str)) if risky.any() else values


def write_cases(
    engine: sa.Engine, profile: Profile, scope: Scope, as_of: int, path: Path, *, excel: bool = False,
    known: int | None = None,
) -> int:  # fmt: skip
    """Write the file whole or not at all; gives the number of cases. `excel` marks it as UTF-8 for spreadsheets.

    With `known` (µs), cases stand as the store knew them then. OSError when it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    written = 0
    try:
        with draft.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(COLUMNS)
            asked = statement(scope, as_of, profile)
            if known is not None:
                asked = AsKnown(StoreReader(engine), known).adapted(asked)
            for rows in pages(engine, asked, profile.tz):
                rows.to_csv(file, index=False, header=False, lineterminator="\n")
                written += len(rows)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return written


def log(engine: sa.Engine, at: int, what: str, scope: Scope, rows: int, rev: int, by: str = "nakhon export") -> None:
    """One line in the register of exports: when (µs), by whom, what, how much."""
    line = json.dumps({"what": what, "view": scope.as_dict()}, ensure_ascii=False)
    with for_writing(engine).begin() as connection:
        connection.execute(sa.insert(export_log).values(at=at, by=by, what=line, rows=rows, rev=rev))
