"""One layer at a time: the switch, the layer's own controls, one sentence on what it shows and what it does not."""

import streamlit as st

from nakhon_dash.ui import state
from nakhon_dash.ui.cards import html
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.hotspots.layers import CONTROLS, LAYERS, first
from nakhon_dash.ui.page import Page


def layer() -> str:
    """The code of the chosen layer; kept over language, filters and pages, and in the address."""
    return state.own("layer", list(LAYERS), first())


def show(page: Page) -> Drawn:
    """The chosen layer, ready for the map."""
    key, now = "hot_layer", layer()
    state.hold(key, now, page.lang)

    def changed() -> None:
        state.choose("layer", st.session_state[key] or now)  # a second click on the choice clears it

    st.segmented_control(page.t("hotmap.layers"), list(LAYERS), key=key, on_change=changed,
                         format_func=lambda code: page.t(f"layer.{code}"), label_visibility="collapsed")  # fmt: skip
    if now in CONTROLS:
        with st.container(key="layer-choice", horizontal=True, vertical_alignment="center", gap="small"):
            CONTROLS[now](page)
    found = LAYERS[now](page)
    html(f'<p class="nk-lede nk-shows"><b>{page.t("hotmap.shows")}</b> {found.shows}&ensp;'
         f'<b>{page.t("hotmap.hides")}</b> {found.hides}</p>')  # fmt: skip
    return found
