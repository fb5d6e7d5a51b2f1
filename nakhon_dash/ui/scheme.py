"""Light or dark: as the device says, until the reader chooses."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from nakhon_dash.i18n import t

SCRIPT = Path(__file__).parent / "assets" / "scheme.js"
MARK = (
    '<button class="nk-scheme" type="button"><svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">'
    '<circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    '<path d="M9 2a7 7 0 0 1 0 14Z" fill="currentColor"/></svg></button>'
)


@cache
def _component() -> Any:  # noqa: ANN401 (Streamlit's renderer type is private)
    return st.components.v2.component("nk_scheme", html=MARK, js=SCRIPT.read_text("utf-8"), isolate_styles=False)


def switch(lang: str, pages: tuple[str, ...]) -> None:
    """The button; `pages` are the addresses that share the choice, "" for the first page."""
    _component()(key="nk_scheme", data={"label": t("frame.scheme", lang), "pages": list(pages)}, height="content")
