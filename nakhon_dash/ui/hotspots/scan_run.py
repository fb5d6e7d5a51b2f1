"""Scans at work in a thread of the server: one for each model and filters, for all readers together.

Only a finished scan is stored, in one piece; a thread that is stopped, fails or dies with the server leaves nothing.
"""

import logging
import threading
from dataclasses import dataclass, field

import sqlalchemy as sa

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.scanning import Setting, Stopped, save, search
from nakhon_dash.store.engine import shown_url
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.scans import filters_of

Key = tuple[str, str, str]
_KNOWN: dict[Key, "Run"] = {}
_BOOK = threading.Lock()
_TURN = threading.Lock()  # one scan computes at a time, so that pages stay quick


@dataclass
class Run:
    """`outcome`: running, done, stopped, failed."""

    runs: int
    done: int = 0
    outcome: str = "running"
    ended: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)

    def progress(self, run: int) -> bool:
        self.done = run
        return not self.stop.is_set()


def key_of(engine: sa.Engine, scope: Scope, model: str) -> Key:
    return shown_url(engine), model, filters_of(scope)


def last(key: Key) -> Run | None:
    """The scan of these filters that runs, or else how the last one of this server ended."""
    return _KNOWN.get(key)


def start(engine: sa.Engine, profile: Profile, scope: Scope, as_of: int, how: Setting) -> Run:
    """Begins a scan, or gives the one of the same filters that is at work already."""
    key = key_of(engine, scope, how.model)
    with _BOOK:
        known = _KNOWN.get(key)
        if known is not None and known.outcome == "running":
            return known
        run = _KNOWN[key] = Run(how.runs)
    threading.Thread(target=_work, args=(run, engine, profile, scope, as_of, how), name="scan", daemon=True).start()
    return run


def _work(run: Run, engine: sa.Engine, profile: Profile, scope: Scope, as_of: int, how: Setting) -> None:
    outcome = "failed"
    try:
        with _TURN:
            result = search(StoreReader(engine), profile, scope, as_of, how, run.progress)
            if run.stop.is_set():
                raise Stopped
            save(engine, result, scope)
        outcome = "done"
    except Stopped:
        outcome = "stopped"
    except Exception:  # whatever it is, the page says that there is no result and the log says why
        logging.getLogger(__name__).exception("a scan failed")
    finally:
        run.outcome = outcome
        run.ended.set()
