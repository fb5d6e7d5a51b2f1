"""What a reader hands to the store: whole blocks of canonical rows, and every record that is not one.

Every record of a file ends in exactly one of: a row of `rows`, a `Rejected`, a `Skipped`. Records are counted from 1
after the heading, whatever line they stand on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

# Canonical complaint columns, in order, with the pandas dtype every block has (so that hashes compare between blocks).
# Times: microseconds since 1970-01-01T00:00Z. Text: object with None. Booleans: 0/1/NA.
COMPLAINT_DTYPES: dict[str, str] = {
    "source": "object", "source_id": "object", "case_no": "object", "channel": "object",
    "received_at": "int64", "first_response_at": "Int64", "closed_at": "Int64", "modified_at": "Int64",
    "status": "object", "blocked_reason": "object", "outcome": "object",
    "category": "object", "labels": "object", "dimension": "object", "department": "object",
    "zone": "object", "community": "object", "tambon": "object",
    "lat": "float64", "lon": "float64", "h3_8": "Int64", "h3_9": "Int64", "h3_10": "Int64",
    "stars": "Int64", "reopen_count": "int64", "photo_before": "Int64", "photo_after": "Int64",
    "due_at": "Int64", "due_from": "object", "parent_id": "object", "flags": "object",
    "day_no": "int64", "month_no": "int64", "hour": "int64", "dow": "int64",
    "closed_day_no": "Int64", "res_min": "Int64", "res_bin": "Int64",
}
STATUSES = ("received", "acknowledged", "in_progress", "closed", "reopened", "unknown")
OUTCOMES = ("fixed", "deferred_to_budget", "referred_out", "duplicate", "out_of_area", "not_actionable")


@dataclass(frozen=True)
class Rejected:
    """A record that cannot be used: goes to quarantine. `raw` has personal columns masked already."""

    record: int
    reason: str
    detail: str
    raw: dict[str, str]


@dataclass(frozen=True)
class Skipped:
    """A valid answer without data, such as a LINE day that is not ready."""

    record: int
    reason: str


@dataclass(frozen=True)
class Block:
    """Records `first`..`last` of a complaint file.

    `rows` has the columns of COMPLAINT_DTYPES plus `record` (int), `row_hash` (int64, over the canonical columns) and
    `prior_closed_at` (Int64: an earlier close of a case that was opened again, kept as an event). `reopened_at`
    (Int64: when it was opened again, kept as an event) may be there; a source that does not say leaves it out.
    """

    first: int
    last: int
    rows: pd.DataFrame
    rejected: list[Rejected] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    bytes_done: int = 0  # position in the (compressed) file, for the progress bar


@dataclass(frozen=True)
class Entry:
    """One record of a small table (users, survey, annotation): the rows it becomes, by table name.

    `key` identifies the record (a day, wave + respondent); the store keeps the first of two records with one key.
    `rows[table]` are dicts of that table's columns without id, batch_id, rev, row_hash.
    """

    record: int
    key: str
    rows: dict[str, list[dict[str, Any]]]
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntryBlock:
    first: int
    last: int
    entries: list[Entry]
    rejected: list[Rejected] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    bytes_done: int = 0


class BadFile(ValueError):  # noqa: N818 (the file is at fault, not the program)
    """A file that cannot be read at all. `code` is an i18n key under `badfile.`; `values` fill its placeholders."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}")


Blocks = Iterator[Block] | Iterator[EntryBlock]
