"""The map: one layer on the city's ground, with legend, scale, north and credit; a click chooses a spot.

Words lie on the map as pictures or as HTML over it; the list of groups below does by keyboard what a click does.
"""

from functools import cache
from html import escape
from typing import Any

import h3
import numpy as np
import streamlit as st

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.figures.map import Circle, Cluster, Place, RawDeck, cell_name, fit, legend, places
from nakhon_dash.figures.map_page import page_deck, round_length
from nakhon_dash.figures.map_room import Box, Frame, Note, notes
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import grid
from nakhon_dash.ui import header, load, state, style
from nakhon_dash.ui.cards import Card, card, html, line
from nakhon_dash.ui.hotspots import choice
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

WIDE, NARROW = (704, 560), (346, 420)  # px of the map on a desk and on a phone
CLICKED, TURN = "hot_map", "hot_map_turn"
LISTED = 8  # groups in the list below the map
SCALE_SHARE = 0.2  # of the map's width at most
NORTH = '<svg width="16" height="26" viewBox="0 0 16 26" aria-hidden="true"><path d="M8 1 14 16 8 12 2 16Z"/></svg>'


def show(page: Page, drawn: Drawn) -> None:
    spec = Card(key="map", title=page.t("hotmap.title"), measures=drawn.measures, sentence=drawn.finding,
                table=drawn.table, command=drawn.command, about=drawn.about,
                note=f"{drawn.shows} · {page.t('hotmap.hides')} {drawn.hides} · {page.t('hotmap.points')}")  # fmt: skip
    with card(spec, page.view):
        html(line(drawn.finding))
        phone = _phone()
        frame = _frame(page, drawn, phone=phone)
        with st.container(key="hotmap"):
            st.pydeck_chart(_deck(page, drawn, frame), key=CLICKED, height=int(frame.height), on_select=_clicked(drawn),
                            selection_mode="single-object")  # fmt: skip
            html(_over(page, drawn))
        _groups(page, drawn)
        moved = f"hotmap.{'touch' if phone else 'move'}{'' if drawn.cells.empty else '_cells'}"
        parts = [page.t(moved), _wide(page, drawn), drawn.method]
        html(f'<div class="nk-src">{" · ".join(part for part in parts if part)}</div>')


def _clicked(drawn: Drawn) -> Any:  # noqa: ANN401 (a callback of Streamlit)
    """A cell of a group chooses the group, and a second click the cell itself; a disc chooses its group."""
    target = _targets(drawn)
    group_of = {cell_name(cell): target[str(cluster.number)] for cluster in drawn.clusters for cell in cluster.cells}

    def chosen() -> None:
        picked = st.session_state[CLICKED]["selection"]["objects"]
        row: dict[str, Any] = next((row for rows in picked.values() for row in rows), {})
        if not row:  # the map forgot its choice, as it was made to
            return
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
        cell, now = row.get("h3"), choice.spot()
        group = target.get(str(row.get("spot"))) or group_of.get(str(cell))
        if group and (group != now or not cell):
            state.choose(choice.SPOT, group)
        elif cell:
            state.choose(choice.SPOT, cell)

    return chosen


