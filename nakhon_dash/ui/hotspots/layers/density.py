"""Layer: cases per square kilometre, smoothed. A picture of where they lie, never a verdict."""

import pandas as pd
from shapely import get_parts
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from nakhon_dash.i18n import numbers
from nakhon_dash.measures.density_map import BANDWIDTHS, Class, DensityMap, density_map, frame
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice, collapsed
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page

WIDTHS = [str(metres) for metres in BANDWIDTHS]
USUAL = "250"
CLASSES = ("s2", "s3", "s4", "s5", "s6")


def controls(page: Page) -> None:
    choice(page, "bandwidth", WIDTHS, USUAL)


def draw(page: Page) -> Drawn:
    width = state.own("bandwidth", WIDTHS, USUAL)
    found = density_map(page.now, int(width), collapse=collapsed())
    looks = CLASSES[len(CLASSES) - len(found.classes) :]
    return Drawn(
        shows=page.t("density.shows"),
        hides=page.t("density.hides"),
        finding=_finding(page, found),
        legend=_legend(page, found, looks),
        areas=_areas(page, found, looks),
        table=frame(found),
        about="density",
        command=command("density", page.scope, page.at, by=f"m{width}" if collapsed() else f"m{width}-all"),
        method=page.t("density.method", n=numbers.count(found.cases, page.lang), metres=width,
                      k=page.profile.privacy.k),
    )  # fmt: skip


def _areas(page: Page, found: DensityMap, looks: tuple[str, ...]) -> pd.DataFrame:
    rows = [(piece, look, page.t("density.tip", range=_range(page, one)))
            for one, look in zip(found.classes, looks, strict=True)
            for part in get_parts(one.shape) if isinstance(part, Polygon) for piece in whole(part)]  # fmt: skip
    return pd.DataFrame(rows, columns=["shape", "look", "tip"])


def whole(shape: BaseGeometry) -> list[Polygon]:
    """A polygon cut through its holes, so that none is left: the map draws outer rings only."""
    if not isinstance(shape, Polygon):
        return [piece for part in getattr(shape, "geoms", []) for piece in whole(part)]
    if shape.is_empty or not shape.interiors:
        return [] if shape.is_empty else [shape]
    west, south, east, north = shape.bounds
    cut = shape.interiors[0].centroid.x
    halves = (box(west, south, cut, north), box(cut, south, east, north))
    return [piece for half in halves for piece in whole(shape.intersection(half))]


def _legend(page: Page, found: DensityMap, looks: tuple[str, ...]) -> list[tuple[str, str]]:
    """Densest first; the first row names the unit."""
    rows = [(look, _range(page, one)) for one, look in zip(found.classes, looks, strict=True)][::-1]
    return [(look, page.t("density.unit", range=words)) for look, words in rows[:1]] + rows[1:]


def _range(page: Page, one: Class) -> str:
    low = numbers.decimal(one.low, 0)
    if one.high is None:
        return page.t("counts.from", n=low)
    return page.t("density.range", low=low, high=numbers.decimal(one.high, 0))


def _finding(page: Page, found: DensityMap) -> str:
    if not found.cases:
        return page.t("counts.nothing")
    if not found.classes:
        return page.t("density.too_few", k=page.profile.privacy.k, metres=found.bandwidth)
    top = found.classes[-1]
    return page.t("density.finding", low=numbers.decimal(top.low, 0), km2=numbers.decimal(top.km2, 2))
