"""What the writer is given, and what it reports: the seam to the readers, without knowing them."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

ACCEPTED = ("inserted", "updated", "unchanged")
Progress = Callable[[int, int], None]  # records read, bytes read


class Refused(Protocol):
    """A record that cannot be used; `raw` has personal columns masked."""

    @property
    def record(self) -> int: ...
    @property
    def reason(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def raw(self) -> dict[str, str]: ...


class Passed(Protocol):
    """A valid record without data."""

    @property
    def record(self) -> int: ...
    @property
    def reason(self) -> str: ...


class AnyBlock(Protocol):
    """Records `first`..`last`; the rest of a block is `rows` (complaints) or `entries` (small tables)."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def rejected(self) -> Sequence[Refused]: ...
    @property
    def skipped(self) -> Sequence[Passed]: ...
    @property
    def bytes_done(self) -> int: ...


class ComplaintBlock(AnyBlock, Protocol):
    """`rows`: canonical complaint columns plus record, row_hash and prior_closed_at."""

    @property
    def rows(self) -> pd.DataFrame: ...


class Record(Protocol):
    """One record of a small table: the rows that it becomes, by table; `key` tells records apart."""

    @property
    def record(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def rows(self) -> dict[str, list[dict[str, Any]]]: ...
    @property
    def flags(self) -> tuple[str, ...]: ...


class RecordBlock(AnyBlock, Protocol):
    @property
    def entries(self) -> Sequence[Record]: ...


class Reading(Protocol):
    """A file being read; iterating gives its blocks in order."""

    format: str
    source: str
    sha256: str

    def __iter__(self) -> Iterator[Any]: ...


@dataclass(frozen=True)
class BatchInfo:
    """What a batch is called. Two runs with the same values are the same import: the second resumes the first."""

    kind: str
    source: str
    format: str
    sha256: str
    mapping: str | None = None
    file_name: str | None = None
    synthetic: bool = False
    by: str | None = None


def info_of(reading: Reading, kind: str, *, by: str | None, synthetic: bool) -> BatchInfo:
    """The batch of a file; its name without folders."""
    path, mapping = getattr(reading, "path", None), getattr(reading, "mapping", None)
    name = getattr(reading, "file_name", None) or (path.name if path else None)
    text = mapping if mapping is None or isinstance(mapping, str) else mapping.dumped()
    return BatchInfo(kind, reading.source, reading.format, reading.sha256, text, name, synthetic, by)


@dataclass
class Tally:
    """Where each record went. `read` is always the sum of the six counts."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    skipped: int = 0
    quarantined: int = 0
    reasons: Counter[str] = field(default_factory=Counter)  # of quarantined records
    merged_by: Counter[str] = field(default_factory=Counter)
    skipped_by: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)  # of accepted records

    @property
    def read(self) -> int:
        return self.inserted + self.updated + self.unchanged + self.merged + self.skipped + self.quarantined

    def accept(self, outcome: str, count: int = 1) -> None:
        """`outcome` is one of ACCEPTED; a negative count takes back what a later record replaced."""
        setattr(self, outcome, getattr(self, outcome) + count)

    def flag(self, codes: str, count: int = 1) -> None:
        """Counts the codes of one accepted record, or takes them back."""
        for code in codes.split():
            self.flags[code] += count

    def merge(self, how: str) -> None:
        self.merged += 1
        self.merged_by[how] += 1

    def skip(self, reason: str) -> None:
        self.skipped += 1
        self.skipped_by[reason] += 1

    def refuse(self, reason: str) -> None:
        self.quarantined += 1
        self.reasons[reason] += 1

    def columns(self) -> dict[str, Any]:
        """The values of the batch row."""
        return {name: _packed(value) for name, value in vars(self).items()}

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Tally":
        """The tally that a batch row holds."""
        return cls(**{name: _unpacked(row[name], name) for name in vars(cls())})


def _packed(value: Any) -> Any:  # noqa: ANN401
    return json.dumps(_dict(value), ensure_ascii=False) if isinstance(value, Counter) else value


def _unpacked(value: Any, name: str) -> Any:  # noqa: ANN401
    return value if name in (*ACCEPTED, "merged", "skipped", "quarantined") else Counter(json.loads(value or "{}"))


def _dict(counter: Counter[str]) -> dict[str, int]:
    return {code: counter[code] for code in sorted(counter) if counter[code]}


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `batch` is None for a dry run."""

    batch: int | None
    kind: str
    format: str
    read: int
    inserted: int
    updated: int
    unchanged: int
    merged: int
    skipped: int
    quarantined: int
    reasons: dict[str, int]
    flags: dict[str, int]
    seconds: float
    merged_by: dict[str, int]
    skipped_by: dict[str, int]

    @classmethod
    def of(cls, batch: int | None, info: BatchInfo, tally: Tally, began: float) -> "ImportResult":
        """`began` is a time.monotonic()."""
        return cls(
            batch, info.kind, info.format, tally.read, tally.inserted, tally.updated, tally.unchanged, tally.merged,
            tally.skipped, tally.quarantined, _dict(tally.reasons), _dict(tally.flags),
            round(time.monotonic() - began, 3), _dict(tally.merged_by), _dict(tally.skipped_by),
        )
