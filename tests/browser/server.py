"""Starts and stops the dashboard for the browser tests: its own process, port, store and cache."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 90  # seconds; far above what it takes, for a machine that does other things as well
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # as if the network were cut
]


def chromium() -> str:
    """The Chromium to drive: $CHROMIUM, else the system's; `make test` installs one."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if not found:
        raise RuntimeError("no Chromium on this machine; `make test` installs it")
    return found


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def nakhon(*words: str) -> list[str]:
    return [sys.executable, "-m", "nakhon_dash.cli", *words]


def by_entry(port: int) -> list[str]:
    """As `make run` starts it."""
    return nakhon("serve", "--port", str(port), "--no-demo")


def by_streamlit(port: int) -> list[str]:
    """As somebody starts it who knows Streamlit and not this project."""
    return [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]


@dataclass(frozen=True)
class City:
    """A filled store with its cache, and the environment that points to them."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        return os.environ | {
            "NAKHON_DATABASE_URL": f"sqlite:///{self.folder / 'nakhon.db'}",
            "NAKHON_CACHE": str(self.folder / "cache"),
            "LANG": "C.UTF-8",
        }

    def run(self, *words: str) -> str:
        """Output of `nakhon WORDS…` on this city; fails with its words when it does not end well."""
        done = subprocess.run(
            nakhon(*words), cwd=ROOT, env=self.env, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@dataclass(frozen=True)
class Server:
    base: str
    log: Path
    process: subprocess.Popen

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")


@contextmanager
def serving(command: list[str], port: int, city: City, *, cwd: Path = ROOT) -> Iterator[Server]:
    """A running server, healthy before it is handed over, gone afterwards with all it started."""
    log = city.folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=cwd, env=city.env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
    server = Server(f"http://127.0.0.1:{port}", log, process)
    try:
        _wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(server: Server) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended with {server.process.returncode}:\n{server.said()}")
        try:
            with urllib.request.urlopen(f"{server.base}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"not healthy after {START_LIMIT} s:\n{server.said()}")
