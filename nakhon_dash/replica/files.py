"""Where a process keeps its replica: one file a process, and what dead processes left behind."""

import os
import re
from pathlib import Path

from nakhon_dash.domain.profile import ROOT

_NAME = re.compile(r"replica-(\d+)-([0-9a-f]{8})\.duckdb")


def cache_folder() -> Path:
    """`NAKHON_CACHE`, default `data/cache`; made if missing."""
    folder = Path(os.environ.get("NAKHON_CACHE") or ROOT / "data" / "cache")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def own_file(store: str) -> Path:
    """This process's file for a store. A file of a dead process is taken over, so that a restart need not load again.

    Files of processes that live are left alone: DuckDB lets one process open a file.
    """
    folder = cache_folder()
    mine = folder / f"replica-{os.getpid()}-{store[:8]}.duckdb"
    for path in sorted(folder.glob("replica-*.duckdb"), key=_age):
        found = _NAME.fullmatch(path.name)
        if path == mine or not found or _lives(int(found[1])):
            continue
        if found[2] == store[:8] and not mine.exists():
            _take_over(path, mine)
        remove(path)
    return mine


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except FileNotFoundError:  # another process removed it meanwhile
        return 0.0


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _log(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _take_over(path: Path, mine: Path) -> None:
    """Moves the file and its log; whoever comes second finds nothing and loads anew."""
    for old, new in ((path, mine), (_log(path), _log(mine))):
        try:
            old.rename(new)
        except FileNotFoundError:
            return


def remove(path: Path) -> None:
    """Deletes a replica; it holds nothing that the store has not."""
    for one in (path, _log(path)):
        one.unlink(missing_ok=True)
