"""The next report of the same kind at the same place: when it came after each close. Arrays in, numbers out.

Distances are metres on the WGS 84 ellipsoid in the local plane of each pair (radii of curvature: Snyder 1987, USGS
Professional Paper 1395, p. 24): right to well under 0.1 % at 50 m anywhere but within a kilometre of a pole.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

RADIUS_M = 50.0
NEVER = np.iinfo(np.int64).max
_A, _E2 = 6_378_137.0, 0.006_694_379_990_14  # WGS 84
_FLATTEST = 110_574.0  # metres of a degree of latitude at the equator, where it is shortest
_LONGEST = np.int64(1) << 60  # so that a time and a stretch add up without overflow
_EVERY_ROUND = 1 << 21  # pairs looked at together: bounds memory


@dataclass(frozen=True)
class Reports:
    """Points in degrees with the number of their kind (0, 1, …) and a time: of receipt, or of the close."""

    kind: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    when: np.ndarray


def metres_per_degree(lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Metres of one degree of latitude and of longitude at `lat` (degrees)."""
    phi = np.radians(lat)
    w2 = 1 - _E2 * np.sin(phi) ** 2
    north = _A * (1 - _E2) / w2**1.5
    east = _A / np.sqrt(w2) * np.cos(phi)
    return np.radians(north), np.radians(east)


def first_returns(closed: Reports, received: Reports, within: int, radius: float = RADIUS_M) -> np.ndarray:
    """Time from each close to the first receipt of its kind later than it, at most `within` after it and at most
    `radius` metres away; NEVER where there is none.

    A report at the very moment of the close or before it is of trouble still open: no return.
    """
    if not len(closed.when) or not len(received.when):
        return np.full(len(closed.when), NEVER)
    grid = _Grid(received, radius)
    rows, low, high = grid.runs(closed, within)
    hit = _first_near(grid, closed, rows, low, high, radius)
    found = np.full(len(closed.when), NEVER)
    seen = hit >= 0
    np.minimum.at(found, rows[seen], grid.points.when[hit[seen]] - closed.when[rows[seen]])
    return found


def still_open_near(received: Reports, until: np.ndarray, radius: float = RADIUS_M) -> np.ndarray:
    """Which reports repeat trouble that is still open: one of their kind came earlier, at most `radius` metres away,
    and ends (`until`, NEVER = not yet) after they came. The first of a chain is not a repeat."""
    repeated = np.zeros(len(received.when), dtype=bool)
    if not len(received.when):
        return repeated
    grid = _Grid(received, radius)
    rows, low, high = grid.runs(received, np.minimum(until - received.when, _LONGEST))
    north, east = metres_per_degree(received.lat)
    back = grid.order
    for first in _pieces(high - low):
        run = np.repeat(np.arange(first.start, first.stop), (high - low)[first])
        size = (high - low)[first]
        at = low[run] + np.arange(len(run)) - np.repeat(np.cumsum(size) - size, size)
        case = rows[run]
        apart = np.hypot((grid.points.lat[at] - received.lat[case]) * north[case],
                         (grid.points.lon[at] - received.lon[case]) * east[case])  # fmt: skip
        repeated[back[at[(apart <= radius) & (grid.points.when[at] < until[case])]]] = True
    return repeated


