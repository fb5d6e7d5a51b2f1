"""Layer: circles of the newest stored space-time scan, with the cells that lie in them."""

from html import escape

import pandas as pd

from nakhon_dash.figures.map import Circle
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.scanning import MODELS, Cluster, Result, rows_of
from nakhon_dash.ui.hotspots import scan
from nakhon_dash.ui.hotspots.choice import choice
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

LOOK = {"alert": "h2", "likely": "h1"}


def controls(page: Page) -> None:
    choice(page, "scan", list(MODELS), MODELS[0])


def draw(page: Page) -> Drawn:
    model, result = scan.model(), scan.found(page)
    found = [] if result is None else scan.told(result)
    return Drawn(
        shows=page.t(f"scan.shows_{model}"),
        hides=page.t(f"scan.hides_{model}"),
        finding=scan.finding(page, result),
        legend=_legend(page, result, found),
        cells=_cells(page, result, found),
        circles=[_circle(page, one, rank) for rank, one in enumerate(found, 1)],
        table=None if result is None else rows_of(result, page.profile),
        about="scan",
        command=scan.asked(page),
        method="" if result is None else page.t("scan.method_short", runs=numbers.decimal(result.runs, 0),
                                                seed=result.seed, cases=numbers.count(result.cases, page.lang)),
    )  # fmt: skip


def _circle(page: Page, one: Cluster, rank: int) -> Circle:
    name = name_of(page, "zone", one.zone) if one.zone else page.t("place.no_zone")
    note = page.t("scan.note", observed=numbers.decimal(one.observed, 0), expected=numbers.decimal(one.expected, 1))
    return Circle(rank, one.lon, one.lat, float(one.metres), name, note)


def _legend(page: Page, result: Result | None, found: list[Cluster]) -> list[tuple[str, str]]:
    """The kinds that occur, the stronger first."""
    tiers = {result.tier(one) for one in found} if result is not None else set()
    return [(look, page.t(f"scan.tier.{tier}")) for tier, look in LOOK.items() if tier in tiers]


def _cells(page: Page, result: Result | None, found: list[Cluster]) -> pd.DataFrame:
    rows = []
    for rank, one in enumerate(found, 1):
        tip = "<br>".join((f"<b>{rank} {escape(scan.days_of(page, one))}</b>", scan.counted(page, one)))
        look = "ns" if result is None else LOOK[result.tier(one)]
        rows += [(cell, look, tip) for cell in one.cells]
    return pd.DataFrame(rows, columns=["h3", "look", "tip"])
