"""The overview map: H3 cells by verdict inside the city's outline, hot clusters outlined and numbered.

The ground (outline, zones, roads, canals) is fetched by the browser from our own static files, and nothing else is.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import asinh, atan, degrees, log2, pi, radians, sinh, tan
from typing import Any

import h3
import pandas as pd
from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from nakhon_dash.figures.labels import disc, label
from nakhon_dash.figures.theme import Palette, palette, rgba

GROUND = {name: f"app/static/geo/{name}.geojson" for name in ("municipality", "zones", "roads", "canals")}
VERDICTS = ("h2", "h1", "ns", "c1", "c2")  # hot q<.01, hot q<.05, as expected, cold q<.05, cold q<.01
SUPPRESSED = "few"  # too few cases to show: no fill, dashed edge
AS_EXPECTED_ALPHA = 0.55
SLIVER = 0.02  # a zone with a smaller share of the area has no room for its name
HALF_NAME = 0.055  # half a name's width as a share of the city's width


@dataclass(frozen=True)
class Cluster:
    """A group of hot cells, with the number that the list below the map uses; `name` and `note` stand beside it."""

    number: int
    cells: tuple[str | int, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Circle:
    """A round area with a number in its middle."""

    number: int
    lon: float
    lat: float
    metres: float
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Place:
    """A name to write on the map."""

    name: str
    lon: float
    lat: float


class RawDeck:
    """Deck JSON made by us; `st.pydeck_chart` asks no more of a deck than this, and its own JSON is slow and long."""

    deck_widget = None
    mapbox_key = None
    layers: tuple = ()

    def __init__(self, text: str, tooltip: dict[str, Any] | None = None) -> None:
        self._text, self._tooltip = text, tooltip

    def to_json(self) -> str:
        return self._text


def overview_deck(
    cells: pd.DataFrame,
    clusters: Sequence[Cluster],
    labels: Sequence[Place],
    *,
    view: tuple[float, float, float],
    outline: BaseGeometry | None = None,
    dark: bool = False,
    ground: Mapping[str, str] = GROUND,
) -> RawDeck:
    """`cells`: columns h3, verdict (one of VERDICTS, or "few") and tip, the text shown at the pointer.

    `view` is longitude, latitude and zoom (see `fit`); `outline` clips cells and clusters; `ground` says where
    the browser finds the layers of the base map.
    """
    colours = palette(dark=dark)
    layers = [
        ground_layer("inside", ground["municipality"], rgba(colours.inside)),
        line_layer("canals", ground["canals"], rgba(colours.water), 1.8),
        _cells(cells, outline, colours),
        _dashed(cells, outline, colours),
        line_layer("roads", ground["roads"], rgba(colours.road), 1.3),
        line_layer("zones", ground["zones"], rgba(colours.ink3, 0.5), 0.8),
        line_layer("outline", ground["municipality"], rgba(colours.ink), 1.7),
        _cluster_lines(clusters, outline, colours),
        icon_layer("names", [(label(p.name, colours.ink2, colours.inside), p.lon, p.lat) for p in labels]),
        icon_layer("discs", [disc_of(c.number, c.cells, colours, outline) for c in clusters]),
    ]
    longitude, latitude, zoom = view
    deck = {
        "initialViewState": {"longitude": longitude, "latitude": latitude, "zoom": zoom, "pitch": 0, "bearing": 0},
        "views": [{"@@type": "MapView", "controller": {"scrollZoom": False, "dragRotate": False}}],
        "layers": layers,
        "mapStyle": "__MAP_STYLE__",  # what pydeck writes for "no base map"; anything else asks a tile server
    }
    tooltip = {
        "html": "{tip}",
        "style": {"backgroundColor": colours.ink, "color": colours.paper, "fontSize": "14px", "borderRadius": "4px"},
    }
    return RawDeck(json.dumps(deck, separators=(",", ":"), ensure_ascii=False), tooltip)


def fit(bounds: tuple[float, float, float, float], width: float, height: float) -> tuple[float, float, float]:
    """Longitude, latitude and zoom that show `bounds` (west, south, east, north) in so many pixels."""
    west, south, east, north = bounds
    top, bottom = asinh(tan(radians(north))), asinh(tan(radians(south)))
    across, down = (east - west) / 360, (top - bottom) / (2 * pi)
    zoom = min(log2(width / 512 / across), log2(height / 512 / down)) - 0.12
    return (west + east) / 2, degrees(atan(sinh((top + bottom) / 2))), zoom


def cell_name(cell: str | int) -> str:
    """The store keeps cells as numbers, h3 writes them as text."""
    return cell if isinstance(cell, str) else h3.int_to_str(int(cell))


def cell_shape(cell: str | int, outline: BaseGeometry | None = None) -> BaseGeometry:
    """A cell as longitude and latitude, cut at the outline."""
    shape = Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell_name(cell))])
    return shape.intersection(outline) if outline is not None else shape


def places(zones: Iterable[tuple[str, BaseGeometry]], clusters: Sequence[Cluster]) -> list[Place]:
    """Each zone's name where it has most room, or beside the city where its zone has none; slivers stay unnamed."""
    hot = unary_union([cell_shape(cell) for cluster in clusters for cell in cluster.cells])
    listed = list(zones)
    city = unary_union([shape for _, shape in listed])
    half = (city.bounds[2] - city.bounds[0]) * HALF_NAME
    rows: list[Place] = []
    for name, shape in listed:
        if shape.area >= city.area * SLIVER:
            spot = _roomiest(shape, hot, [Point(place.lon, place.lat) for place in rows])
            if not hot.is_empty and spot.distance(hot) < half:
                spot = _beside(shape, city, half)
            rows.append(Place(name, spot.x, spot.y))
    return rows


