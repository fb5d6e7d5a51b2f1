"""Pictures on the page that change in place: same node, no blank frame, zoom kept."""

from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st

PLOTLY = "app/static/vendor/plotly-basic.min.js"
SCRIPT = Path(__file__).parent / "assets" / "plot.js"


@cache
def _plot_component() -> Any:  # noqa: ANN401 (Streamlit's renderer type is private)
    return st.components.v2.component("nk_plot", js=SCRIPT.read_text("utf-8"), isolate_styles=False)


def plot(figure: go.Figure, *, key: str, height: int, label: str, narrow: dict[str, Any] | None = None) -> None:
    """A Plotly figure; `label` says its finding, `narrow` is layout for columns under 520 px.

    Streamlit's own chart element is taken down and put up again at every change of data; this one is not.
    """
    data = {"figure": figure.to_json(), "source": PLOTLY, "label": label, "narrow": narrow or {}, "height": height}
    _plot_component()(key=key, data=data, height=height)


def picture(markup: str) -> None:
    """SVG or HTML of ours. The browser keeps its nodes and changes only what differs."""
    st.markdown(markup, unsafe_allow_html=True)