def _targets(drawn: Drawn) -> dict[str, str]:
    """What a numbered group of the layer stands for beside the map: numbers are those of Gi*; a group of another layer
    is told by a cell in its middle, a circle by nothing."""
    if st.session_state.get("own_layer", "gi") == "gi":
        return {str(group.number): str(group.number) for group in drawn.clusters}
    return {str(group.number): cell_name(group.cells[len(group.cells) // 2]) for group in drawn.clusters if group.cells}


def _groups(page: Page, drawn: Drawn) -> None:
    """The numbered groups as buttons, for those who cannot or will not click on a map."""
    target = _targets(drawn)
    named = {target[str(group.number)]: f"{group.number} {group.name}".strip()
             for group in drawn.clusters[:LISTED] if str(group.number) in target}  # fmt: skip
    if not named:
        return
    key, now = "hot_groups", choice.spot()
    state.hold(key, now if now in named else None, page.lang)

    def changed() -> None:
        state.choose(choice.SPOT, st.session_state[key] or now)

    st.pills(page.t("hotmap.groups"), list(named), key=key, format_func=named.__getitem__, on_change=changed,
             label_visibility="collapsed")  # fmt: skip


def _frame(page: Page, drawn: Drawn, *, phone: bool) -> Frame:
    width, height = NARROW if phone else WIDE
    bounds = geography.outline().bounds if _at_home(page) else _bounds(drawn)
    return Frame(fit(bounds, width - 12, height - 12), width, height)


def _at_home(page: Page) -> bool:
    """Whether most cases lie in the city; else the map shows the place where they are."""
    return grid.points(page.now, collapse=choice.collapsed()).ground == "outline"


def _bounds(drawn: Drawn) -> tuple[float, float, float, float]:
    corners = [corner for cell in drawn.cells["h3"] for corner in h3.cell_to_boundary(cell)]
    if not corners:
        return geography.outline().bounds
    lats, lons = [lat for lat, _ in corners], [lon for _, lon in corners]
    return min(lons), min(lats), max(lons), max(lats)


def _deck(page: Page, drawn: Drawn, frame: Frame) -> RawDeck:
    outline = geography.outline() if _at_home(page) else None
    published = geography.publish(ROOT / "static")  # the city's own borders, once it has brought them
    named, beside = _words(page, drawn, frame) if outline is not None else ([], [])
    lon, lat = frame.place(20, frame.height - 18)
    metres = round_length(frame.metres(frame.width * SCALE_SHARE))
    return page_deck(
        drawn.cells, view=frame.view, outline=outline, shapes=drawn.areas, clusters=drawn.clusters,
        circles=drawn.circles, chosen=choice.spot(),
        turn=st.session_state.get(TURN, 0), names=named, notes=beside,
        scale=(lon, lat, metres, _length(page, metres)), dark=style.dark(),
        ground={name: f"app/static/{address}" for name, address in published.items()},
    )  # fmt: skip


def _words(page: Page, drawn: Drawn, frame: Frame) -> tuple[list[Place], list[Note]]:
    """Names of zones in the city and of groups beside it; dear to place, so kept as long as neither moves."""
    groups: list[Cluster | Circle] = [*drawn.clusters, *drawn.circles]
    numbered = [_numbered(group) for group in groups]
    key = (tuple(numbered), page.lang, frame, len(drawn.legend))

    def place() -> tuple[list[Place], list[Note]]:
        outline = geography.outline()
        zones = [(name_of(page, "zone", code), shape) for code, shape in geography.zones().items()
                 if not page.profile.zones[code].partial or shape.area > outline.area / 20]  # fmt: skip
        named = places(zones, drawn.clusters)
        return named, notes(numbered, outline, frame, _taken(frame, named, len(drawn.legend)))

    return load.drawn(page.at, "words of the map", key, place)


def _numbered(group: Cluster | Circle) -> Cluster | Circle:
    """With its number before the name, which may stand far from its disc."""
    name = f"{group.number} {group.name}" if group.name else ""
    if isinstance(group, Circle):
        return Circle(group.number, group.lon, group.lat, group.metres, name, group.note)
    return Cluster(group.number, group.cells, name, group.note)


def _taken(frame: Frame, named: list[Place], rows: int) -> list[Box]:
    """Where legend, scale, marks and names of zones already stand."""
    width, height = frame.width, frame.height
    boxes: list[Box] = [(0, height - 64 - 23 * rows, 190, height), (0, 0, 250, 34), (width - 44, 0, width, 64),
                        (0, height - 26, width, height)]  # fmt: skip
    for place in named:
        x, y = frame.pixel(np.array([[place.lon, place.lat]]))[0]
        half = 5 * len(place.name)
        boxes.append((x - half, y - 14, x + half, y + 14))
    return boxes


def _over(page: Page, drawn: Drawn) -> str:
    """What lies over the map and does not move with it."""
    credit = escape(page.t("hotmap.credit"))
    return (f'<div class="nk-onmap">{header.synthetic_mark(page.at, page.lang)}'
            f'<span class="nk-north">{NORTH}{page.t("hotmap.north")}</span>'
            f'{legend(drawn.legend)}<span class="nk-credit">{credit}</span></div>')  # fmt: skip


def _length(page: Page, metres: int) -> str:
    if metres >= 1000:
        return page.t("hotmap.kilometres", n=numbers.decimal(metres / 1000, 0))
    return page.t("hotmap.metres", n=numbers.decimal(metres, 0))


def _wide(page: Page, drawn: Drawn) -> str:
    """How wide a cell is: the scale of the map in words."""
    if drawn.cells.empty:
        return ""
    metres = round(h3.average_hexagon_edge_length(h3.get_resolution(drawn.cells["h3"].iloc[0]), "m") * 3**0.5, -1)
    return page.t("hotmap.cells", n=numbers.decimal(len(drawn.cells), 0), metres=numbers.decimal(metres, 0))


_PHONE = """export default function ({ setStateValue }) {
  const phone = matchMedia('(max-width:640px)')
  const tell = () => setStateValue('phone', phone.matches)
  if (phone.matches) tell()
  phone.onchange = tell
  return () => { phone.onchange = null }
}"""


@cache
def _screen() -> Any:  # noqa: ANN401 (Streamlit's renderer type is private)
    return st.components.v2.component("nk_screen", js=_PHONE)


def _phone() -> bool:
    """Whether the reader's window is a phone's: the city must fit its width."""
    return bool(_screen()(key="nk_screen", height="content", on_phone_change=lambda: None).phone)
