"""Where the rows of a block go, and what it means that a record was refused for its key."""

from dataclasses import dataclass
from typing import Any

from nakhon_dash.store.rev import Change


@dataclass(frozen=True)
class Target:
    """A transaction and the batch that writes in it; with `dry` nothing is written.

    `known_at` (µs) is when the batch began, so that a resumed import writes the same.
    """

    change: Change
    batch_id: int
    known_at: int
    dry: bool = False


@dataclass(frozen=True)
class Conflict:
    """A record refused because an earlier one has its key; `raw` holds the fields as they were read."""

    record: int
    raw: dict[str, Any]
    reason: str = "duplicate_conflict"
    detail: str = ""
