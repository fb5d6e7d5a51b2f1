"""The look of the page: colours from `figures.theme`, rules from `assets/style.css`, put on the page once a run."""

from functools import cache
from pathlib import Path

import streamlit as st

from nakhon_dash.figures.theme import css_tokens
from nakhon_dash.i18n import t

SHEET = Path(__file__).parent / "assets" / "style.css"


@cache
def css() -> str:
    return f"{css_tokens()}\n{SHEET.read_text('utf-8')}"


def dark() -> bool:
    """Whether the reader sees the dark theme; pictures that need numbers for colours (maps) ask this."""
    return st.context.theme.type == "dark"


def apply() -> None:
    """Streamlit sets `color-scheme` on the page and the sidebar; the root needs it for pop-ups, which lie outside."""
    scheme, product = "dark" if dark() else "light", t("frame.product", "th")  # the same in both languages
    st.html(f'<style>{css()}\n:root{{color-scheme:{scheme};--product:"{product}"}}</style>')
