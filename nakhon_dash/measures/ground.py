"""How much of each H3 cell is the city's land: what an even spread of cases would put into it.

A cell that the border cuts can hold only part of a cell's cases. Taken as a whole cell it would make the inside of
the city look hot: 9 in 10 evenly spread cities would get a false hotspot.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from nakhon_dash.analysis.recurrence import metres_per_degree
from nakhon_dash.domain import geography
from nakhon_dash.domain.geography_files import areas, stamp

SMALLEST = 0.1  # one case on a sliver must not weigh like a crowd


def cells(res: int, east: float = 0.0, north: float = 0.0) -> np.ndarray:
    """Every cell that touches the municipality moved by so many metres, ascending."""
    return _ground(*stamp("municipality", None), res, east, north)[0]


def share(of: np.ndarray, res: int, east: float = 0.0, north: float = 0.0) -> np.ndarray:
    """Share of each cell `of` (ascending) that is land of the municipality moved so, at least SMALLEST, at most 1."""
    known, land = _ground(*stamp("municipality", None), res, east, north)
    place = np.minimum(np.searchsorted(known, of), len(known) - 1)
    return np.where(known[place] == of, land[place], SMALLEST)


@lru_cache(maxsize=64)
def _ground(path: Path, changed: int, res: int, east: float, north: float) -> tuple[np.ndarray, np.ndarray]:
    import h3.api.basic_int as h3
    import shapely

    outline = areas(path, changed)[""]
    if east or north:
        per_lat, per_lon = metres_per_degree(np.array(outline.centroid.y))
        outline = shapely.transform(outline, lambda xy: xy + np.array([east / per_lon, north / per_lat]))
        found = sorted(h3.h3shape_to_cells_experimental(h3.geo_to_h3shape(outline), res, contain="overlap"))
    else:
        found = geography.cells(res)
    whole = np.array(list(geography.cell_polygons(found).values()), dtype=object)
    shapely.prepare(outline)
    cut = ~shapely.contains_properly(outline, whole)
    land = np.ones(len(found))
    land[cut] = shapely.area(shapely.intersection(whole[cut], outline)) / shapely.area(whole[cut])
    return np.array(found, dtype=np.int64), np.maximum(land, SMALLEST)
