"""The large map of the hotspot page: one layer of cells, zones or circles on the city's ground, as deck JSON.

Whole cells travel as their H3 number and only those that the outline cuts as polygons; cases never travel. Every
layer has a constant id, so that the browser keeps view and canvas when the data changes.
"""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from typing import Any

import h3
import pandas as pd
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from nakhon_dash.figures.classes import STEPS
from nakhon_dash.figures.labels import beside, label
from nakhon_dash.figures.map import (
    AS_EXPECTED_ALPHA,
    GROUND,
    SUPPRESSED,
    Circle,
    Cluster,
    Place,
    RawDeck,
    cell_name,
    cell_shape,
    dashes_of,
    disc_of,
    ground_layer,
    icon_layer,
    line_layer,
    rings,
)
from nakhon_dash.figures.map_room import Note
from nakhon_dash.figures.theme import Palette, palette, rgba

DASHED = "-dash"
SOLID = 0.88
EDGE, CHOSEN = 1.5, 2.6  # px of a cluster's outline, and of the chosen one
SMALL = 10  # cells of this resolution are about 10 px wide: an edge is a dash
FINE = 2e-5  # degrees: two metres of the outline, less than the line that lies over it
METRES = 111_320  # one degree of latitude
STILL = {"scrollZoom": False, "dragRotate": False, "touchRotate": False}  # north stays up, the wheel scrolls the page


def page_deck(
    cells: pd.DataFrame,
    *,
    view: tuple[float, float, float],
    outline: BaseGeometry | None = None,
    shapes: pd.DataFrame | None = None,
    clusters: Sequence[Cluster] = (),
    circles: Sequence[Circle] = (),
    chosen: str = "",
    turn: int = 0,
    names: Sequence[Place] = (),
    notes: Sequence[Note] = (),
    scale: tuple[float, float, float, str] | None = None,
    dark: bool = False,
    ground: Mapping[str, str] = GROUND,
) -> RawDeck:
    """`cells`: h3, look, tip; `shapes`: shape, look, tip instead. `chosen` is a cluster's number or a cell.

    `scale` is longitude, latitude, metres and words of the scale bar: it lies on the ground, so it is right at every
    zoom. `notes` are the clusters' names beside the city (see `map_room`). A higher `turn` gives the layers that can be
    chosen new ids: Streamlit's map then forgets its own choice, which would make all other colours pale.
    """
    colours = palette(dark=dark)
    looks = Looks(colours)
    layers = [
        ground_layer("inside", ground["municipality"], rgba(colours.inside)),
        line_layer("canals", ground["canals"], rgba(colours.water), 1.8),
        _shapes(shapes, looks),
        *_cells(cells, outline, looks, turn),
        _dashes(cells, outline, colours),
        line_layer("roads", ground["roads"], rgba(colours.road), 1.3),
        line_layer("zones", ground["zones"], rgba(colours.ink3, 0.5), 0.8),
        line_layer("outline", ground["municipality"], rgba(colours.ink), 1.7),
        _outlines(clusters, circles, outline, chosen, colours),
        icon_layer("names", [(label(p.name, colours.ink2, colours.inside), p.lon, p.lat) for p in names]),
        icon_layer("notes", [(_note(n, colours), n.lon, n.lat) for n in notes]),
        *_scale(scale, colours),
        _discs(clusters, circles, outline, colours) | {"id": f"discs-{turn % 2}"},
    ]
    longitude, latitude, zoom = view
    deck = {
        "initialViewState": {"longitude": longitude, "latitude": latitude, "zoom": zoom, "pitch": 0, "bearing": 0},
        "views": [{"@@type": "MapView", "controller": STILL}],
        "layers": layers,
        "mapStyle": "__MAP_STYLE__",  # what pydeck writes for "no base map"; anything else asks a tile server
    }
    tooltip = {
        "html": "{tip}",
        "style": {"backgroundColor": colours.ink, "color": colours.paper, "fontSize": "14px", "borderRadius": "4px"},
    }
    return RawDeck(json.dumps(deck, separators=(",", ":"), ensure_ascii=False), tooltip)


