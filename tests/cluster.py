"""A PostgreSQL cluster of its own on a free loopback port, for tests and benchmarks."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


def installed() -> bool:
    """Whether PostgreSQL is there to be started."""
    return bool(_program("initdb") and _program("postgres"))


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The address of a fresh cluster, without a database name; not `durable`: it does not wait for the disk."""
    owner, folder, port = _owner(), Path(tempfile.mkdtemp(prefix="nakhon-pg-")), _free_port()
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder, **owner}
    making = [_program("initdb"), "-D", data, "-U", "city", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(making, check=True, **quiet)
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "",
                "fsync": "on" if durable else "off"}
    options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
    process = subprocess.Popen([_program("postgres"), "-D", data, *options], **quiet)
    try:
        address = f"postgresql://city@127.0.0.1:{port}"
        _wait_for(f"{address}/postgres", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, process: subprocess.Popen) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, "the cluster did not start"
            time.sleep(0.1)
    raise AssertionError("the cluster does not answer")
