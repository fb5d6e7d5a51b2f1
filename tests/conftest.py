"""One tiny city store, on SQLite and on a PostgreSQL cluster that the suite starts on loopback."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from nakhon_dash.store.engine import open_store
from tests.cluster import cluster, installed

settings.register_profile("untimed", deadline=None)  # no test measures time
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The address of a fresh cluster; what needs it is skipped where PostgreSQL is not installed."""
    if not installed():
        pytest.skip("PostgreSQL is not installed")
    with cluster() as address:
        yield address


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def postgres_url(postgres_cluster: str) -> Iterator[str]:
    """An empty database of its own for one test."""
    name = f"t{uuid.uuid4().hex}"
    url = sa.make_url(f"{postgres_cluster}/postgres").set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield f"{postgres_cluster}/{name}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def _opened(url: str) -> Iterator[sa.Engine]:
    engine = open_store(url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[sa.Engine]:
    """An empty, migrated SQLite store."""
    yield from _opened(sqlite_url)


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[sa.Engine]:
    """An empty, migrated PostgreSQL store."""
    yield from _opened(postgres_url)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def any_store_url(request: pytest.FixtureRequest) -> str:
    """The same test once on each engine."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def any_store(any_store_url: str) -> Iterator[sa.Engine]:
    """An empty, migrated store: the same test once on each engine."""
    yield from _opened(any_store_url)
