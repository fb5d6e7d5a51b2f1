"""Choices of this page that are no filter: how repeats count, what a layer measures, which spot is looked at."""

import h3
import streamlit as st

from nakhon_dash.ui import state
from nakhon_dash.ui.page import Page

SPOT, FIRST_SPOT = "spot", "1"


def collapsed() -> bool:
    """Whether repeats of trouble still open count once: the switch of the guard-rails below the map."""
    return state.own("repeats", ["once", "all"], "once") == "once"


def table_part(by: str) -> str:
    """What a table of cells or zones is split by, with repeats as chosen."""
    return by if collapsed() else f"{by}-all"


def choice(page: Page, name: str, options: list[str], default: str) -> None:
    """A small control of a layer: one of `options`, in the address as `name`; words stand under `layer_choice.name`."""
    key, now = f"hot_{name}", state.own(name, options, default)
    state.hold(key, now, page.lang)

    def changed() -> None:
        state.choose(name, st.session_state[key] or now)  # a second click on the choice clears it

    st.segmented_control(page.t(f"layer_choice.{name}"), options, key=key, on_change=changed,
                         format_func=lambda code: page.t(f"layer_choice.{name}_{code}"))  # fmt: skip


def spot() -> str:
    """The number of the chosen cluster ("1", "2" …) or a cell; the first cluster until something is chosen."""
    asked = str(st.session_state.get(f"own_{SPOT}") or st.query_params.get(SPOT, FIRST_SPOT))
    known = (asked.isdecimal() and len(asked) < 4) or h3.is_valid_cell(asked)
    return state.own(SPOT, [FIRST_SPOT, asked] if known else [FIRST_SPOT], FIRST_SPOT)
