"""The map as a picture of 1920 by 1200 pixels, drawn here without a browser: for slides, letters and the press.

The same ground, colours and marks as the map of the page. Nothing on it tells more than the file of cells.
"""

from typing import Any

import h3
import numpy as np
import shapely
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from nakhon_dash import __version__
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.figures.map import AS_EXPECTED_ALPHA, Cluster, cell_shape, fit, places
from nakhon_dash.figures.map_page import DASHED, SOLID, round_length
from nakhon_dash.figures.map_room import Box, Frame, notes
from nakhon_dash.figures.pen import Pen
from nakhon_dash.figures.theme import Palette, palette
from nakhon_dash.i18n import numbers, t
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.spots import OF, robustness, spots
from nakhon_dash.measures.taken import Taken
from nakhon_dash.report.map_look import Look, look_of
from nakhon_dash.report.sidecar import PRODUCT, Told

WIDTH, HEIGHT = 960, 600  # units; two pixels each
MAP: Box = (28, 92, 668, 560)
SIDE = 696  # left edge of the column beside the map
EDGE = 28
MARKED = 90  # square units: a smaller piece of a cell has no room for its mark
LISTED = 6  # groups in the column
ROOMY = 0.4  # a number stands in a cell of at least this share of the group's largest



def png(ask: Ask, taken: Taken, told: Told, lang: str, *, dark: bool = False) -> bytes:
    """The picture of the cells in one language, light or dark."""
    colours = palette(dark=dark)
    pen = Pen(WIDTH, HEIGHT, colours.paper)
    look, home = look_of(taken, lang), taken.ground == "outline"
    clusters = _clusters(ask, taken, told, lang) if taken.layer == "gi" else []
    frame = _frame(taken, home)
    _map(pen, colours, frame, taken, look, clusters, lang, home=home)
    _head(pen, colours, told, lang)
    _column(pen, colours, taken, look, clusters, lang)
    _foot(pen, colours, told, lang)
    return pen.png()


def _frame(taken: Taken, home: bool) -> Frame:
    left, top, right, bottom = MAP
    if home:
        bounds = geography.outline().bounds
    else:
        bounds = unary_union([cell_shape(cell) for cell in taken.rows["cell"]]).bounds or geography.outline().bounds
    return Frame(fit(bounds, right - left - 40, bottom - top - 40), right - left, bottom - top)


def _map(
    pen: Pen, colours: Palette, frame: Frame, taken: Taken, look: Look, clusters: list[Cluster], lang: str, *,
    home: bool,
) -> None:  # fmt: skip
    left, top, right, bottom = MAP
    window, corner = shapely.box(left, top, right, bottom), np.array([left, top])

    def at(shape: BaseGeometry) -> BaseGeometry:
        return shapely.intersection(shapely.transform(shape, lambda xy: frame.pixel(xy) + corner), window)

    pen.box(left, top, right, bottom, colours.land)
    outline = geography.outline() if home else None
    if outline is not None:
        pen.area(at(outline), colours.inside)
        _ground(pen, at, "canals", colours.water, 1.6)
    for cell, kind in zip(taken.rows["cell"], look.cells, strict=True):
        shape, name = at(cell_shape(cell, outline)), kind.removesuffix(DASHED)
        if name != "few":
            pen.area(shape, getattr(colours, name), AS_EXPECTED_ALPHA if name in ("ns", "s1") else SOLID)
        pen.line(shape, colours.inside, 0.8)
    for cell, kind in zip(taken.rows["cell"], look.cells, strict=True):
        if kind == "few" or kind.endswith(DASHED):
            pen.line(at(cell_shape(cell, outline)), colours.ink3, 0.9, dash=2.5)
    if outline is not None:
        _ground(pen, at, "roads", colours.road, 1.2)
        for zone in geography.zones().values():
            pen.line(at(zone), colours.ink3, 0.6, dash=4)
        pen.line(at(outline), colours.ink, 1.5)
    for cell, kind, mark in zip(taken.rows["cell"], look.cells, look.marks, strict=True) if look.marks else ():
        shape = at(cell_shape(cell, outline))
        if mark and shape.area > MARKED:
            pen.words(shape.centroid.x, shape.centroid.y + 2.6, mark, 7.5, _upon(colours, kind), weight=600,
                      anchor="middle")  # fmt: skip
    for cluster in clusters:
        pen.line(at(unary_union([cell_shape(cell, outline) for cell in cluster.cells])), colours.ink, 1.5)
    if outline is not None:
        _names(pen, colours, frame, clusters, outline, lang)
    for cluster in clusters:
        x, y = frame.pixel(_middle(cluster, outline))[0] + corner
        pen.disc(x, y, 9, colours.ink, colours.inside)
        pen.words(x, y + 4.2, str(cluster.number), 12, colours.paper, weight=600, anchor="middle")
    _scale(pen, colours, frame, lang)


