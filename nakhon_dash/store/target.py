"""Where the rows of a block go, and what it means that the store refuses a record."""

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
    """A record that the store refuses (an earlier one has its key, or a value does not fit), with its fields."""

    record: int
    raw: dict[str, Any]
    reason: str
    detail: str = ""
