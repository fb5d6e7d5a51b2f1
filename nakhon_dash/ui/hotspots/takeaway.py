"""What a reader takes away: the cells of the shown layer as files, the picture, the script, the citation.

Files are made when a button is pressed, not before; each leaves a line in the register of exports.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import escape

import streamlit as st

from nakhon_dash.domain.view import micros
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.cell_counts import fitting
from nakhon_dash.measures.grid import grid
from nakhon_dash.measures.taken import LAYERS, RES, hidden_cells, take
from nakhon_dash.report import sidecar
from nakhon_dash.report.cases import log
from nakhon_dash.report.cells import FORMATS, kit
from nakhon_dash.report.map_png import png
from nakhon_dash.report.script import script
from nakhon_dash.report.sidecar import Told
from nakhon_dash.ui import load, state, style
from nakhon_dash.ui.cards import Card, card, html, line, source_line
from nakhon_dash.ui.hotspots import steps, switch
from nakhon_dash.ui.hotspots.choice import collapsed
from nakhon_dash.ui.hotspots.layers.counts import SIZES
from nakhon_dash.ui.page import Page

PLAIN = "gi"  # what is taken away of a layer that has no cells


def show(page: Page) -> None:
    layer = switch.layer() if switch.layer() in LAYERS else PLAIN
    res = _res(page, layer)
    told = sidecar.told(page.now, layer, res, micros(datetime.now(UTC)), page.at.synthetic, collapse=collapsed(),
                        every=_every(layer))  # fmt: skip
    at, k = grid(page.now, res, collapse=told.collapse), page.profile.privacy.k
    told_on = at.points.guard.counted >= k
    words = _finding(page, told, at.cells) if told_on else page.t("take.too_few", k=k)
    spec = Card(key="takeaway", title=page.t("take.card"), sentence=told.citation(page.lang) if told_on else words,
                command=told.command if told_on else "", note=page.t("take.note", k=k))  # fmt: skip
    with card(spec, page.view):
        html(line(words))
        if told_on:
            files, cite = st.columns([7, 5], gap="medium")
            with files:
                _files(page, told)
            with cite:
                html(line(f'<b>{page.t("take.head.cite")}</b>'))
                st.code(told.citation(page.lang), language=None, wrap_lines=True)
        html(source_line(page.source, page.at, page.view))


def _res(page: Page, layer: str) -> int:
    """The size of cells on the map where the layer lets the reader choose it."""
    if layer == "emerging":
        return int(state.own("size", steps.SIZES, str(RES)))
    if layer != "counts":
        return RES
    size = state.own("cells", SIZES, "auto")
    return fitting(page.now, collapse=collapsed()) if size == "auto" else int(size)


def _every(layer: str) -> str:
    """The step of time that the reader chose for the emerging layer, "" when none."""
    chosen = state.own("every", steps.EVERY, "auto") if layer == "emerging" else "auto"
    return "" if chosen == "auto" else chosen


def _finding(page: Page, told: Told, cells: list[int]) -> str:
    hidden = int(hidden_cells(page.now, told.res, collapse=told.collapse).sum())
    layer = f"<b>{escape(page.t(f'take.layer.{told.layer}'))}</b>"
    key = "take.finding" if hidden else "take.finding_all"
    return page.t(key, layer=layer, cells=numbers.decimal(len(cells), 0), hidden=numbers.decimal(hidden, 0))


def _files(page: Page, told: Told) -> None:
    """One row for the formats, one for the picture and the script."""
    html(line(f'<b>{page.t("take.files")}</b> {page.t("take.files_note")}'))
    with st.container(horizontal=True, key="take-files", gap="small"):
        for kind in FORMATS:
            make = partial(_kit, page.now, told, kind)
            _button(page, f"take.kind.{kind}", kind, make, f"nakhon-cells-{told.layer}-{kind}.zip", "application/zip")
    html(line(f'<b>{page.t("take.others")}</b> {page.t("take.others_note")}'))
    with st.container(horizontal=True, key="take-others", gap="small"):
        drawn = partial(_png, page.now, told, page.lang, dark=style.dark())
        _button(page, "take.kind.png", "png", drawn, f"nakhon-map-{told.layer}.png", "image/png")
        _button(page, "take.kind.py", "py", partial(_script, page.now, told), "hotspots.py", "text/x-python")
    with st.expander(page.t("take.script")):
        st.code(script(told), language="python")


def _button(page: Page, words: str, kind: str, make: Callable[[], bytes], name: str, mime: str) -> None:
    st.download_button(page.t(words), make, file_name=name, mime=mime, on_click="ignore", key=f"take-{kind}")


def _kit(ask: Ask, told: Told, kind: str) -> bytes:
    taken = take(ask, told.layer, told.res, collapse=told.collapse, every=told.every)
    _log(told, kind, len(taken.rows))
    return kit(taken, told, kind)


def _png(ask: Ask, told: Told, lang: str, *, dark: bool) -> bytes:
    taken = take(ask, told.layer, told.res, collapse=told.collapse, every=told.every)
    _log(told, "png", len(taken.rows))
    return png(ask, taken, told, lang, dark=dark)


def _script(ask: Ask, told: Told) -> bytes:
    _log(told, "py", len(grid(ask, told.res, collapse=told.collapse).cells))
    return script(told).encode()


def _log(told: Told, kind: str, rows: int) -> None:
    what = f"cells {kind} {told.layer} {told.res}"
    log(load.engine(), micros(datetime.now(UTC)), what, told.scope, rows, told.rev, by="page")
