"""Where is there more than expected? Twelve months of cases on the city's cells, with a verdict for each."""

import h3
import pandas as pd
import streamlit as st

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.figures.map import Cluster, fit, legend, overview_deck, places
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.places import hotspots
from nakhon_dash.measures.spots import Spots
from nakhon_dash.ui import load, style
from nakhon_dash.ui.cards import Card, card, html, line
from nakhon_dash.ui.page import Page

STATIC = ROOT / "static"
YEAR = 365
SHOWN = 3  # clusters named under the map; more are on it
HEIGHT = 270
VERDICT = {"hot99": "h2", "hot95": "h1", "ns": "ns", "cold95": "c1", "cold99": "c2"}
UNTOLD = {"few": "few"}  # too few cases for any verdict


def found(page: Page) -> Spots:
    last = page.now.last_day
    scope = page.scope.days(last - YEAR + 1, last)
    return load.kept(page.at, hotspots, scope)


def show(page: Page) -> None:
    spots = found(page)
    cells = numbers.decimal(len(spots.cells), 0)
    key = "place.found" if spots.clusters else "place.none" if spots.enough else "place.too_few"
    words = page.t(key, groups=numbers.count(len(spots.clusters), page.lang, "clusters"), cells=cells)
    spec = Card(key="place", title=page.t("place.title"), sentence=words, table=_table(spots),
                note=page.t("place.about"))  # fmt: skip
    with card(spec, page.view):
        html(line(words))
        with st.container(key="map"):
            st.pydeck_chart(_deck(page, spots), key="overview_map", height=HEIGHT)
        keys = [(code, page.t(f"place.{code}")) for code in (VERDICT if spots.enough else UNTOLD).values()]
        html(legend(keys, scale=page.t("place.scale", metres=numbers.decimal(_cell_width(spots.res), 0))))
        html(f'<div class="nk-src">{_list(page, spots)}</div>')


def zone_name(page: Page, code: str | None) -> str:
    zone = page.profile.zones.get(code or "")
    return zone.name(page.lang) if zone else page.t("place.no_zone")


def _cell_width(res: int) -> int:
    """Metres from side to side, to tens: the scale of the map at every zoom."""
    return round(h3.average_hexagon_edge_length(res, "m") * 3**0.5, -1)


def _list(page: Page, spots: Spots) -> str:
    named = [page.t("place.cluster", rank=c.rank, zone=zone_name(page, c.zone), cases=numbers.count(c.cases, page.lang))
             for c in spots.clusters[:SHOWN]]  # fmt: skip
    return " · ".join([*named, page.t("place.method", n=numbers.decimal(spots.mapped, 0))])


def _deck(page: Page, spots: Spots) -> object:
    dark = style.dark()
    key = (page.scope.days(None, None), page.now.last_day, page.lang, dark)
    return load.drawn(page.at, "overview deck", key, lambda: _drawn(page, spots, dark=dark))


def _drawn(page: Page, spots: Spots, *, dark: bool) -> object:
    outline = geography.outline()
    rows = spots.cells
    cells = pd.DataFrame(
        {
            "h3": [h3.int_to_str(int(cell)) for cell in rows["cell"]],
            "verdict": [(VERDICT | UNTOLD)[verdict] for verdict in rows["verdict"]],
            "tip": [_tip(page, n, e, v) for n, e, v in zip(rows["n"], rows["expected"], rows["verdict"], strict=True)],
        }
    )
    clusters = [Cluster(c.rank, tuple(h3.int_to_str(cell) for cell in c.cells)) for c in spots.clusters]
    zones = [(zone_name(page, code), shape) for code, shape in geography.zones().items()
             if not page.profile.zones[code].partial or shape.area > outline.area / 20]  # fmt: skip
    published = geography.publish(STATIC)  # the city's own borders, once it has brought them
    return overview_deck(cells, clusters, places(zones, clusters), view=fit(outline.bounds, 330, HEIGHT - 20),
                         outline=outline, dark=dark,
                         ground={name: f"app/static/{address}" for name, address in published.items()})  # fmt: skip


def _tip(page: Page, n: int, expected: float, verdict: str) -> str:
    cases, mean = numbers.count(n, page.lang), numbers.decimal(expected, 1)
    return page.t("place.tip", cases=cases, expected=mean, verdict=page.t(f"place.{(VERDICT | UNTOLD)[verdict]}"))


def _table(spots: Spots) -> pd.DataFrame:
    """Clusters, most above expectation first."""
    return pd.DataFrame(
        [{"rank": c.rank, "zone": c.zone, "cells": len(c.cells), "cases": c.cases, "expected": round(c.expected, 1)}
         for c in spots.clusters]
    )  # fmt: skip
