"""Live pages: a small fragment asks for the change number; only when it moved does the page run again.

The page's charts and maps are keyed, so a new run changes them in place: zoom, viewport, filters and language stay.
"""

from datetime import UTC, datetime

import streamlit as st

from nakhon_dash.ui import load

EVERY = 1.0  # seconds between two looks; a committed row must be on screen within two
REDRAW_AFTER = 60  # seconds: cases pass their due time even when nothing is imported


@st.fragment(run_every=EVERY)
def follow(shown_rev: int, drawn_at: float, *, fresh: bool) -> None:
    """Run the page again when data changed since `shown_rev`, or, while data is fresh, when its instant is old."""
    aged = datetime.now(UTC).timestamp() - drawn_at > REDRAW_AFTER
    if load.rev() != shown_rev or (fresh and aged):
        st.rerun(scope="app")