def _upon(colours: Palette, kind: str) -> str:
    """The colour of letters upon a cell."""
    return colours.on_fill if kind in ("h2", "c2") else colours.ink


def _ground(pen: Pen, at: Any, name: str, colour: str, width: float) -> None:  # noqa: ANN401 (a closure)
    for feature in geography.layer(name)["features"]:
        pen.line(at(shape_of(feature["geometry"])), colour, width)


def _middle(cluster: Cluster, outline: BaseGeometry | None) -> np.ndarray:
    """The cell nearest the middle, so that the number never floats beside a bent group; no sliver at the border."""
    shown = [cell_shape(cell, outline) for cell in cluster.cells]
    largest = max(shape.area for shape in shown)
    points = shapely.get_coordinates([shape.centroid for shape in shown if shape.area > largest * ROOMY])
    return points[[((points - points.mean(0)) ** 2).sum(1).argmin()]]


def _names(pen: Pen, colours: Palette, frame: Frame, clusters: list[Cluster], outline: BaseGeometry, lang: str) -> None:
    left, top = MAP[:2]
    profile = current_profile()
    zones = [(profile.zones[code].name(lang), shape) for code, shape in geography.zones().items()
             if code in profile.zones and shape.area > outline.area / 20]  # fmt: skip
    taken: list[Box] = [(frame.width - 44, 0, frame.width, 64), (0, frame.height - 44, 190, frame.height)]
    for place in places(zones, clusters):
        x, y = _pixel(frame, place.lon, place.lat)
        half = pen.length(place.name, 12, 500) / 2 + 4
        taken.append((x - half, y - 12, x + half, y + 10))
        pen.words(x + left, y + top + 4, place.name, 12, colours.ink2, weight=500, anchor="middle", halo=colours.inside)
    short = [Cluster(one.number, one.cells, one.name, one.note.split(" · ")[-1]) for one in clusters]
    for note in notes(short, outline, frame, taken):
        x, y = _pixel(frame, note.lon, note.lat)
        side: Any = "right" if note.right else "left"
        x += left + (-4 if note.right else 4)
        pen.words(x, y + top - 3, note.name, 12.5, colours.ink, weight=600, anchor=side, halo=colours.land)
        pen.words(x, y + top + 14, note.note, 11.5, colours.ink2, anchor=side, halo=colours.land)


def _pixel(frame: Frame, lon: float, lat: float) -> tuple[float, float]:
    x, y = frame.pixel(np.array([[lon, lat]]))[0]
    return float(x), float(y)


def _scale(pen: Pen, colours: Palette, frame: Frame, lang: str) -> None:
    """A bar of a round length, right in the middle of the map, and the arrow to the north."""
    left, top, right, bottom = MAP
    metres = round_length(frame.metres(frame.width * 0.22))
    wide, x, y = metres / frame.metres(1), left + 16, bottom - 16
    pen.line(shapely.LineString([(x, y - 5), (x, y), (x + wide, y), (x + wide, y - 5)]), colours.ink, 1.3)
    key, shown = ("hotmap.kilometres", metres / 1000) if metres >= 1000 else ("hotmap.metres", metres)
    pen.words(x + wide + 8, y + 3, t(key, lang, n=numbers.decimal(shown, 0)), 11, colours.ink2, halo=colours.land)
    x, y = right - 22, top + 14
    pen.area(shapely.Polygon([(x, y), (x + 6, y + 17), (x, y + 13), (x - 6, y + 17)]), colours.ink)
    pen.words(x, y + 32, t("hotmap.north", lang), 12, colours.ink, weight=600, anchor="middle")


