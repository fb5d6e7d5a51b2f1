"""The page that test_components.py watches: one live plot, one micro-chart, one map; a file says which data to show."""

import os
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from nakhon_dash.domain import geography
from nakhon_dash.figures import map as city_map
from nakhon_dash.figures.ruler import Waits, Words, hour_ruler
from nakhon_dash.figures.trend import Month, monthly_trend, narrow_layout
from nakhon_dash.ui import components, style

TURN = Path(os.environ["LIVE_APP_TURN"])


def turn() -> int:
    return int(TURN.read_text())


@st.fragment(run_every=0.2)
def follow(shown: int) -> None:
    if turn() != shown:
        st.rerun(scope="app")


def months(n: int) -> list[Month]:
    values = [0.80 + 0.01 * ((i * 7 + n * 3) % 11) for i in range(12)]
    return [Month(date(2026, i + 1, 1), v, v - 0.02, v + 0.02, 900, (0.8, 0.9)) for i, v in enumerate(values)]


def deck(n: int) -> city_map.RawDeck:
    cells = geography.cells(8)
    verdicts = [("h2", "ns", "c1", "ns")[(i + n) % 4] for i in range(len(cells))]
    table = pd.DataFrame({"h3": cells, "verdict": verdicts, "tip": ["-"] * len(cells)})
    view = city_map.fit(geography.outline().bounds, 500, 280)
    return city_map.overview_deck(table, [], [], view=view, outline=geography.outline())


st.set_page_config(layout="wide")
style.apply()
shown = turn()
follow(shown)
st.markdown(f'<p id="turn">{shown}</p>', unsafe_allow_html=True)
waits = Waits(2, 6, 15 + shown, 40, 60, 130)
words = Words(f"half {15 + shown} h", "9 in 10: 60 h", "1 h", "48 h", "was 15 d")
components.picture(hour_ruler(waits, words, label=f"half within {15 + shown} hours"))
data = months(shown % 4)
components.plot(monthly_trend(data, "en"), key="plot", height=260, label="trend", narrow=narrow_layout(data, "en"))
st.pydeck_chart(deck(shown % 4), key="map", height=280)
