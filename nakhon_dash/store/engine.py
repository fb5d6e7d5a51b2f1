"""Opening the store of record: a SQLite file by default, PostgreSQL by `NAKHON_DATABASE_URL`."""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from nakhon_dash.domain.profile import ROOT
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.migrate import upgrade

DEFAULT_FILE = ROOT / "data" / "nakhon.db"
# A writer holds the lock for one block (well under a second); others wait, they do not fail.
BUSY_SECONDS = 30
# Checkpoints each 32 MB, not 4: an import would else move the same index pages with nearly every block.
PRAGMAS = (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
           "cache_size=-65536", "wal_autocheckpoint=8000")
_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}


def store_url(url: str | None = None) -> sa.URL:
    """`url`, else `NAKHON_DATABASE_URL`, else the SQLite file `data/nakhon.db`; StoreError when it is no address."""
    text = url or os.environ.get("NAKHON_DATABASE_URL") or f"sqlite:///{DEFAULT_FILE}"
    try:
        parsed = sa.make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError("bad_url", allowed="sqlite:///FILE, postgresql://…") from error
    parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError("bad_url", allowed="sqlite:///FILE, postgresql://…")
    return parsed


def shown_url(engine: sa.Engine) -> str:
    """The address of the store without its password."""
    return engine.url.render_as_string(hide_password=True)


def open_store(url: str | None = None, *, write: bool = False, migrate: bool = True) -> sa.Engine:
    """The store, brought to the newest schema; `write` takes the write lock when a transaction begins.

    Raises StoreError (bad_url, unreachable, newer).
    """
    engine = _sqlite(store_url(url)) if store_url(url).get_backend_name() == "sqlite" else _postgres(store_url(url))
    if migrate:
        try:
            upgrade(engine)
        except sa.exc.OperationalError as error:
            engine.dispose()
            raise StoreError("unreachable", store=shown_url(engine), detail=_first_line(error)) from error
    return for_writing(engine) if write else engine


def for_writing(engine: sa.Engine) -> sa.Engine:
    """The same store and pool, whose transactions begin as writers."""
    return engine.execution_options(writes=True)


def damage(engine: sa.Engine) -> str | None:
    """What SQLite finds wrong with its file; None when nothing, or when the store is no file."""
    if engine.dialect.name != "sqlite":
        return None
    with engine.connect() as connection:
        found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    return None if found == "ok" else found


def _first_line(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().split("\n")[0]


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own connection)
        connection.isolation_level = None  # the driver must not begin by itself: BEGIN is ours
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A reader that later wants to write would fail at once when another wrote meanwhile; IMMEDIATE waits.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise StoreError("no_driver") from error
