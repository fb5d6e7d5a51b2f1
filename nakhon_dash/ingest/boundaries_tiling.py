"""Areas that were drawn one by one, turned into areas that share their borders: no overlap, no gap."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

GRID_M = 0.05  # borders nearer than this are one border
DECIMALS = 6  # of a degree: 0.1 m
SIMPLIFY_M = 2.0  # finer than any screen shows, and keeps the map light


@dataclass(frozen=True)
class Tiling:
    """`areas` tile their union; `overlap_m2` and `gap_m2` is what had to be given to one of the neighbours."""

    areas: dict[str, BaseGeometry]
    overlap_m2: float
    gap_m2: float


def tiled(areas: dict[str, BaseGeometry], outline: BaseGeometry | None = None) -> Tiling:
    """The areas (metres) cut along all borders at once and put together again.

    A piece that two claim goes to the first; a piece that nobody claims, inside `outline` or enclosed by the areas,
    goes to the neighbour with the longest common border. Pieces outside `outline` are dropped.
    """
    faces = _faces([*areas.values(), *([outline] if outline else [])])
    owners = [_claims(face, areas, outline) for face in faces]
    overlap = sum(face.area for face, found in zip(faces, owners, strict=True) if found and len(found) > 1)
    gap = sum(face.area for face, found in zip(faces, owners, strict=True) if found == [])
    pieces: dict[str, list[BaseGeometry]] = {code: [] for code in areas}
    for face, found in zip(faces, owners, strict=True):
        if found:
            pieces[found[0]].append(face)
    _give_away([face for face, found in zip(faces, owners, strict=True) if found == []], pieces)
    codes = [code for code, parts in pieces.items() if parts]
    whole = np.array([shapely.coverage_union_all(np.array(pieces[code])) for code in codes], dtype=object)
    return Tiling(dict(zip(codes, shapely.coverage_simplify(whole, SIMPLIFY_M), strict=True)), overlap, gap)


def _faces(areas: list[BaseGeometry]) -> list[BaseGeometry]:
    borders = shapely.union_all([area.boundary for area in areas], grid_size=GRID_M)
    return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(borders))))


def _claims(face: BaseGeometry, areas: dict[str, BaseGeometry], outline: BaseGeometry | None) -> list[str] | None:
    """Codes of the areas that hold the piece; None when it lies outside the outline."""
    point = face.representative_point()
    if outline is not None and not outline.contains(point):
        return None
    return [code for code, area in areas.items() if area.contains(point)]


def _give_away(unclaimed: list[BaseGeometry], pieces: dict[str, list[BaseGeometry]]) -> None:
    """Adds every unclaimed piece to the neighbour with the longest common border, from the edge of a gap inwards."""
    while unclaimed:
        left = []
        for face in unclaimed:
            common = {
                code: sum(face.boundary.intersection(part.boundary).length for part in parts)
                for code, parts in pieces.items()
            }
            best = max(common, key=lambda code: common[code])
            if common[best] > 0:
                pieces[best].append(face)
            else:
                left.append(face)
        if len(left) == len(unclaimed):
            return
        unclaimed = left
