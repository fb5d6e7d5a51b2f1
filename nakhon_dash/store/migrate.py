"""Bringing a store to the newest schema; safe when several processes start at once."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.schema import metadata

FOLDER = Path(__file__).parent / "migrations"
# Any number that nobody else locks in this database.
ADVISORY_LOCK = 48_0480_48


@cache
def head() -> str:
    """The newest schema version: `0001` of the newest file in migrations/versions."""
    return max(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def version(engine: sa.Engine) -> str | None:
    """The schema version of a store; None when it has no tables yet."""
    with engine.connect() as connection:
        return _version(connection)


def _version(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def upgrade(engine: sa.Engine) -> None:
    """Applies what is missing in one transaction; StoreError `newer` when the store is ahead of this program."""
    found = version(engine)
    if found == head():
        return
    if found is not None and found > head():
        raise StoreError("newer", found=found, known=head())
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        if _version(connection) != head():  # another process may have been first
            _run(connection)


def differences(engine: sa.Engine) -> list[str]:
    """Where the store's tables are not those of the schema, one line each."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(one) for one in compare_metadata(context, metadata)]


def _run(connection: sa.Connection) -> None:
    # imported here: an up-to-date store, the usual case, starts without it
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
