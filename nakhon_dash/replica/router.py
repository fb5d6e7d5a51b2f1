"""Who answers: the replica when it is level with the store or soon will be, else the store itself."""

import atexit
import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

import duckdb
import sqlalchemy as sa

from nakhon_dash.replica.replica import Replica, Snapshot
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.rev import current_rev

# How long a page waits for the replica; a load that takes longer goes on while the store answers.
PATIENCE_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Follower:
    """The replica of one store, made and brought level in a thread of its own."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._replica: Replica | None = None
        self._work: Future[None] | None = None
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="replica")

    def reader(self, patience: float = PATIENCE_SECONDS) -> StoreReader | Snapshot:
        """The replica if it comes level within `patience` seconds, else the store."""
        try:
            wanted = current_rev(self.engine)
            if self._replica is None or self._replica.rev < wanted:
                self._level().result(timeout=patience)
            assert self._replica is not None
            return self._replica.snapshot()
        except NotYet:
            return StoreReader(self.engine)
        except (duckdb.Error, OSError):
            _log.exception("the replica failed; the store answers and the replica is made anew")
            self.drop()
            return StoreReader(self.engine)

    def _level(self) -> "Future[None]":
        with self._lock:
            if self._work is None or self._work.done():
                self._work = self._thread.submit(self._bring_level)
            return self._work

    def _bring_level(self) -> None:
        if self._replica is None:
            replica = Replica(self.engine)
            replica.sync()
            self._replica = replica
        else:
            self._replica.sync()

    def drop(self) -> None:
        """Deletes the replica; the next reader makes it anew."""
        with self._lock:
            gone, self._replica, self._work = self._replica, None, None
        if gone:
            gone.close(remove=True)

    def close(self) -> None:
        """Lets go of the file and leaves it for the next process."""
        self._thread.shutdown(wait=True)
        if self._replica:
            self._replica.close()


_followers: dict[sa.URL, Follower] = {}
_guard = threading.Lock()


def follower(engine: sa.Engine) -> Follower:
    """The one follower that this process has for a store."""
    with _guard:
        found = _followers.get(engine.url)
        if found is None:
            found = _followers[engine.url] = Follower(engine)
        return found


def reader(engine: sa.Engine) -> StoreReader | Snapshot:
    """A `queries.Reader` for one page run: the replica when it can be level soon, else the store."""
    return follower(engine).reader()


@atexit.register
def close_all() -> None:
    """Lets go of every replica of this process."""
    with _guard:
        for one in _followers.values():
            one.close()
        _followers.clear()