def _head(pen: Pen, colours: Palette, told: Told, lang: str) -> None:
    pen.line(shapely.LineString([(EDGE, 22), (WIDTH - EDGE, 22)]), colours.rule, 1.2)
    pen.words(EDGE, 52, t("take.picture", lang, layer=t(f"take.layer.{told.layer}", lang)), 22, colours.ink, weight=600)
    pen.words(EDGE, 76, f"{told.days(lang)} · {told.chosen(lang)}", 13, colours.ink2)
    mark = told.mark(lang).rstrip(".")
    if mark:
        wide = pen.length(mark, 12, 500)
        right, box = WIDTH - EDGE, (WIDTH - EDGE - wide - 20, 34, WIDTH - EDGE, 58)
        for step in range(0, int(wide) + 40, 7):
            stripe = shapely.LineString([(box[0] - 20 + step, 58), (box[0] + 4 + step, 34)])
            pen.line(shapely.intersection(stripe, shapely.box(*box)), colours.hatch, 1.5)
        pen.box(box[0] + 5, 37, right - 5, 55, colours.paper)
        pen.line(shapely.box(*box), colours.hatch, 1)
        pen.words(right - 10, 50.5, mark, 12, colours.ink, weight=500, anchor="right")


def _column(pen: Pen, colours: Palette, taken: Taken, look: Look, clusters: list[Cluster], lang: str) -> None:
    """Legend, groups, what was counted and by which method."""
    y, right = 106.0, WIDTH - EDGE
    for (kind, words), mark in zip(look.legend, look.keys or [""] * len(look.legend), strict=True):
        name = kind.removesuffix(DASHED)
        hexagon = shapely.Polygon([(SIDE + dx, y + dy) for dx, dy in
                                   ((6, -11), (12, -8), (12, -1), (6, 2), (0, -1), (0, -8))])  # fmt: skip
        if name != "few":
            pen.area(hexagon, getattr(colours, name))
        pen.line(hexagon, colours.ink3, 0.7, dash=2 if name == "few" or kind != name else 0)
        pen.words(SIDE + 6, y - 1.8, mark, 7.5, _upon(colours, kind), weight=600, anchor="middle")
        pen.words(SIDE + 20, y, words, 12, colours.ink2)
        y += 20
    if clusters:
        y += 14
        pen.line(shapely.LineString([(SIDE, y - 14), (right, y - 14)]), colours.line, 1)
        for cluster in clusters[:LISTED]:
            pen.words(SIDE, y + 8, cluster.name, 12.5, colours.ink, weight=600)
            pen.words(SIDE + 14, y + 24, cluster.note, 11, colours.ink2)
            y += 40
        if len(clusters) > LISTED:
            pen.words(SIDE + 14, y + 6, t("take.more_groups", lang, n=len(clusters) - LISTED), 11, colours.ink2)
            y += 18
    key = "take.counted_in_view" if taken.layer == "emerging" else "take.counted"
    words = t(key, lang, cases=numbers.count(taken.guard.counted, lang), res=taken.res,
              cells=numbers.decimal(len(taken.rows), 0))  # fmt: skip
    below = [words, t(f"take.about.{taken.layer}", lang) if taken.enough else t("take.few", lang)]
    y = max(y + 10, 424)
    pen.line(shapely.LineString([(SIDE, y - 16), (right, y - 16)]), colours.line, 1)
    for text in below:
        for line in pen.lines(text, 11, right - SIDE):
            pen.words(SIDE, y, line, 11, colours.ink2)
            y += 17
        y += 4


def _foot(pen: Pen, colours: Palette, told: Told, lang: str) -> None:
    city = getattr(told.profile.city, f"name_{lang}")
    left = f"{city} · {t('take.until', lang, moment=told.moment(lang))} · {PRODUCT} {__version__} · data rev {told.rev}"
    pen.words(EDGE, 584, left, 10.5, colours.ink3)
    pen.words(WIDTH - EDGE, 584, t("hotmap.credit", lang), 10.5, colours.ink3, anchor="right")


def _clusters(ask: Ask, taken: Taken, told: Told, lang: str) -> list[Cluster]:
    """Groups of hot cells with the words of the page: zone, cases against expected, hot in so many grids."""
    found = spots(ask, taken.res, collapse=told.collapse)
    firm = robustness(ask, taken.res, collapse=told.collapse)
    out = []
    for one in found.clusters:
        zone = told.profile.zones.get(one.zone or "")
        name = f"{one.rank} {zone.name(lang) if zone else t('place.no_zone', lang)}"
        note = t("take.group", lang, cases=numbers.count(one.cases, lang), expected=numbers.decimal(one.expected, 0),
                 hot=firm[one.rank].hot, of=OF)  # fmt: skip
        out.append(Cluster(one.rank, tuple(h3.int_to_str(cell) for cell in one.cells), name, note))
    return out
