"""The city's cells with the cases in them, and what was taken out before counting.

Every cell of the municipality is there, zeros too. Where most cases lie elsewhere (a file of another city), the cells
are those that the cases touch with a ring around them, and `ground` says so.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat

import numpy as np
import pandas as pd

from nakhon_dash.analysis.recurrence import NEVER, Reports, metres_per_degree, still_open_near
from nakhon_dash.domain.profile import UNMAPPED
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import points as queries

CROWD_SHARE = 0.02  # more than this share of all cases on one exact point is a pin, not a place
CROWD_FEWEST = 20
CROWD_NEAR = 0.6e-5  # degrees: half a step of the fifth decimal, and a little
RESOLUTIONS = (8, 9, 10)
FINEST = 10
MANY = 100_000


@dataclass(frozen=True)
class Guard:
    """What was taken out before counting, in this order: cases on a pin that is nobody's place, without a point,
    outside the municipality, repeats of trouble still open (those only when `collapsed`). `counted` is the rest.

    `known` of the pinned cases lie on pins that the profile names; the others on `pins` points found here.
    """

    cases: int
    pinned: int
    known: int
    pins: int
    no_point: int
    outside: int
    repeats: int
    counted: int
    collapsed: bool

    @property
    def usable(self) -> float | None:
        """Share of the cases whose point can be used."""
        return None if not self.cases else 1 - (self.no_point + self.pinned) / self.cases


@dataclass(frozen=True)
class Points:
    """The cases of a view that count on the map, as `queries.points.points`, and what was taken out."""

    rows: pd.DataFrame
    guard: Guard
    ground: str  # outline | data

    @cached_property
    def finest(self) -> np.ndarray:
        """The H3 cell of resolution 10 of each case, as the store has it."""
        return _finest(self.rows)

    def cells(self, res: int, east: float = 0.0, north: float = 0.0) -> np.ndarray:
        """The H3 cell of each case; with `east` or `north` all points are moved by so many metres first (another place
        of the grid). As in the store, a case lies in the coarser cell that its finest cell belongs to."""
        if not east and not north:
            return ground.coarser(self.finest, res)
        lat, lon, case = self.distinct
        per_lat, per_lon = metres_per_degree(lat)
        return ground.coarser(_indexed(lat + north / per_lat, lon + east / per_lon, FINEST), res)[case]

    @cached_property
    def distinct(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Latitude and longitude of each different point, and which of them each case has.

        Of more than MANY cases points within about 10 m are taken together: a tenth of the smallest cell.
        """
        lat, lon = self.rows["lat"].to_numpy(), self.rows["lon"].to_numpy()
        steps = 1e4 if len(lat) > MANY else 1e6
        key = np.round(lat * steps).astype(np.int64) * (1 << 30) + np.round(lon * steps).astype(np.int64)
        _, first, case = np.unique(key, return_index=True, return_inverse=True)
        return lat[first], lon[first], case


@dataclass(frozen=True)
class Grid:
    """Cases by cell: `cells` ascending, `n` of each, `land` the share of each that can hold cases, `index` the cell of
    each case of `points.rows` (-1 = none)."""

    res: int
    cells: list[int]
    n: np.ndarray
    land: np.ndarray
    index: np.ndarray
    points: Points


def points(ask: Ask, *, collapse: bool = True) -> Points:
    """The cases of the view on the map; repeats of open trouble count once when `collapse`."""
    return ask.once(("points", collapse), lambda: _points(*ask.once("placed", lambda: _placed(ask)), collapse=collapse))


def _points(placed: pd.DataFrame, repeated: np.ndarray, guard: Guard, where: str, *, collapse: bool) -> Points:
    counted = (placed[~repeated] if collapse else placed).reset_index(drop=True)
    return Points(counted, replace(guard, counted=len(counted), collapsed=collapse), where)


