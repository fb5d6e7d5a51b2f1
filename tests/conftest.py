"""One tiny city store, on SQLite and on a PostgreSQL cluster that the suite starts on loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from nakhon_dash.store.engine import open_store

# PostgreSQL refuses to run as root: these system users take its place.
STAND_INS = ("postgres", "nobody")


def _program(name: str) -> str | None:
    found = shutil.which(name)
    if found:
        return found
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(places[-1]) if places else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _owner() -> dict:
    """Arguments for subprocess that make a process run as somebody who is not root."""
    if os.getuid() != 0:
        return {}
    import pwd

    for name in STAND_INS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[str]:
    """The address of a fresh cluster on a free loopback port; the suite skips what needs it where there is none."""
    initdb, server = _program("initdb"), _program("postgres")
    if not initdb or not server:
        pytest.skip("PostgreSQL is not installed")
    owner, folder, port = _owner(), Path(tempfile.mkdtemp(prefix="nakhon-pg-")), _free_port()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **owner}
    subprocess.run([initdb, "-D", data, "-U", "city", "-A", "trust", "-E", "UTF8", "--no-sync"], check=True, **quiet)
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    process = subprocess.Popen([server, "-D", data, *options], **quiet)
    try:
        address = f"postgresql://city@127.0.0.1:{port}"
        _wait_for(f"{address}/postgres", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, process: subprocess.Popen) -> None:
    import time

    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, "the cluster did not start"
            time.sleep(0.1)
    raise AssertionError("the cluster does not answer")


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
