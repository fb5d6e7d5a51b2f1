"""The rules of the Data page, and the words inside Streamlit's own drop zone, which it has in English only."""

import json
from functools import cache
from pathlib import Path

import streamlit as st

from nakhon_dash.i18n import t

SHEET = Path(__file__).parent / "data.css"
_ZONE = "[data-testid=stFileUploaderDropzone]"


@cache
def css(lang: str) -> str:
    drop, browse = (json.dumps(t(f"data.upload.{name}", lang), ensure_ascii=False) for name in ("drop", "browse"))
    return (f"{SHEET.read_text('utf-8')}\n[class*=st-key-data_drop] {_ZONE}::before{{content:{drop}}}\n"
            f"{_ZONE} button p::after{{content:{browse}}}")


def apply(lang: str) -> None:
    st.html(f"<style>{css(lang)}</style>")