class Looks:
    """Colour classes as numbers, which travel with the cells, and the list of their fills, which travels once.

    What is as expected or empty lets the ground through.
    """

    def __init__(self, colours: Palette) -> None:
        self._colours = colours
        self._known: dict[str, list[int]] = {SUPPRESSED: [0, 0, 0, 0]}

    def __getitem__(self, look: str) -> int:
        name = look.removesuffix(DASHED)
        if name not in self._known:
            pale = AS_EXPECTED_ALPHA if name in ("ns", "s1") else SOLID
            self._known[name] = rgba(getattr(self._colours, name), pale)
        return list(self._known).index(name)

    @property
    def fill(self) -> str:
        """What deck.gl asks for the fill of a row; to be read after all looks were numbered.

        Its little language knows no index into a list: hence one question after the other.
        """
        *fills, last = (json.dumps(fill, separators=(",", ":")) for fill in self._known.values())
        return "@@=" + "".join(f"k=={i}?{fill}:" for i, fill in enumerate(fills)) + last

    @property
    def seam(self) -> list[int]:
        return rgba(self._colours.inside)

    @property
    def light(self) -> list[int]:
        return rgba(self._colours.ink, 0.25)


def _cells(cells: pd.DataFrame, outline: BaseGeometry | None, looks: Looks, turn: int) -> list[dict[str, Any]]:
    """Two layers: whole cells by number, cut ones by shape. Both tell the cell when chosen."""
    whole, cut = [], []
    for cell, look, tip in zip(cells["h3"], cells["look"], cells["tip"], strict=True):
        row = {"h3": cell_name(cell), "k": looks[look], "tip": tip}
        shape = cell_shape(cell)
        if outline is None or outline.contains(shape):
            whole.append(row)
        else:
            cut += [row | {"p": ring} for ring in rings(shape.intersection(outline).simplify(FINE))]
    picked = {"pickable": True, "autoHighlight": True, "highlightColor": looks.light}
    look_of = {"filled": True, "stroked": True, "getFillColor": looks.fill, "getLineColor": looks.seam,
               "lineWidthUnits": "pixels", "getLineWidth": 1, **picked}  # fmt: skip
    return [
        {"@@type": "H3HexagonLayer", "id": f"cells-{turn % 2}", "data": whole, "getHexagon": "@@=h3", "extruded": False,
         "highPrecision": True, **look_of},
        {"@@type": "PolygonLayer", "id": f"edge-{turn % 2}", "data": cut, "getPolygon": "@@=p", **look_of},
    ]  # fmt: skip


def _shapes(shapes: pd.DataFrame | None, looks: Looks) -> dict[str, Any]:
    data = []
    if shapes is not None:
        data = [{"p": ring, "k": looks[look], "tip": tip}
                for shape, look, tip in zip(shapes["shape"], shapes["look"], shapes["tip"], strict=True)
                for ring in rings(shape)]  # fmt: skip
    return {"@@type": "PolygonLayer", "id": "shapes", "data": data, "getPolygon": "@@=p", "getFillColor": looks.fill,
            "filled": True, "stroked": False, "pickable": True}  # fmt: skip


def _dashes(cells: pd.DataFrame, outline: BaseGeometry | None, colours: Palette) -> dict[str, Any]:
    dashed = [look == SUPPRESSED or look.endswith(DASHED) for look in cells["look"]]
    data = [dash for cell in cells.loc[dashed, "h3"] for ring in rings(cell_shape(cell, outline).simplify(FINE))
            for dash in (edges_of(ring) if h3.get_resolution(cell) >= SMALL else dashes_of(ring))]  # fmt: skip
    look = {"getPath": "@@=-", "getColor": rgba(colours.ink3), "widthUnits": "pixels", "getWidth": 1}
    return {"@@type": "PathLayer", "id": "suppressed", "data": data, **look}


