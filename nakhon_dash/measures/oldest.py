"""The cases that have been open longest: number, kind, who and where, how old, how far past due. No point, no text."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from nakhon_dash.domain.view import moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.flow import everything_open
from nakhon_dash.queries import backlog
from nakhon_dash.queries.conditions import HOUR

COUNT = 10
COLUMNS = ("source", "source_id", "category", "department", "zone", "received_at", "due_at", "age_hours",
           "past_due_hours")  # fmt: skip


def oldest_open(ask: Ask, limit: int | None = COUNT, since: int | None = None) -> pd.DataFrame:
    """Open cases of the filters, oldest first, all of them when `limit` is None; columns `COLUMNS`.

    `past_due_hours` is negative before the due time and missing where there is none; moments are ISO with offset.
    """
    rows = backlog.oldest_open(ask.reader, ask.scope, ask.as_of, ask.profile.promise, since, limit)
    received, known = rows["received_at"].to_numpy("int64"), rows["due"].notna().to_numpy(bool)
    due = rows["due"].fillna(0).to_numpy("int64")
    tz = ask.profile.tz
    return rows.assign(
        received_at=[_iso(value, tz) for value in received],
        due_at=pd.Series([_iso(value, tz) if there else None for value, there in zip(due, known, strict=True)],
                         index=rows.index, dtype=object),
        age_hours=(ask.as_of - received) / HOUR,
        past_due_hours=np.where(known, (ask.as_of - due) / HOUR, np.nan),
    )[list(COLUMNS)]  # fmt: skip


def oldest(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (not split)
    return oldest_open(everything_open(ask))


def _iso(value: int, tz: ZoneInfo) -> str:
    return moment_of(value).astimezone(tz).isoformat()