def _roomiest(zone: BaseGeometry, hot: BaseGeometry, named: Sequence[Point]) -> Point:
    """The point of a zone that is farthest from its edge, the clusters and the names already placed."""
    west, south, east, north = zone.bounds
    steps, edge = [(i + 0.5) / 12 for i in range(12)], zone.boundary
    grid = [Point(west + (east - west) * i, south + (north - south) * j) for i in steps for j in steps]
    inside = [point for point in grid if zone.contains(point)] or [zone.representative_point()]

    def room(point: Point) -> float:
        near = [point.distance(edge)] + ([] if hot.is_empty else [point.distance(hot)])
        return min(near + [point.distance(other) / 3 for other in named])  # names are wider than high

    return max(inside, key=room)


def _beside(zone: BaseGeometry, city: BaseGeometry, half: float) -> Point:
    """Level with the zone, outside the city on the side that is nearer to it."""
    middle = zone.representative_point()
    west, _, east, _ = city.intersection(LineString([(-180, middle.y), (180, middle.y)])).bounds
    side = 1 if east - middle.x <= middle.x - west else -1
    return Point((east if side > 0 else west) + side * half * 1.2, middle.y)


def ground_layer(name: str, url: str, fill: list[int]) -> dict[str, Any]:
    return {"@@type": "GeoJsonLayer", "id": name, "data": url, "stroked": False, "filled": True, "getFillColor": fill}


def line_layer(name: str, url: str, colour: list[int], width: float) -> dict[str, Any]:
    look = {"stroked": True, "filled": False, "getLineColor": colour, "lineWidthUnits": "pixels", "getLineWidth": width}
    return {"@@type": "GeoJsonLayer", "id": name, "data": url, "lineJointRounded": True, "lineCapRounded": True, **look}


def rings(shape: BaseGeometry) -> list[list[list[float]]]:
    """Outer rings, rounded to a metre; holes do not occur in a cell."""
    parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon) and not part.is_empty]
    return [[[round(x, 5), round(y, 5)] for x, y in part.exterior.coords] for part in parts]


def _cells(cells: pd.DataFrame, outline: BaseGeometry | None, colours: Palette) -> dict[str, Any]:
    fills = {name: rgba(getattr(colours, name), AS_EXPECTED_ALPHA if name == "ns" else 0.88) for name in VERDICTS}
    rows = [
        {"h3": cell_name(cell), "p": ring, "f": fills.get(verdict, [0, 0, 0, 0]), "tip": tip}
        for cell, verdict, tip in zip(cells["h3"], cells["verdict"], cells["tip"], strict=True)
        for ring in rings(cell_shape(cell, outline))
    ]
    look: dict[str, Any] = {"getPolygon": "@@=p", "getFillColor": "@@=f", "getLineWidth": 1}
    look["getLineColor"] = rgba(colours.inside)
    look |= {"stroked": True, "filled": True, "lineWidthUnits": "pixels"}
    picked = {"pickable": True, "autoHighlight": True, "highlightColor": rgba(colours.ink, 0.25)}
    return {"@@type": "PolygonLayer", "id": "cells", "data": rows, **look, **picked}