def edges_of(ring: list[list[float]]) -> list[list[list[float]]]:
    """Every other edge of a closed ring: the dashes of a cell too small for more."""
    return [list(edge) for edge in list(pairwise(ring))[::2]]


def _outlines(
    clusters: Sequence[Cluster], circles: Sequence[Circle], outline: BaseGeometry | None, chosen: str, colours: Palette
) -> dict[str, Any]:
    """Clusters and circles as lines, the chosen one stronger; a chosen cell too."""
    drawn = [(str(c.number), unary_union([cell_shape(cell, outline) for cell in c.cells]).buffer(0)) for c in clusters]
    lines = [(name, mapping(shape)) for name, shape in drawn]
    lines += [(str(c.number), {"type": "Polygon", "coordinates": [round_about(c)]}) for c in circles]
    if h3.is_valid_cell(chosen):
        lines.append((chosen, mapping(cell_shape(chosen, outline))))
    features = [{"type": "Feature", "properties": {"w": CHOSEN if name == chosen else EDGE}, "geometry": geometry}
                for name, geometry in lines]  # fmt: skip
    look = {"stroked": True, "filled": False, "getLineColor": rgba(colours.ink), "getLineWidth": "@@=properties.w"}
    data = {"type": "FeatureCollection", "features": features}
    return {"@@type": "GeoJsonLayer", "id": "clusters", "data": data, "lineWidthUnits": "pixels", **look}


def round_about(circle: Circle, corners: int = 60) -> list[list[float]]:
    """The ring of a circle of so many metres on the ground."""
    up, across = circle.metres / METRES, circle.metres / METRES / cos(radians(circle.lat))
    turns = [2 * pi * (k % corners) / corners for k in range(corners + 1)]
    return [[round(circle.lon + across * cos(a), 5), round(circle.lat + up * sin(a), 5)] for a in turns]


def _discs(
    clusters: Sequence[Cluster], circles: Sequence[Circle], outline: BaseGeometry | None, colours: Palette
) -> dict[str, Any]:
    rows = [disc_of(cluster.number, cluster.cells, colours, outline) for cluster in clusters]
    rows += [disc_of(circle.number, [h3.latlng_to_cell(circle.lat, circle.lon, 15)], colours) for circle in circles]
    layer = icon_layer("discs", rows) | {"pickable": True}
    numbered: list[Cluster | Circle] = [*clusters, *circles]
    for row, found in zip(layer["data"], numbered, strict=True):
        row |= {"spot": str(found.number), "tip": ". ".join(part for part in (found.name, found.note) if part)}
    return layer


def _note(note: Note, colours: Palette) -> tuple[dict[str, object], float]:
    return beside(note.name, note.note, colours.ink, colours.ink2, colours.land, right=note.right)


def _scale(scale: tuple[float, float, float, str] | None, colours: Palette) -> list[dict[str, Any]]:
    """A line of so many metres on the ground with a stroke at both ends, and its words."""
    look = {"getPath": "@@=p", "getColor": rgba(colours.ink), "widthUnits": "pixels", "getWidth": 2}
    lines, words = [], []
    if scale:
        lon, lat, metres, said = scale
        end, tall = lon + metres / METRES / cos(radians(lat)), metres / METRES / 16
        spans = [[[lon, lat], [end, lat]], *([[x, lat - tall], [x, lat + tall]] for x in (lon, end))]
        lines = [{"p": [[round(x, 6), round(y, 6)] for x, y in span]} for span in spans]
        icon = beside(said, "", colours.ink2, colours.ink2, colours.land, right=False)
        words = [(icon, end + tall, lat + 0.4 * tall)]
    return [{"@@type": "PathLayer", "id": "scale", "data": lines, **look}, icon_layer("scale-words", words)]


def round_length(metres: float) -> int:
    """The largest 1, 2 or 5 times a power of ten that is not longer: what a scale bar shows."""
    return max((step for step in STEPS if step <= metres), default=STEPS[0])
