"""Density of cases on the ground, as areas of classes: a picture, not a verdict.

A kernel density in metres (Silverman 1986). Nothing is drawn below the density that k cases on one point would make:
no shape stands for fewer than k cases. Cases outside the city are not counted, so its edge looks emptier than it is.
"""

from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from nakhon_dash.analysis.smoothing import Density, density
from nakhon_dash.domain import geography
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import Points, points

if TYPE_CHECKING:
    from pyproj import Transformer

BANDWIDTHS = (150, 250, 400)  # metres
MOST_CLASSES = 5
FINE = 6  # squares in one bandwidth
MOST_SQUARES = 320  # across or down: a larger city gets larger squares
SMOOTHER = 1.1  # squares: the stairs of squares become lines
STEPS = tuple(step * 10**power for power in range(7) for step in (1, 2, 5))


@dataclass(frozen=True)
class Class:
    """Cases per km² from `low` to under `high` (None = no end): `shape` in degrees, of `km2`."""

    low: float
    high: float | None
    km2: float
    shape: BaseGeometry


@dataclass(frozen=True)
class DensityMap:
    """`classes` from low to high, empty when too few cases lie together; `peak` cases per km² at the densest place."""

    classes: list[Class]
    cases: int
    peak: float
    bandwidth: int


def density_map(ask: Ask, bandwidth: int = 250, *, collapse: bool = True) -> DensityMap:
    """`bandwidth` is the standard deviation of the kernel in metres."""
    return ask.once(("density", bandwidth, collapse),
                    lambda: _map(ask, points(ask, collapse=collapse), bandwidth))  # fmt: skip


def _map(ask: Ask, found: Points, bandwidth: int) -> DensityMap:
    from pyproj import Transformer

    if not len(found.rows):
        return DensityMap([], 0, 0.0, bandwidth)
    lat, lon, case = found.distinct
    metric = ask.profile.city.metric_crs if found.ground == "outline" else _zone_of(lat, lon)
    to_metres = Transformer.from_crs("EPSG:4326", metric, always_xy=True)
    x, y = (values[case] for values in to_metres.transform(lon, lat))
    room = max(np.ptp(x), np.ptp(y)) + 8 * bandwidth
    field = density(x, y, bandwidth, max(bandwidth / FINE, room / MOST_SQUARES))
    assert field is not None  # there are cases
    to_degrees = Transformer.from_crs(metric, "EPSG:4326", always_xy=True)
    outline = _moved(geography.outline(), to_metres)
    shapes = _classes(field, _levels(float(field.value.max()), ask.profile.privacy.k, bandwidth))
    classes = []
    for low, high, shape in shapes:
        inside = shapely.intersection(shape, outline) if found.ground == "outline" else shape
        if inside.area:
            classes.append(Class(low, high, inside.area / 1e6, _moved(inside, to_degrees)))
    return DensityMap(classes, len(case), float(field.value.max()), bandwidth)


def _moved(shape: BaseGeometry, way: "Transformer") -> BaseGeometry:
    """The shape in the other coordinates."""
    return shapely.transform(shape, lambda xy: np.column_stack(way.transform(xy[:, 0], xy[:, 1])))


def _zone_of(lat: np.ndarray, lon: np.ndarray) -> str:
    """The UTM zone of the middle of the cases, for a file of another city."""
    zone = int((np.median(lon) + 180) // 6) + 1
    return f"EPSG:{(32600 if np.median(lat) >= 0 else 32700) + zone}"


def _levels(peak: float, k: int, bandwidth: int) -> list[float]:
    """Lower ends of the classes, readable numbers; none when nothing reaches the density of k cases on one point."""
    fewest = k / (2 * pi * bandwidth**2) * 1e6
    readable = [step for step in STEPS if fewest <= step <= peak]
    return [float(step) for step in readable[:1] + readable[1:][-(MOST_CLASSES - 1) :]]


def _classes(field: Density, levels: list[float]) -> list[tuple[float, float | None, BaseGeometry]]:
    """Areas from each level to the next, in metres."""
    above: list[BaseGeometry] = []
    for level in levels:  # lines drawn straight must not cross those of the level below
        area = _area(field, level)
        above.append(shapely.intersection(area, above[-1]) if above else area)
    ends = zip([*levels[1:], None], [*above[1:], shapely.Polygon()], strict=True)
    return [(low, high, shapely.difference(shape, within))
            for low, shape, (high, within) in zip(levels, above, ends, strict=False)]  # fmt: skip


def _area(field: Density, level: float) -> BaseGeometry:
    """Where the density is at least `level`: runs of squares, joined, their stairs drawn straight."""
    inside = np.pad(field.value >= level, ((0, 0), (1, 1))).astype(np.int8)
    row, first = np.nonzero(np.diff(inside, axis=1) == 1)
    _, last = np.nonzero(np.diff(inside, axis=1) == -1)
    west, south = field.west + first * field.step, field.south + row * field.step
    runs = shapely.box(west, south, field.west + last * field.step, south + field.step)
    return shapely.make_valid(shapely.simplify(shapely.union_all(runs), SMOOTHER * field.step))


def density_table(ask: Ask, by: str) -> pd.DataFrame:
    """Classes of the density by bandwidth (m150, m250, m400): bandwidth, from, to (missing = no end), km2, cases, peak.
    m250-all and the like count repeats every time."""
    width, _, every = by[1:].partition("-")
    return frame(density_map(ask, int(width), collapse=not every))


def frame(found: DensityMap) -> pd.DataFrame:
    rows = [{"bandwidth": found.bandwidth, "from": one.low, "to": one.high, "km2": one.km2, "cases": found.cases,
             "peak": found.peak}
            for one in reversed(found.classes)]  # fmt: skip
    return pd.DataFrame(rows)
