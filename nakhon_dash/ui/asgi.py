"""The entry that the server starts: `nakhon_dash.ui.asgi:app`.

Streamlit takes a folder `pages/` beside the main script for its old multipage mode and then runs a page without
`app.py` on a direct first request. Here that mode is switched off before the app is made; the attribute is private to
Streamlit, so `tests/browser/test_entry.py` watches the behaviour.
"""

import importlib
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAGE = ("nakhon_dash.ui.frame", "nakhon_dash.ui.overview")

PagesManager.uses_pages_directory = False


def _warm() -> None:
    """Load code and replica of the first page; a fault is left to the page, which says it to the reader."""
    try:
        for name in FIRST_PAGE:
            importlib.import_module(name)
        importlib.import_module("nakhon_dash.ui.load").reader()
    except Exception:  # whatever it is, the page meets it again and says it
        logging.getLogger(__name__).warning("the first page could not be prepared", exc_info=True)


@asynccontextmanager
async def _while_serving(_app: st.App) -> AsyncIterator[None]:
    """The browser takes a second to load its scripts; meanwhile the first page is prepared."""
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    yield


app = st.App(ROOT / "app.py", lifespan=_while_serving)
