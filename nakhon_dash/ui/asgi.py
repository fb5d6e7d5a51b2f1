"""The entry that the server starts: `nakhon_dash.ui.asgi:app`.

Streamlit takes a folder `pages/` beside the main script for its old multipage mode and then runs a page without
`app.py` on a direct first request. Here that mode is switched off before the app is made; the attribute is private to
Streamlit, so `tests/browser/test_entry.py` watches the behaviour.
"""

from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

ROOT = Path(__file__).resolve().parents[2]

PagesManager.uses_pages_directory = False

app = st.App(ROOT / "app.py")