def _pieces(sizes: np.ndarray) -> list[slice]:
    """Slices of rows whose sizes add up to no more than _EVERY_ROUND, or that are one row."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // _EVERY_ROUND)) + 1
    edges = [0, *ends.tolist(), len(sizes)]
    return [slice(a, b) for a, b in pairwise(edges) if b > a]


class _Grid:
    """Reports in order of (kind, cell, time). Rows of cells are equally high; cells of a row as wide as its latitude
    makes a little more than `radius`."""

    def __init__(self, points: Reports, radius: float) -> None:
        self._cell = radius * 1.001
        row = self._row(points.lat)
        self._rows = int(row.min()), int(row.max())
        column = self._column(points.lon, row)
        self._columns = int(column.min()), int(column.max())
        key = self._key(points.kind, row, column)
        by_time = np.argsort(points.when, kind="stable")
        self._times = points.when[by_time]
        self.order = order = by_time[np.argsort(key[by_time], kind="stable")]
        self.points = Reports(*(values[order] for values in (points.kind, points.lat, points.lon, points.when)))
        rank = np.empty_like(order)
        rank[by_time] = np.arange(len(order))
        key = key[order]
        begins = np.concatenate(([True], key[1:] != key[:-1]))
        self._cells = key[begins]
        self._sorted = self._rank(np.cumsum(begins) - 1, rank[order])

    def runs(self, closed: Reports, within: int | np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """For each close and each of the nine cells around it that holds later reports: close, first, one past last."""
        early = np.searchsorted(self._times, closed.when, side="right")
        late = np.searchsorted(self._times, closed.when + within, side="right")
        middle, found = self._row(closed.lat), []
        order = np.flatnonzero(early < late)
        home = self._key(closed.kind[order], middle[order], self._column(closed.lon[order], middle[order]))
        order = order[np.argsort(home)]  # neighbours in memory are found faster
        early, late, middle, kind, lon = (of[order] for of in (early, late, middle, closed.kind, closed.lon))
        for row in (middle - 1, middle, middle + 1):
            column = self._column(lon, row)
            key = self._key(kind, row, column - 1)  # three cells side by side have keys one after the other
            place, inside = np.searchsorted(self._cells, key), self._inside(row, column)
            for cell in (place, place + 1, place + 2):
                mine = np.flatnonzero(inside & (self._cells[np.minimum(cell, len(self._cells) - 1)] <= key + 2)
                                      & (cell < len(self._cells)))  # fmt: skip
                first = np.searchsorted(self._sorted, self._rank(cell[mine], early[mine]))
                last = np.searchsorted(self._sorted, self._rank(cell[mine], late[mine]))
                some = first < last
                found.append((order[mine[some]], first[some], last[some]))
        rows, low, high = (np.concatenate(part) for part in zip(*found, strict=True))
        return rows, low, high

    def _row(self, lat: np.ndarray) -> np.ndarray:
        return np.floor(lat * (_FLATTEST / self._cell)).astype(np.int64)

    def _column(self, lon: np.ndarray, row: np.ndarray) -> np.ndarray:
        first, last = self._rows
        every = np.arange(first - 1, last + 2)
        # the edge away from the equator is the shorter one: no cell is narrower than it should be
        outer = np.where(every >= 0, every + 1, every)
        _, east = metres_per_degree(np.clip(outer * (self._cell / _FLATTEST), -89.9, 89.9))
        return np.floor(lon * (east / self._cell)[np.clip(row, first - 1, last + 1) - first + 1]).astype(np.int64)

    def _inside(self, row: np.ndarray, column: np.ndarray) -> np.ndarray:
        """Rows of the box; its columns and those next to it."""
        (first_row, last_row), (first, last) = self._rows, self._columns
        return (row >= first_row) & (row <= last_row) & (column >= first - 1) & (column <= last + 1)

    def _key(self, kind: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
        """Two columns beside the box on either side keep the cells of one row from running into the next."""
        (first_row, last_row), (first, last) = self._rows, self._columns
        strip = kind.astype(np.int64) * (last_row - first_row + 1) + (row - first_row)
        return strip * (last - first + 5) + (column - first + 2)

    def _rank(self, place: np.ndarray, when: np.ndarray) -> np.ndarray:
        return place * np.int64(len(self._times) + 1) + when


def _first_near(
    grid: _Grid, closed: Reports, rows: np.ndarray, low: np.ndarray, high: np.ndarray, radius: float
) -> np.ndarray:
    """For each run of reports the first that is near its close, -1 for none; runs are read in growing pieces."""
    hit, low = np.full(len(rows), -1), low.copy()
    north, east = metres_per_degree(closed.lat[rows])
    active, width = np.arange(len(rows)), 1
    while len(active):
        take = np.minimum(high[active] - low[active], width)
        run = np.repeat(active, take)
        at = low[run] + np.arange(len(run)) - np.repeat(np.cumsum(take) - take, take)
        case = rows[run]
        apart = np.hypot((grid.points.lat[at] - closed.lat[case]) * north[run],
                         (grid.points.lon[at] - closed.lon[case]) * east[run])  # fmt: skip
        near = apart <= radius
        first, where = np.unique(run[near], return_index=True)
        hit[first] = at[near][where]
        low[active] += take
        active = active[(hit[active] < 0) & (low[active] < high[active])]
        width = max(min(2 * width, _EVERY_ROUND // max(len(active), 1)), 1)
    return hit