def _dashed(cells: pd.DataFrame, outline: BaseGeometry | None, colours: Palette) -> dict[str, Any]:
    few = cells.loc[cells["verdict"] == SUPPRESSED, "h3"]
    dashes = [{"p": dash} for cell in few for ring in rings(cell_shape(cell, outline)) for dash in dashes_of(ring)]
    look = {"getPath": "@@=p", "getColor": rgba(colours.ink3), "widthUnits": "pixels", "getWidth": 1}
    return {"@@type": "PathLayer", "id": "suppressed", "data": dashes, **look}


def dashes_of(ring: list[list[float]], pieces: int = 7) -> list[list[list[float]]]:
    """Every other piece of each edge of a closed ring."""
    out = []
    for (x1, y1), (x2, y2) in pairwise(ring):
        for k in range(0, pieces, 2):
            a, b = k / pieces, (k + 1) / pieces
            out.append([[x1 + (x2 - x1) * s, y1 + (y2 - y1) * s] for s in (a, b)])
    return out


def _cluster_lines(clusters: Sequence[Cluster], outline: BaseGeometry | None, colours: Palette) -> dict[str, Any]:
    shapes = [unary_union([cell_shape(cell, outline) for cell in cluster.cells]).buffer(0) for cluster in clusters]
    features = [{"type": "Feature", "properties": {}, "geometry": mapping(shape)} for shape in shapes]
    look = {"stroked": True, "filled": False, "getLineColor": rgba(colours.ink), "getLineWidth": 1.5}
    data = {"type": "FeatureCollection", "features": features}
    return {"@@type": "GeoJsonLayer", "id": "clusters", "data": data, "lineWidthUnits": "pixels", **look}


def disc_of(
    number: int, cells: Sequence[str | int], colours: Palette, outline: BaseGeometry | None = None
) -> tuple[tuple[dict[str, object], float], float, float]:
    """A number in the cell nearest the middle of its cluster, so that it never floats beside a bent one; in a cell that
    the outline cuts, on what is left of it."""
    centres = [h3.cell_to_latlng(cell_name(cell)) for cell in cells]
    lat, lon = (sum(c[i] for c in centres) / len(centres) for i in (0, 1))
    nearest = min(range(len(centres)), key=lambda i: (centres[i][0] - lat) ** 2 + (centres[i][1] - lon) ** 2)
    lat, lon = centres[nearest]
    if outline is not None and not outline.contains(Point(lon, lat)):
        left = cell_shape(cells[nearest], outline)
        lon, lat = (left.representative_point() if not left.is_empty else Point(lon, lat)).coords[0]
    return disc(str(number), colours.ink, colours.paper, colours.inside), lon, lat


def icon_layer(name: str, rows: Iterable[tuple[tuple[dict[str, object], float], float, float]]) -> dict[str, Any]:
    data = [{"icon": icon, "h": height, "p": [lon, lat]} for (icon, height), lon, lat in rows]
    look = {"getIcon": "@@=icon", "getSize": "@@=h", "getPosition": "@@=p", "sizeUnits": "pixels", "pickable": False}
    return {"@@type": "IconLayer", "id": name, "data": data, **look}


def legend(rows: Sequence[tuple[str, str]], *, scale: str = "", credit: str = "") -> str:
    """HTML: (verdict or "few", words) pairs, how wide a cell is (true at every zoom), and who drew the ground."""
    keys = "".join(f"<span>{_hexagon(verdict)}{escape(words)}</span>" for verdict, words in rows)
    notes = "".join(f'<span class="nk-credit">{escape(words)}</span>' for words in (scale, credit) if words)
    return f'<div class="nk-legend">{keys}{notes}</div>'


def _hexagon(verdict: str) -> str:
    look = f'fill="var(--{verdict.removesuffix("-dash")})" stroke="var(--line)"'
    if verdict.endswith("-dash"):
        look = look.replace("var(--line)", "var(--ink2)") + ' stroke-dasharray="2 2"'
    if verdict == SUPPRESSED:
        look = 'fill="none" stroke="var(--ink3)" stroke-dasharray="2 2"'
    path = f'<path d="M7 1 12.5 4v6.500L7 13.500 1.500 10.500V4Z" {look}/>'
    return f'<svg width="14" height="15" viewBox="0 0 14 15" aria-hidden="true">{path}</svg>'
