"""How much of each H3 cell is the city's land: what an even spread of cases would put into it.

A cell that the border cuts can hold only part of a cell's cases. Taken as a whole cell it would make the inside of
the city look hot: 9 in 10 evenly spread cities would get a false hotspot.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse

from nakhon_dash.analysis import spatial
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


def zones(res: int) -> dict[int, str]:
    """The zone that holds the middle of each cell's land."""
    return _zones(*stamp("municipality", None), stamp("zones", None)[1], res)


def rings(of: list[int], k: int) -> sparse.csr_array:
    """The weights of `analysis.spatial.rings`, kept for the grids that were asked last."""
    return _rings(np.array(of, dtype=np.int64).tobytes(), k)


def half_step(res: int) -> float:
    """Metres that move a grid by half the width of its cells."""
    import h3.api.basic_int as h3

    return h3.average_hexagon_edge_length(res, "m") * 3**0.5 / 2


def coarser(of: np.ndarray, res: int) -> np.ndarray:
    """The cell of resolution `res` that each cell of resolution 10 belongs to: its last digits struck out."""
    struck = sum(7 << 3 * (15 - digit) for digit in range(res + 1, 11))
    return (of & ~np.int64(0xF << 52)) | np.int64(res << 52) | np.int64(struck)


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


@lru_cache(maxsize=64)
def _rings(of: bytes, k: int) -> sparse.csr_array:
    return spatial.rings(np.frombuffer(of, dtype=np.int64), k)


@lru_cache(maxsize=8)
def _zones(path: Path, changed: int, zones_changed: int, res: int) -> dict[int, str]:  # noqa: ARG001 (key)
    import shapely

    land = geography.cell_polygons(_ground(path, changed, res, 0.0, 0.0)[0].tolist(), clip=True)
    middle = shapely.get_coordinates(shapely.point_on_surface(np.array(list(land.values()), dtype=object)))
    codes = geography.zone_of(*middle.T)
    return {cell: code for cell, code in zip(land, codes, strict=True) if code is not None}
