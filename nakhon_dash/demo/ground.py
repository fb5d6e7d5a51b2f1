"""Where the synthetic cases lie: along roads, by people per zone, with planted hotspots and faults of real pins."""

from pathlib import Path

import numpy as np
import shapely

from nakhon_dash.demo.plan import Plan
from nakhon_dash.demo.shape import Kinds, shape
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile

METRES_PER_DEGREE = 111_320.0
_PATCH_M = 250
_SPOTS = 24_000  # places to choose from in the whole city
_FEWEST = 300  # of them in a zone


class Ground:
    """Places of a city that cases can be drawn from; the same for every block of a plan."""

    def __init__(self, profile: Profile, plan: Plan, folder: Path | None = None) -> None:
        self._folder = folder or geography.folder()  # once: a profile edited meanwhile must not stop a long run
        self.outline = geography.outline(self._folder)
        areas = geography.zones(self._folder)
        people = {code: zone.latest_population[1] for code, zone in profile.zones.items() if code in areas}
        people = people or dict.fromkeys(areas, 1)
        self._degrees = _degrees_per_metre(self.outline)
        random = plan.random("ground")
        self.spots, self.share = self._draw_spots(areas, people, random)
        ranked = sorted(people, key=lambda code: -people[code])
        self.hotspots = [self._centre(areas[ranked[min(h["zone_rank"], len(ranked)) - 1]], h) for h in _hotspots()]
        self.pin = np.array(self.outline.representative_point().coords[0]).round(5)
        self.outside = self._around(random)
        self._cumulative = np.cumsum(self.share)

    def places(self, size: int, random: np.random.Generator) -> np.ndarray:
        """`size` points (lon, lat) inside the municipality, by people and roads."""
        spot = np.minimum(np.searchsorted(self._cumulative, random.random(size)), len(self.spots) - 1)
        return self._scattered(self.spots[spot], shape()["place"]["jitter_m"], random)

    def near_hotspot(self, number: int, size: int, random: np.random.Generator) -> np.ndarray:
        """`size` points inside the municipality around planted hotspot `number`."""
        centre = np.tile(self.hotspots[number], (size, 1))
        return self._scattered(centre, _hotspots()[number]["radius_m"], random)

    def beyond(self, size: int, random: np.random.Generator) -> np.ndarray:
        """`size` points a little outside the municipality."""
        return self.outside[random.integers(len(self.outside), size=size)]

    def beside(self, points: np.ndarray, random: np.random.Generator) -> np.ndarray:
        """Points a few metres from the given ones: the same trouble, reported again."""
        return self._scattered(points, shape()["place"]["jitter_m"], random)

    def inside(self, points: np.ndarray) -> np.ndarray:
        return geography.inside(points[:, 0], points[:, 1], self._folder)

    def zone_of(self, points: np.ndarray) -> np.ndarray:
        return geography.zone_of(points[:, 0], points[:, 1], self._folder)

    def _scattered(self, points: np.ndarray, metres: float, random: np.random.Generator) -> np.ndarray:
        moved = (points + random.normal(0, metres, points.shape) * self._degrees).round(6)
        return np.where(self.inside(moved)[:, None], moved, points)

    def _draw_spots(
        self, areas: dict[str, shapely.Geometry], people: dict[str, int], random: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        roads = shapely.MultiLineString(_lines(geography.roads(self._folder)))
        spots, share = [], []
        for code, count in people.items():
            size = max(round(_SPOTS * count / sum(people.values())), _FEWEST)
            found = self._spots_in(areas[code], roads, size, random).round(6)
            found = found[self.inside(found)]  # a road may run along the border
            weight = self._unevenness(found, random)
            spots.append(found)
            share.append(weight / weight.sum() * count / sum(people.values()))
        return np.concatenate(spots), np.concatenate(share)

    def _spots_in(
        self, area: shapely.Geometry, roads: shapely.Geometry, size: int, random: np.random.Generator
    ) -> np.ndarray:
        place = shape()["place"]
        line = shapely.intersection(roads, area)
        by_road = round(size * place["along_roads"]) if line.length else 0
        points = [_within(area, size - by_road, random)]
        if by_road:
            parts = shapely.get_parts(line)
            length = shapely.length(parts)
            part = parts[random.choice(len(parts), by_road, p=length / length.sum())]
            way = random.random(by_road)
            along = shapely.get_coordinates(shapely.line_interpolate_point(part, way, normalized=True))
            moved = along + random.normal(0, place["road_offset_m"], along.shape) * self._degrees
            points.append(np.where(shapely.intersects_xy(area, *moved.T)[:, None], moved, along))
        return np.concatenate(points)

    def _unevenness(self, points: np.ndarray, random: np.random.Generator) -> np.ndarray:
        patch = np.floor(points / (self._degrees * _PATCH_M)).astype(np.int64)
        _, number = np.unique(patch, axis=0, return_inverse=True)
        form = shape()["place"]["unevenness"]
        return random.gamma(form, 1 / form, number.max() + 1)[number.ravel()]

    def _centre(self, area: shapely.Geometry, hotspot: dict) -> np.ndarray:
        west, south, east, north = area.bounds
        wanted = np.array([west + (east - west) * hotspot["east"], south + (north - south) * hotspot["north"]])
        mine = self.spots[shapely.intersects_xy(area, *self.spots.T)]
        return mine[np.argmin((((mine - wanted) / self._degrees) ** 2).sum(axis=1))]

    def _around(self, random: np.random.Generator) -> np.ndarray:
        metres = shape()["place"]["outside_km"] * 1000
        ring = self.outline.buffer(metres * self._degrees.mean()).difference(self.outline)
        points = _within(ring, 2_000, random).round(6)
        return points[~self.inside(points)]


def _hotspots() -> list[dict]:
    return shape()["hotspot"]


def _degrees_per_metre(area: shapely.Geometry) -> np.ndarray:
    latitude = np.radians(area.centroid.y)
    return np.array([1 / (METRES_PER_DEGREE * np.cos(latitude)), 1 / METRES_PER_DEGREE])


def _lines(collection: dict) -> list[np.ndarray]:
    lines: list[np.ndarray] = []
    for feature in collection["features"]:
        parts = shapely.get_parts(shapely.geometry.shape(feature["geometry"]))
        lines += [shapely.get_coordinates(part) for part in parts if part.geom_type == "LineString"]
    return lines


def _within(area: shapely.Geometry, size: int, random: np.random.Generator) -> np.ndarray:
    """`size` points spread evenly over `area`."""
    west, south, east, north = area.bounds
    found = np.empty((0, 2))
    while len(found) < size:
        tried = random.uniform((west, south), (east, north), (4 * size + 16, 2))
        found = np.concatenate([found, tried[shapely.contains_xy(area, *tried.T)]])
    return found[:size]


def hotspot_of(kind: np.ndarray, months: np.ndarray, kinds: Kinds, random: np.random.Generator) -> np.ndarray:
    """The planted hotspot that a case of category number `kind`, `months` before the end, belongs to; -1 for none."""
    chosen = np.full(len(kind), -1)
    chance = random.random(len(kind))
    for number, hotspot in enumerate(_hotspots()):
        share = np.interp(months, hotspot["months"][::-1], hotspot["share"][::-1])
        chosen[kinds.of(hotspot["categories"])[kind] & (chance < share)] = number
    return chosen
