"""Where words find room on the map: names of clusters in the empty land beside the city, nothing over anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, atan, degrees, pi, radians, sinh, tan

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from nakhon_dash.figures.labels import beside_size
from nakhon_dash.figures.map import Circle, Cluster, cell_shape

STEP = 8  # px between the places that are tried
GAP = 5  # px between words and anything else
MOST = 6  # names beside the city; further clusters have their number only
FARTHEST = 0.3  # of the map's width: a name farther off would belong to nothing

Box = tuple[float, float, float, float]  # px from the left and the top: left, top, right, bottom


@dataclass(frozen=True)
class Note:
    """A cluster's name and note, at the middle of its left edge or, when `right`, of its right edge."""

    name: str
    note: str
    lon: float
    lat: float
    right: bool


@dataclass(frozen=True)
class Frame:
    """The map as first shown: view (longitude, latitude, zoom), size in px. Pixels count from the left and the top."""

    view: tuple[float, float, float]
    width: float
    height: float

    @property
    def _world(self) -> float:
        return 512 * 2 ** self.view[2]

    def pixel(self, lonlat: np.ndarray) -> np.ndarray:
        lon, lat, _ = self.view
        x = (lonlat[:, 0] - lon) / 360 * self._world + self.width / 2
        mercator = np.arcsinh(np.tan(np.radians(lonlat[:, 1]))) - asinh(tan(radians(lat)))
        return np.column_stack([x, self.height / 2 - mercator / (2 * pi) * self._world])

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a pixel."""
        lon, lat, _ = self.view
        mercator = asinh(tan(radians(lat))) + (self.height / 2 - y) * 2 * pi / self._world
        return lon + (x - self.width / 2) / self._world * 360, degrees(atan(sinh(mercator)))

    def metres(self, pixels: float) -> float:
        """Length on the ground of so many px across, in the middle of the map."""
        return pixels / self._world * 40_075_017 * float(np.cos(radians(self.view[1])))


def notes(
    clusters: Sequence[Cluster | Circle], outline: BaseGeometry, frame: Frame, taken: Sequence[Box] = ()
) -> list[Note]:
    """The names of the first clusters where they fit beside the city; a name without room is left out.

    `taken` are boxes that other things hold: legend, north arrow, names of zones.
    """
    city = shapely.transform(outline, frame.pixel)
    shapely.prepare(city)
    held = [shapely.box(*box) for box in taken]
    found = []
    for cluster in clusters[:MOST]:
        if not cluster.name:
            continue
        width, height = beside_size(cluster.name, cluster.note)
        spot = shapely.transform(_shape(cluster), frame.pixel)
        box = _nearest(spot, city, held, frame, width, height)
        if box is not None:
            held.append(box)
            left, top, right, bottom = box.bounds
            leftwards = (left + right) / 2 < spot.centroid.x
            lon, lat = frame.place(right if leftwards else left, (top + bottom) / 2)
            found.append(Note(cluster.name, cluster.note, round(lon, 5), round(lat, 5), leftwards))
    return found


def _shape(found: Cluster | Circle) -> BaseGeometry:
    if isinstance(found, Circle):
        return shapely.Point(found.lon, found.lat)
    return unary_union([cell_shape(cell) for cell in found.cells])


def _nearest(
    spot: BaseGeometry, city: BaseGeometry, held: Sequence[BaseGeometry], frame: Frame, width: float, height: float
) -> BaseGeometry | None:
    """The free box of that size nearest to `spot`; None when there is none near enough."""
    across = np.arange(GAP, frame.width - width - GAP, STEP)
    down = np.arange(GAP, frame.height - height - GAP, STEP)
    if not len(across) or not len(down):
        return None
    left, top = (grid.ravel() for grid in np.meshgrid(across, down))
    boxes = shapely.box(left, top, left + width, top + height)
    away = shapely.distance(boxes, spot)
    near = np.argsort(away, kind="stable")[: int((away < FARTHEST * frame.width).sum())]
    boxes, left, top = boxes[near], left[near], top[near]
    roomy = shapely.box(left - GAP, top - GAP, left + width + GAP, top + height + GAP)
    free = ~shapely.intersects(roomy, city)
    for other in held:
        free &= ~shapely.intersects(roomy, other)
    return boxes[free.argmax()] if free.any() else None
