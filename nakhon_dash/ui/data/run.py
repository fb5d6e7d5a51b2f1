"""Dry run and import of the held file, with progress; a click in between delays the work, it never doubles it.

The work is done by the reader's own script. Any click ends that script between two blocks; the next one finds the
job still set and goes on from the last whole block, because the writer resumes an unfinished batch of the same file.
"""

import logging
import threading
import time
import traceback
from typing import Any

import streamlit as st

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.ingest import mapping as mappings
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.boundaries import import_boundaries
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.ingest.reading import open_complaints
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.writer import import_complaints, import_entries
from nakhon_dash.ui import load
from nakhon_dash.ui.data import held as holding
from nakhon_dash.ui.data import markup, outcome
from nakhon_dash.ui.data.held import Held, Job
from nakhon_dash.ui.data.look_at import Look
from nakhon_dash.ui.data.wording import refusal

LOG = logging.getLogger(__name__)
STEP = 0.25  # seconds between two looks of the progress bar


@st.cache_resource(show_spinner=False)
def _gate() -> threading.Lock:
    """One import at a time in this process: two would only wait for each other's transactions."""
    return threading.Lock()


def steps(held: Held, seen: Look, view: View) -> None:
    """The two buttons, what the dry run counted, and the work itself while a job is set."""
    lang = view.lang
    if held.fault:
        markup.strip(refusal(held.fault, lang))
    if held.dry is not None and held.job is None:
        markup.step(t("data.run.counted", lang), t("data.run.not_stored", lang))
        outcome.show(outcome.plain(held.dry), lang)
    with st.container(horizontal=True, key="data_run"):
        working, first = held.job is not None, held.dry is None
        if working:
            st.button(t("data.run.stop", lang), key="data_stop", on_click=_set, args=(held, None))
        else:
            st.button(t("data.run.dry", lang), key="data_dry", on_click=_set, args=(held, "dry"),
                      type="primary" if first else "secondary")
        st.button(t("data.run.import", lang), key="data_import", on_click=_set, args=(held, "import"),
                  type="secondary" if first else "primary", disabled=working)
    if held.job:
        _work(held, seen, held.job, lang)


def _set(held: Held, job: Job | None) -> None:
    held.job, held.fault = job, None


def _work(held: Held, seen: Look, job: Job, lang: str) -> None:
    gate = _gate()
    if not gate.acquire(blocking=False):
        markup.strip(t("data.run.busy", lang))
        held.job = None
        return
    try:
        result = _read(held, seen, Bar(held.size, lang), dry=job == "dry")
    except (BadFile, StoreError) as error:
        held.fault, held.job = error, None
        st.rerun()
    except Exception as error:  # noqa: BLE001 (whatever broke, the job must end and the reader be told)
        frames = "".join(traceback.format_tb(error.__traceback__))  # the message may hold values of the file
        LOG.error("import failed: %s\n%s", type(error).__name__, frames)
        held.fault, held.job = BadFile("failed"), None
        st.rerun()
    finally:
        gate.release()
    held.job = None
    if job == "dry":
        held.dry = result
    else:
        outcome.keep(result, held.name)
        holding.drop()
    st.rerun()


def _read(held: Held, seen: Look, bar: "Bar", *, dry: bool) -> Any:  # noqa: ANN401 (a result of writer or boundaries)
    profile, chosen = current_profile(), held.choices
    if seen.kind == "boundaries":
        return import_boundaries(held.path, profile, source=held.name, dry_run=dry)
    if seen.kind == "complaints":
        made = mappings.loaded(chosen.mapping) if chosen.mapping else None
        cases = open_complaints(held.path, profile, format=seen.format or "auto", mapping=made)
        return import_complaints(load.engine(), cases, progress=bar.move, dry_run=dry)
    entries = open_entries(str(seen.kind), held.path, profile, format=seen.format or "auto", questions=held.questions)
    return import_entries(load.engine(), entries, kind=str(seen.kind), progress=bar.move, dry_run=dry)


class Bar:
    """The progress bar: rows, rows a second, time left by the share of the file read."""

    def __init__(self, total_bytes: int, lang: str) -> None:
        self.total, self.lang = max(total_bytes, 1), lang
        self.began = self.last = time.monotonic()
        self.first_rows: int | None = None
        self.bar = st.progress(0.0, text=t("data.run.starting", lang))

    def move(self, rows: int, bytes_done: int) -> None:
        now = time.monotonic()
        self.first_rows = rows if self.first_rows is None else self.first_rows
        if now - self.last < STEP:
            return
        self.last = now
        share = min(bytes_done / self.total, 1.0)
        self.bar.progress(share, text=self.words(rows, share, now - self.began))

    def words(self, rows: int, share: float, seconds: float) -> str:
        lang, left = self.lang, seconds * (1 - share) / share if share else None
        rate = (rows - (self.first_rows or 0)) / seconds if seconds else 0.0
        shown = t("data.run.progress", lang, rows=numbers.count(rows, lang, "rows"), rate=numbers.decimal(rate, 0))
        return shown if left is None else shown + t("data.run.left", lang, time=numbers.duration(left / 3600, lang)
                                                    if left >= 60 else t("data.run.seconds", lang, n=round(left)))
