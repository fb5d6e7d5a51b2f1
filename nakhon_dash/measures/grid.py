"""The city's cells with the cases in them, and what was taken out before counting.

Every cell of the municipality is there, zeros too. Where most cases lie elsewhere (a file of another city), the cells
are those that the cases touch with a ring around them, and `ground` says so.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from nakhon_dash.analysis.recurrence import NEVER, Reports, still_open_near
from nakhon_dash.domain import geography
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import points as queries

CROWD_SHARE = 0.02  # more than this share of all cases on one exact point is a pin, not a place
CROWD_FEWEST = 20
RESOLUTIONS = (8, 9, 10)


@dataclass(frozen=True)
class Guard:
    """What was taken out before counting, in this order: cases without a point, on a pin that is nobody's place,
    outside the municipality, repeats of trouble still open. `counted` is the rest. `pins`: points found to be pins."""

    cases: int
    no_point: int
    pinned: int
    pins: int
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
        return self.cells(10)

    def cells(self, res: int, east: float = 0.0, north: float = 0.0) -> np.ndarray:
        """The H3 cell of each case, with all points moved by so many metres first (another place of the grid)."""
        import h3.api.basic_int as h3

        from nakhon_dash.analysis.recurrence import metres_per_degree

        lat, lon = self.rows["lat"].to_numpy(), self.rows["lon"].to_numpy()
        per_lat, per_lon = metres_per_degree(lat)
        moved = zip((lat + north / per_lat).tolist(), (lon + east / per_lon).tolist(), strict=True)
        return np.fromiter((h3.latlng_to_cell(y, x, res) for y, x in moved), np.int64, len(lat))


@dataclass(frozen=True)
class Grid:
    """Cases by cell: `cells` ascending, `n` of each, `index` the cell of each case of `points.rows` (-1 = none)."""

    res: int
    cells: list[int]
    n: np.ndarray
    index: np.ndarray
    points: Points


def points(ask: Ask, *, collapse: bool = True) -> Points:
    """The cases of the view on the map; repeats of open trouble count once when `collapse`."""

    def find() -> Points:
        rows = queries.points(ask.reader, ask.scope, ask.as_of)
        no_point = rows["lat"].isna() | rows["lon"].isna()
        crowds = pins(ask)
        pinned = ~no_point & ((rows["placeholder"] == 1) | _on(rows, crowds))
        placed = rows[~no_point & ~pinned]
        outside = placed["outside"] == 1
        ground = "data" if outside.sum() > len(placed) / 2 else "outline"
        left = placed if ground == "data" else placed[~outside]
        repeated = _repeats(left) if collapse else np.zeros(len(left), dtype=bool)
        counted = left[~repeated].reset_index(drop=True)
        guard = Guard(len(rows), int(no_point.sum()), int(pinned.sum()), len(crowds), len(placed) - len(left),
                      int(repeated.sum()), len(counted), collapse)  # fmt: skip
        return Points(counted, guard, ground)

    return ask.once(("points", collapse), find)


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

    def count() -> Grid:
        found = points(ask, collapse=collapse)
        own = found.cells(res)
        cells = np.array(_ground_cells(found, own, res), dtype=np.int64)
        place = np.searchsorted(cells, own)
        index = np.where((place < len(cells)) & (cells[np.minimum(place, len(cells) - 1)] == own), place, -1)
        n = np.bincount(index[index >= 0], minlength=len(cells))
        return Grid(res, cells.tolist(), n, index, found)

    return ask.once(("grid", res, collapse), count)


def _ground_cells(found: Points, own: np.ndarray, res: int) -> list[int]:
    if found.ground == "outline":
        return geography.cells(res)
    import h3.api.basic_int as h3

    return sorted({near for cell in np.unique(own).tolist() for near in h3.grid_disk(cell, 1)})


def _on(rows: pd.DataFrame, crowds: pd.DataFrame) -> np.ndarray:
    """Which cases lie on one of the crowded points."""
    if crowds.empty:
        return np.zeros(len(rows), dtype=bool)
    spots = {(round(lat, 5), round(lon, 5)) for lat, lon in zip(crowds["lat"], crowds["lon"], strict=True)}
    at = zip(rows["lat"].round(5), rows["lon"].round(5), strict=True)
    return np.fromiter((spot in spots for spot in at), bool, len(rows))


def _repeats(rows: pd.DataFrame) -> np.ndarray:
    kind = pd.factorize(rows["category"])[0]
    reports = Reports(kind, rows["lat"].to_numpy(), rows["lon"].to_numpy(), rows["received_at"].to_numpy("int64"))
    return still_open_near(reports, rows["closed_at"].fillna(NEVER).to_numpy("int64"))
