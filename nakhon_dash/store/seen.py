"""Which keys a file has shown so far, so that its repetitions are told apart from new versions.

Kept in one of SQLite's own temporary files, which has no name and goes with the process however it ends: memory does
not grow with the file that is read.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import NamedTuple

_PUT = "INTO seen VALUES (?, ?, ?, ?, ?, ?)"


class Sight(NamedTuple):
    """The version of a key that stands: its record, content hash, last change (µs) and what became of it.

    `outcome` is inserted, updated, unchanged or superseded (the store already had a later one).
    """

    record: int
    row_hash: int
    modified_at: int | None
    flags: str
    outcome: str = "inserted"


class Seen:
    """The keys of one file. Not for several threads at once."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        # nothing here outlives the process: no journal; what exceeds 32 MB goes to the temporary file
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "temp_store=FILE", "cache_size=-32768"):
            self._db.execute(f"PRAGMA {pragma}").close()
        self._db.execute("CREATE TABLE seen (key TEXT PRIMARY KEY, record INTEGER, row_hash INTEGER, "
                         "modified_at INTEGER, flags TEXT, outcome TEXT) WITHOUT ROWID")

    def __enter__(self) -> "Seen":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._db.close()

    def claim(self, keys: Sequence[str], sights: Sequence[Sight]) -> tuple[list[int], dict[str, Sight]]:
        """Notes every key that is new; gives the places of those that are not, and what stands for their keys."""
        before = self._db.total_changes
        self._put("OR IGNORE", zip(keys, sights, strict=True))
        if self._db.total_changes - before == len(keys):
            return [], {}
        stands = self.find(keys)
        repeated = [i for i, key in enumerate(keys) if stands[key].record != sights[i].record]
        return repeated, {keys[i]: stands[keys[i]] for i in repeated}

    def find(self, keys: Iterable[str]) -> dict[str, Sight]:
        """What stands for each of the keys that were shown."""
        rows = self._db.execute("SELECT * FROM seen WHERE key IN (SELECT value FROM json_each(?))",
                                (json.dumps(list(keys)),))
        return {row[0]: Sight(*row[1:]) for row in rows}

    def replace(self, stands: dict[str, Sight]) -> None:
        """Notes what stands now for these keys."""
        if stands:
            self._put("OR REPLACE", stands.items())

    def _put(self, conflict: str, pairs: Iterable[tuple[str, Sight]]) -> None:
        self._db.execute("BEGIN")
        self._db.executemany(f"INSERT {conflict} {_PUT}", ((key, *sight) for key, sight in pairs))
        self._db.execute("COMMIT")
