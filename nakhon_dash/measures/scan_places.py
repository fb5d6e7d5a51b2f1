"""The places that a scan draws its circles around: H3 cells with cases, or cells with residents."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from nakhon_dash.domain import geography
from nakhon_dash.domain.geography_files import areas, stamp
from nakhon_dash.domain.profile import Profile
from nakhon_dash.measures.grid import Points

RES, COARSER = 9, 8
MANY = 2_500  # places; a larger city is scanned in coarser cells, or a run would take minutes


@dataclass(frozen=True)
class At:
    """Middles of `cells`, the cell of each case (`index`, -1 = in none of them) and the people of each cell."""

    res: int
    cells: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    index: np.ndarray
    residents: np.ndarray

    def only_known(self) -> "At":
        """Without the cases that are in none of the cells."""
        return replace(self, index=self.index[self.index >= 0])


def day_numbers(rows: pd.DataFrame, profile: Profile) -> np.ndarray:
    """Local day of receipt of each case, days since 1970-01-01."""
    moments = pd.to_datetime(rows["received_at"].to_numpy("int64"), unit="us", utc=True).tz_convert(profile.tz)
    return moments.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)


def cells_with_cases(found: Points) -> At:
    cells, index = np.unique(found.cells(RES), return_inverse=True)
    res = RES
    if len(cells) > MANY:
        res = COARSER
        cells, index = np.unique(found.cells(COARSER), return_inverse=True)
    return _at(res, cells, index, np.zeros(len(cells)))


def cells_with_residents(found: Points, profile: Profile, zones: tuple[str, ...]) -> At | None:
    """Every cell of the municipality (of `zones`, when given) with people in it; None where cases lie elsewhere or the
    profile knows no residents. Registered people of a zone are spread evenly over its land."""
    if found.ground != "outline":
        return None
    known = geography.zones()
    people = {zone.code: zone.latest_population[1] for zone in profile.zone
              if zone.code in known and (not zones or zone.code in zones)}  # fmt: skip
    cells, land = _land(*stamp("municipality", None), *stamp("zones", None), RES)
    residents = sum((land[code] * n for code, n in people.items()), np.zeros(len(cells)))
    lived = residents > 0
    if not lived.any():
        return None
    cells, own = cells[lived], found.cells(RES)
    place = np.minimum(np.searchsorted(cells, own), len(cells) - 1)
    return _at(RES, cells, np.where(cells[place] == own, place, -1), residents[lived])


def _at(res: int, cells: np.ndarray, index: np.ndarray, residents: np.ndarray) -> At:
    middles = np.array([h3.cell_to_latlng(cell) for cell in cells.tolist()]).reshape(-1, 2)
    return At(res, cells, middles[:, 0], middles[:, 1], index, residents)


@lru_cache(maxsize=4)
def _land(
    _outline: Path, _changed: int, path: Path, changed: int, res: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:  # fmt: skip
    """The city's cells, ascending, and for each zone the share of its land that lies in each of them.

    Areas in degrees: over one city their ratios are true to a thousandth.
    """
    import shapely

    cells = geography.cells(res)
    hexagons = np.array(list(geography.cell_polygons(cells).values()), dtype=object)
    shares = {}
    for code, zone in areas(path, changed).items():
        inside = shapely.area(shapely.intersection(hexagons, zone))
        shares[code] = inside / inside.sum()
    return np.array(cells, dtype=np.int64), shares
