"""The change number: one row in `meta`, raised inside every write transaction, so that its order is commit order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from nakhon_dash.store.engine import for_writing
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.schema import meta

REV, STORE_ID = "rev", "store_id"
_READ = sa.select(meta.c.number).where(meta.c.key == REV)


def current_rev(engine: sa.Engine) -> int:
    """The change number of the last committed write; a few microseconds on SQLite."""
    with engine.connect() as connection:
        return rev_of(connection)


def rev_of(connection: sa.Connection) -> int:
    """The change number as this transaction sees it."""
    return int(connection.execute(_READ).scalar_one())


def store_id(engine: sa.Engine) -> str:
    """The random name that this store got when it was made."""
    with engine.connect() as connection:
        return str(connection.execute(sa.select(meta.c.value).where(meta.c.key == STORE_ID)).scalar_one())


@dataclass(frozen=True)
class Change:
    """A write transaction and the change number that its rows carry."""

    connection: sa.Connection
    rev: int

    @property
    def on_postgres(self) -> bool:
        return self.connection.dialect.name == "postgresql"


@contextmanager
def change(engine: sa.Engine) -> Iterator[Change]:
    """One write transaction: committed whole or not at all.

    The change number is raised first, which on PostgreSQL locks its row: writers come one after another.
    StoreError `failed` when the database refuses (no room, no connection, a lock held too long).
    """
    raised = meta.update().where(meta.c.key == REV).values(number=meta.c.number + 1).returning(meta.c.number)
    try:
        with for_writing(engine).begin() as connection:
            yield Change(connection, int(connection.execute(raised).scalar_one()))
    except (sa.exc.DBAPIError, engine.dialect.loaded_dbapi.Error) as error:  # bulk writing speaks to the driver
        # the first line only: further ones may quote rows
        detail = str(getattr(error, "orig", error)).strip().split("\n")[0]
        raise StoreError("failed", detail=detail) from error
