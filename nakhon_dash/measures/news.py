"""What is unusual this week, and what was imported."""

from dataclasses import dataclass
from typing import Any

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask, key_of
from nakhon_dash.measures.warning import Warning, warnings
from nakhon_dash.queries import Reader, people


@dataclass(frozen=True)
class Batch:
    """An import, or the undoing of one, at `at` (µs)."""

    id: int
    kind: str
    source: str
    synthetic: bool
    file_name: str | None
    at: int
    undone: bool
    inserted: int
    updated: int
    quarantined: int


@dataclass(frozen=True)
class Changes:
    """`excess`: alerts of early warning, then watches; None when there is too little history to judge by."""

    excess: list[Warning] | None
    batches: list[Batch]


def changes(reader: Reader, profile: Profile, scope: Scope, since: int, as_of: int) -> Changes:
    """Unusual weeks at `as_of` under the filters of `scope`, and imports after `since`; its period does not matter."""
    return Changes(excess(Ask(reader, profile, scope, as_of)), _batches(reader, since, as_of))


def excess(ask: Ask) -> list[Warning] | None:
    """What early warning says of the last complete week: the same answer on every page."""
    week = warnings(ask)
    return None if week.method is None else week.found


def _batches(reader: Reader, since: int, until: int) -> list[Batch]:
    rows = people.batches(reader, since, until).to_dict("records")
    return [_batch({str(name): value for name, value in row.items()}) for row in rows]


def _batch(row: dict[str, Any]) -> Batch:
    undone, finished = key_of(row["undone_at"]), key_of(row["finished_at"])
    at = int((finished if undone is None else undone) or 0)
    return Batch(row["id"], row["kind"], row["source"], bool(row["synthetic"]), row["file_name"], at,
                 undone is not None, row["inserted"], row["updated"], row["quarantined"])  # fmt: skip
