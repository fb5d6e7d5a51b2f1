"""A small map as SVG: cells of the city by class, without a network, a canvas or a pointer. Follows the theme.

For maps that stand beside each other; the large map of the page is `map_page`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import cos, radians

import h3
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

WIDTH = 300.0  # units across; the column decides how wide that is
FEW = "few"
UP, DOWN = "M0-5 5 4H-5Z", "M0 5 5-4H-5Z"
FINE = 0.0003  # degrees; borders need no more at this size


@dataclass(frozen=True)
class Sheet:
    """Where longitude and latitude lie on a small map."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    height: float

    def at(self, lon: float, lat: float) -> str:
        return f"{(lon - self.west) * self.per_lon:.1f} {(self.north - lat) * self.per_lat:.1f}"

    def path(self, shape: BaseGeometry) -> str:
        """Outer rings as an SVG path; holes do not occur in cells, and a city's would change nothing to see."""
        parts = [part for part in getattr(shape, "geoms", [shape]) if isinstance(part, Polygon) and not part.is_empty]
        return "".join("M" + "L".join(self.at(*xy) for xy in part.exterior.coords[:-1]) + "Z" for part in parts)


def sheet(bounds: tuple[float, float, float, float]) -> Sheet:
    west, south, east, north = bounds
    per_lon = WIDTH / max(east - west, 1e-6)
    per_lat = per_lon / cos(radians((south + north) / 2))
    return Sheet(west, north, per_lon, per_lat, (north - south) * per_lat)


@lru_cache(maxsize=4)
def drawn_cells(cells: tuple[str, ...], outline: BaseGeometry | None) -> tuple[Sheet, dict[str, str], str]:
    """The sheet that holds all cells (or the outline), the path of each cell and of the outline."""
    shapes = {cell: Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]) for cell in cells}
    ground = outline if outline is not None else unary_union(list(shapes.values()))
    if ground.is_empty:
        return sheet((0, 0, 1, 1)), {}, ""
    on = sheet(ground.bounds)
    cut = {cell: shape if outline is None or outline.contains(shape) else shape.intersection(outline)
           for cell, shape in shapes.items()}  # fmt: skip
    edge = "" if outline is None else on.path(outline.simplify(FINE))
    return on, {cell: on.path(shape) for cell, shape in cut.items()}, edge


def small_map(looks: Mapping[str, str], *, outline: BaseGeometry | None, label: str, cells: Sequence[str] = (),
              marks: Mapping[str, bool] | None = None) -> str:  # fmt: skip
    """`looks`: the colour of each cell (s1 to s6, h2 h1 ns c1 c2, or "few": a dashed edge); `cells` are all that the
    map holds, so that maps beside each other lie alike. `marks`: cells with a triangle, True = up."""
    on, paths, edge = drawn_cells(tuple(cells) or tuple(looks), outline)
    groups: dict[str, list[str]] = {}
    for cell, look in looks.items():
        groups.setdefault(look, []).append(paths.get(cell, ""))
    parts = [f'<path d="{edge}" fill="var(--inside)"/>'] if edge else []
    for look, found in groups.items():
        few = look == FEW
        paint = ('fill="none" stroke="var(--ink3)" stroke-dasharray="2 2" stroke-width=".7"' if few
                 else f'fill="var(--{look})" stroke="var(--inside)" stroke-width=".8"')  # fmt: skip
        parts.append(f'<path d="{"".join(found)}" {paint}/>')
    if edge:
        parts.append(f'<path d="{edge}" fill="none" stroke="var(--ink)" stroke-width="1.3" stroke-linejoin="round"/>')
    for cell, up in (marks or {}).items():
        lat, lon = h3.cell_to_latlng(cell)
        x, y = on.at(lon, lat).split()
        parts.append(f'<path d="{UP if up else DOWN}" transform="translate({x} {y})" fill="var(--ink)" '
                     'stroke="var(--inside)" stroke-width=".6"/>')  # fmt: skip
    box = f'viewBox="-3 -3 {WIDTH + 6:.0f} {on.height + 6:.0f}"'
    return (f'<div class="nk-smallmap"><svg {box} role="img" aria-label="{escape(label)}" '
            f'style="display:block;width:100%;max-height:420px">{"".join(parts)}</svg></div>')  # fmt: skip
