"""A DuckDB copy of the store in a file of this process, for speed: derived, disposable, following `rev`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import sqlalchemy as sa

from nakhon_dash.replica import cold, files, tables
from nakhon_dash.replica.answers import answer
from nakhon_dash.store.rev import rev_of, store_id
from nakhon_dash.store.schema import FOLLOWED, tombstone

SETTINGS: dict[str, str | int | float | list[str]] = {
    "threads": 2, "memory_limit": "1GB", "perfect_ht_threshold": 20, "preserve_insertion_order": True,
}


class Snapshot:
    """A `queries.Reader` on the replica as it stood at one change number, whatever is applied meanwhile."""

    def __init__(self, cursor: tables.Connection) -> None:
        # answers are kept for all readers, so that two page runs may ask the same snapshot at once
        self._lock = threading.Lock()
        self._cursor = cursor
        self._cursor.execute("BEGIN TRANSACTION READ ONLY")
        found = tables.state(self._cursor)
        assert found is not None, "a replica is filled before it is read"
        self.rev = found[2]

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        """The answer, with the dtypes that the store would give."""
        with self._lock:
            return answer(self._cursor, statement)


class Replica:
    """The copy that this process holds of one store. Safe for several threads; `sync` brings it level."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.store = store_id(engine)
        self.path = files.own_file(self.store)
        self._lock = threading.RLock()
        self._base = self._opened()

    @property
    def rev(self) -> int:
        """The change number that the replica stands at; -1 while it is empty."""
        found = tables.state(self._base.cursor())
        return found[2] if found else -1

    def snapshot(self) -> Snapshot:
        """A reader for one page run; it keeps its state until it is dropped."""
        return Snapshot(self._base.cursor())

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        """The answer of one statement at the replica's present state."""
        return self.snapshot().frame(statement)

    def sync(self) -> int:
        """Applies what the store has and the replica has not, in one transaction; the change number reached."""
        with self._lock:
            if self.rev < 0:
                self._load()
            with _one_moment(self.engine) as source:
                rev = rev_of(source)
                if rev != self.rev:
                    self._apply(source, rev)
            return rev

    def close(self, *, remove: bool = False) -> None:
        """Lets go of the file."""
        with self._lock:
            self._base.close()
            if remove:
                files.remove(self.path)

    def _opened(self) -> tables.Connection:
        """The file if it fits this store and this schema, else a new one."""
        base = _open_file(self.path)
        found = tables.state(base) if base else None
        if base and found and found[:2] == (self.store, tables.schema_hash()):
            with self.engine.connect() as source:
                if found[2] <= rev_of(source):
                    return base
        if base:
            base.close()
        files.remove(self.path)
        made = duckdb.connect(str(self.path), config=SETTINGS)
        tables.create(made, self.store)
        return made

    def _load(self) -> None:
        """Everything at once. Rows that change while it runs come again with the next `_apply`."""
        with self.engine.connect() as source, _transaction(self._base) as target:
            rev = rev_of(source)
            for table in FOLLOWED:
                for part in cold.tables(source, table):
                    _insert(target, table, part)
            tables.set_rev(target, rev)

    def _apply(self, source: sa.Connection, rev: int) -> None:
        last = self.rev
        with _transaction(self._base) as target:
            gone = source.execute(sa.select(tombstone.c.table_name, tombstone.c.row_id).where(tombstone.c.rev > last))
            for name, row in gone:
                target.execute(f'DELETE FROM "{name}" WHERE id = ?', [row])
            for table in FOLLOWED:
                for part in cold.in_parts(source, sa.select(table).where(table.c.rev > last), table):
                    target.register("delta", part)
                    target.execute(f'DELETE FROM "{table.name}" WHERE id IN (SELECT id FROM delta)')
                    target.unregister("delta")
                    _insert(target, table, part)
            tables.set_rev(target, rev)


@contextmanager
def _one_moment(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A reading transaction whose statements all see the same state, which SQLite gives by itself."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def _insert(target: tables.Connection, table: sa.Table, part: object) -> None:
    target.register("part", part)
    target.execute(f'INSERT INTO "{table.name}" SELECT * FROM part')
    target.unregister("part")


def _open_file(path: Path) -> tables.Connection | None:
    try:
        return duckdb.connect(str(path), config=SETTINGS)
    except duckdb.Error:  # damaged, locked, or from another DuckDB: it is only a copy
        return None


@contextmanager
def _transaction(base: tables.Connection) -> Iterator[tables.Connection]:
    cursor = base.cursor()
    cursor.execute("BEGIN")
    try:
        yield cursor
        cursor.execute("COMMIT")
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.close()