def _placed(ask: Ask) -> tuple[pd.DataFrame, np.ndarray, Guard, str]:
    """The cases on the ground, which of them repeat trouble still open, what was taken out, and which ground."""
    # a filter of cells says nothing of the other cells: the map keeps to the other filters
    rows = queries.points(ask.reader, ask.scope.everywhere, ask.as_of)
    known, crowds = rows["placeholder"].to_numpy() == 1, pins(ask)
    pinned = known | _on(rows, crowds)
    no_point = ~pinned & (rows["lat"].isna() | rows["lon"].isna()).to_numpy()
    placed = rows[~no_point & ~pinned]
    # files of other cities come without that flag
    outside = (placed["outside"].to_numpy() == 1) | ~np.isin(_finest(placed), ground.cells(FINEST))
    where = "data" if outside.sum() > len(placed) / 2 else "outline"
    left = placed if where == "data" else placed[~outside]
    repeated = _repeats(left)
    guard = Guard(len(rows), int(pinned.sum()), int(known.sum()), len(crowds), int(no_point.sum()),
                  len(placed) - len(left), int(repeated.sum()), 0, collapsed=True)  # fmt: skip
    return left, repeated, guard, where


def pins(ask: Ask) -> pd.DataFrame:
    """Exact points that hold too many of all cases of the period to be a place: lat, lon, n.

    Judged on every category and area, whatever the filter, so that a filter cannot make a place into a pin.
    """

    def find() -> pd.DataFrame:
        from nakhon_dash.domain.view import Scope

        scope = Scope(ask.scope.first_day, ask.scope.last_day, source=ask.scope.source)
        found = queries.crowded(ask.reader, scope, ask.as_of, CROWD_FEWEST)
        return found[found["n"] > CROWD_SHARE * found["of"]]

    return ask.once("pins", find)


def grid(ask: Ask, res: int = 9, *, collapse: bool = True) -> Grid:
    """Cases of the view in every cell of resolution `res`."""
    return ask.once(("grid", res, collapse), lambda: laid(points(ask, collapse=collapse), res))


def laid(found: Points, res: int, east: float = 0.0, north: float = 0.0) -> Grid:
    """The cases in every cell of the grid, moved by so many metres against the ground."""
    own = found.cells(res, east, north)
    touched, place = np.unique(own, return_inverse=True)
    if found.ground == "outline":
        cells = np.union1d(ground.cells(res, east, north), touched)
        land = ground.share(cells, res, east, north)
    else:
        cells = _around(touched)
        land = np.ones(len(cells))
    index = np.searchsorted(cells, touched)[place]
    return Grid(res, cells.tolist(), np.bincount(index, minlength=len(cells)), land, index, found)


def _around(touched: np.ndarray) -> np.ndarray:
    import h3.api.basic_int as h3

    return np.array(sorted({near for cell in touched.tolist() for near in h3.grid_disk(cell, 1)}), dtype=np.int64)


def _finest(rows: pd.DataFrame) -> np.ndarray:
    stored = rows["cell"].fillna(0).to_numpy("int64").copy()
    lost = stored == 0
    stored[lost] = _indexed(rows["lat"].to_numpy()[lost], rows["lon"].to_numpy()[lost], FINEST)
    return stored


def _indexed(lat: np.ndarray, lon: np.ndarray, res: int) -> np.ndarray:
    import h3.api.basic_int as h3

    return np.fromiter(map(h3.latlng_to_cell, lat.tolist(), lon.tolist(), repeat(res)), np.int64, len(lat))


def _on(rows: pd.DataFrame, crowds: pd.DataFrame) -> np.ndarray:
    """Which cases lie on one of the crowded points, as exactly as those were told."""
    lat, lon, found = rows["lat"].to_numpy(float), rows["lon"].to_numpy(float), np.zeros(len(rows), dtype=bool)
    for y, x in zip(crowds["lat"], crowds["lon"], strict=True):
        found |= (np.abs(lat - y) < CROWD_NEAR) & (np.abs(lon - x) < CROWD_NEAR)
    return found


def _repeats(rows: pd.DataFrame) -> np.ndarray:
    """Which cases repeat trouble of their category; of those that no category is known for nobody can tell."""
    told = np.flatnonzero(rows["category"].ne(UNMAPPED))
    kind = pd.factorize(rows["category"])[0]
    lat, lon, received = (rows[name].to_numpy()[told] for name in ("lat", "lon", "received_at"))
    until = rows["closed_at"].fillna(NEVER).to_numpy("int64")[told]
    repeated = np.zeros(len(rows), dtype=bool)
    repeated[told] = still_open_near(Reports(kind[told], lat, lon, received.astype(np.int64)), until)
    return repeated
