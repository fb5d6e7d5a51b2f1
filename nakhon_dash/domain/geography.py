"""The city's shape: outline, zones, roads, canals and the hexagons between them. Reads the profile's folder only.

Coordinates are longitude, latitude (EPSG:4326). Files are read again when they change, so that official boundaries
take effect without a restart. Every function takes another folder for tests and imports.
"""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nakhon_dash.domain.geography_files import AREAS, LAYERS, GeographyError, areas, folder, read, stamp
from nakhon_dash.domain.profile import current_profile

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "AREAS", "LAYERS", "GeographyError", "attributions", "canals", "cell_polygons", "cells", "check", "folder",
    "inside", "label_points", "layer", "outline", "publish", "roads", "zone_of", "zones",
]


def layer(name: str, at: Path | None = None) -> dict[str, Any]:
    """One of LAYERS as GeoJSON, shared between callers: do not change it."""
    return read(*stamp(name, at))


def outline(at: Path | None = None) -> "BaseGeometry":
    return areas(*stamp("municipality", at))[""]


def zones(at: Path | None = None) -> dict[str, "BaseGeometry"]:
    """Zone code -> area, in the order of the codes; together they are the outline."""
    return areas(*stamp("zones", at))


def roads(at: Path | None = None) -> dict[str, Any]:
    return layer("roads", at)


def canals(at: Path | None = None) -> dict[str, Any]:
    return layer("canals", at)


def attributions(at: Path | None = None) -> list[str]:
    """The credit lines that every map of these layers must carry."""
    lines = (part for name in LAYERS for part in str(layer(name, at).get("attribution", "")).split("; "))
    return list(dict.fromkeys(line for line in lines if line))


def inside(lon: Any, lat: Any, at: Path | None = None) -> np.ndarray:  # noqa: ANN401 (any array of numbers)
    """Which points lie in the municipality, its border included; an unknown position does not."""
    import shapely

    xs, ys = np.asarray(lon, float), np.asarray(lat, float)
    return shapely.intersects_xy(outline(at), xs, ys) & np.isfinite(xs) & np.isfinite(ys)


def zone_of(lon: Any, lat: Any, at: Path | None = None) -> np.ndarray:  # noqa: ANN401 (any array of numbers)
    """The zone code of every point, None outside or unknown; on a common border the lower code."""
    import shapely

    xs, ys = np.asarray(lon, float), np.asarray(lat, float)
    codes = np.full(xs.shape, None, dtype=object)
    left = np.flatnonzero(inside(xs, ys, at))
    for code, area in zones(at).items():
        hit = shapely.intersects_xy(area, xs[left], ys[left])
        codes[left[hit]] = code
        left = left[~hit]
    return codes


def cells(resolution: int, at: Path | None = None) -> list[int]:
    """Every H3 cell that touches the municipality, in ascending order.

    Touching, not centred, so that each point inside has its cell in the list, zeros included.
    """
    path, changed = stamp("municipality", at)
    return list(_cells(path, changed, resolution))


def cell_polygons(numbers: Iterable[int], *, clip: bool = False, at: Path | None = None) -> dict[int, "BaseGeometry"]:
    """H3 cell -> hexagon; with `clip` only the part inside the municipality."""
    import shapely
    from h3.api import basic_int as h3

    numbers = list(numbers)
    shapes = np.array([shapely.Polygon([(x, y) for y, x in h3.cell_to_boundary(n)]) for n in numbers], dtype=object)
    if clip and len(shapes):
        shapes = shapely.intersection(shapes, outline(at))
    return dict(zip(numbers, shapes, strict=True))


def label_points(at: Path | None = None) -> dict[str, tuple[float, float]]:
    """Zone code -> (lon, lat) deep inside the zone's largest piece: where its name stands."""
    return dict(_labels(*stamp("zones", at)))


def check(at: Path | None = None) -> list[str]:
    """What is wrong with the layers together, one line each; empty when all is well. Reads all files."""
    import shapely

    problems: list[str] = []
    for name in LAYERS:
        try:
            layer(name, at)
            _ = outline(at) if name == "municipality" else zones(at) if name == "zones" else None
        except GeographyError as error:
            problems += [f"{error.path.name}: {problem}" for problem in error.problems]
    if problems:
        return problems
    shapes = np.array(list(zones(at).values()), dtype=object)
    if not shapely.coverage_is_valid(shapes):
        problems.append("zones.geojson: zones overlap or leave gaps; allowed: zones that share their borders")
    if not shapely.union_all(shapes).equals(outline(at)):
        problems.append("zones.geojson: zones do not fill municipality.geojson; allowed: zones that tile it exactly")
    missing = sorted(set(current_profile().zones) - set(zones(at)))
    if missing:
        problems.append(f"zones.geojson: zones {', '.join(missing)} of the profile are missing; allowed: all of them")
    return problems


def publish(static: Path, at: Path | None = None) -> dict[str, str]:
    """Copies changed layers to `static`/geo, where the browser finds them; layer -> address below `static`.

    The address ends in the time of the change, so that a browser never shows old borders.
    """
    addresses = {}
    for name in LAYERS:
        path, changed = stamp(name, at)
        copy = static / "geo" / path.name
        if not copy.exists():
            _copied.cache_clear()
        _copied(path, changed, copy)
        addresses[name] = f"geo/{path.name}?v={changed:x}"
    return addresses


@lru_cache(maxsize=16)
def _copied(path: Path, changed: int, copy: Path) -> None:  # noqa: ARG001 (part of the cache key)
    """Once for each change of `path`, so that a page may ask on every draw."""
    content = path.read_bytes()
    if copy.exists() and copy.read_bytes() == content:
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    part = copy.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(copy)


@lru_cache(maxsize=16)
def _cells(path: Path, changed: int, resolution: int) -> tuple[int, ...]:
    from h3.api import basic_int as h3

    shape = h3.geo_to_h3shape(areas(path, changed)[""])
    return tuple(sorted(h3.h3shape_to_cells_experimental(shape, resolution, contain="overlap")))


@lru_cache(maxsize=4)
def _labels(path: Path, changed: int) -> dict[str, tuple[float, float]]:
    import shapely

    points = {}
    for code, area in areas(path, changed).items():
        largest = max(shapely.get_parts(area), key=lambda part: part.area)
        centre = shapely.maximum_inscribed_circle(largest, 1e-5).coords[0]
        points[code] = (round(centre[0], 5), round(centre[1], 5))
    return points
