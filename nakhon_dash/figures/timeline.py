"""Steps of time: the city's cells at one step as a small map, and cases step by step as a line with a cursor.

The map is SVG: a step changes the shape of a few paths, nothing is fetched and nothing moves by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import cos, radians

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from nakhon_dash.figures import svg

SIDE = 1000.0  # units of the map's longer side
FEW = "few"
HOT = ("h2", "h1")
TOP, FLOOR, HEIGHT = 44.0, 132.0, 166.0
STRIP = 12.0  # px of the bars of hot cells under the line
ROOM = 0.13  # share of the width that the name of an event needs


@dataclass(frozen=True)
class Ground:
    """A city ready to be drawn: the path of each cell, those of outline and zones, and the picture's size in units."""

    cells: list[str]
    outline: str
    zones: str
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """Something that happened: from and to as shares of the axis, a short name, and all of it for the pointer."""

    start: float
    end: float
    name: str
    title: str


def ground(cells: Sequence[BaseGeometry], outline: BaseGeometry | None, zones: Sequence[BaseGeometry]) -> Ground:
    """Longitude and latitude laid flat; without an outline the cells themselves say where the picture ends."""
    bounds = outline.bounds if outline is not None else shapely.union_all(list(cells)).bounds
    west, south, east, north = bounds
    narrow = cos(radians((south + north) / 2))
    scale = (SIDE - 8) / max((east - west) * narrow, north - south)

    def laid(shape: BaseGeometry) -> str:
        parts = []
        for ring in _rings(shape):
            points = np.column_stack([(ring[:, 0] - west) * narrow, north - ring[:, 1]]) * scale + 4
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points[:-1]) + "Z")
        return "".join(parts)

    simple = 1 / scale  # a unit of the picture
    lines = [shape.simplify(simple) for shape in zones]
    return Ground([laid(cell) for cell in cells], laid(outline.simplify(simple)) if outline is not None else "",
                  "".join(laid(shape) for shape in lines), (east - west) * narrow * scale + 8,
                  (north - south) * scale + 8)  # fmt: skip


def _rings(shape: BaseGeometry) -> list[np.ndarray]:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return [shapely.get_coordinates(part.exterior) for part in parts]


def step_map(city: Ground, looks: Sequence[str], *, label: str) -> str:
    """The cells of one step by their looks (colour classes, or few); hot cells have an edge of ink."""
    paths = [_cells(city, looks, look) for look in dict.fromkeys(sorted(looks, key=lambda look: look in HOT))]
    thin = 'fill="none" vector-effect="non-scaling-stroke"'
    paths.append(f'<path d="{city.zones}" {thin} stroke="var(--ink3)" stroke-width="0.8" stroke-dasharray="3 3"/>')
    paths.append(f'<path d="{city.outline}" {thin} stroke="var(--ink)" stroke-width="1.5"/>')
    box = f'viewBox="0 0 {svg.px(city.width)} {svg.px(city.height)}" preserveAspectRatio="xMidYMid meet"'
    return (f'<div class="nk-pic nk-stepmap"><svg xmlns="http://www.w3.org/2000/svg" {box} width="100%" role="img" '
            f'aria-label="{escape(label)}" style="max-height:430px">{"".join(paths)}</svg></div>')  # fmt: skip


def _cells(city: Ground, looks: Sequence[str], look: str) -> str:
    path = "".join(cell for cell, own in zip(city.cells, looks, strict=True) if own == look)
    edge = 'stroke="var(--inside)" stroke-width="1"'
    if look in HOT:
        edge = 'stroke="var(--ink)" stroke-width="1.2"'
    if look == FEW:
        edge = 'stroke="var(--ink3)" stroke-width="1" stroke-dasharray="2 3"'
    fill = "none" if look == FEW else f"var(--{look})"
    return f'<path d="{path}" fill="{fill}" {edge} vector-effect="non-scaling-stroke"/>'


def history(
    n: Sequence[int], hot: Sequence[int] | None, now: int, marks: Sequence[Mark], ends: tuple[str, str], *,
    label: str, value: str, hot_name: str,
) -> str:  # fmt: skip
    """Cases by step as a line from 0, hot cells (`hot_name`) as bars under it, the chosen step with its `value`."""
    count, most = len(n), max(1, *n)
    x = [(i + 0.5) / count for i in range(count)]
    y = [FLOOR - (FLOOR - TOP) * value / most for value in n]
    parts = [*_marks(marks), svg.line(0, FLOOR, 1, FLOOR, "var(--line)")]
    path = "M" + "L".join(f"{i + 0.5} {svg.px(height)}" for i, height in enumerate(y))
    shade = f'<path d="{path}L{count - 0.5} {svg.px(FLOOR)}L0.5 {svg.px(FLOOR)}Z" fill="var(--noise)"/>'
    stroke = 'fill="none" stroke="var(--on)" stroke-width="2.2" vector-effect="non-scaling-stroke"'
    parts.append(svg.stretched(0, FLOOR, count, f'{shade}<path d="{path}" {stroke}/>'))
    if hot is not None:
        largest = max(1, *hot)
        parts += [svg.rect((i + 0.1) / count, FLOOR + 3, 0.8 / count, STRIP * cells / largest, fill="var(--h2)")
                  for i, cells in enumerate(hot) if cells]  # fmt: skip
        parts.append(svg.text(0.5, HEIGHT - 3, hot_name, "g s13 m n330"))
    parts += [svg.line(x[now], TOP - 4, x[now], FLOOR, "var(--ink)", stroke_width=1.4),
              svg.circle(x[now], y[now], 5, fill="var(--ink)")]  # fmt: skip
    side, gap = ("e", -9) if x[now] > 0.5 else ("", 9)
    halo = {"paint_order": "stroke", "stroke": "var(--paper)", "stroke_width": 4}
    parts.append(svg.text(x[now], max(y[now] - 6, TOP + 4), value, f"k b {side}".strip(), dx=gap, **halo))
    parts.append(svg.text(0, HEIGHT - 3, ends[0], "g s13"))
    parts.append(svg.text(1, HEIGHT - 3, ends[1], "g s13 e"))
    return svg.frame(svg.picture(label, HEIGHT, *parts), pad=5)


def _marks(marks: Sequence[Mark]) -> list[str]:
    """Bands with their short name above, two rows deep; a name without room is told at the pointer only."""
    parts, free = [], [0.0, 0.0]
    for mark in marks:
        width = max(mark.end - mark.start, 0.004)
        band = svg.rect(mark.start, TOP - 8, width, FLOOR - TOP + 8, fill="var(--on-soft)")
        row = next((row for row, end in enumerate(free) if end <= mark.start), None)
        words = ""
        if row is not None:
            anchor, at = ("e", mark.end) if mark.start > 1 - ROOM else ("", mark.start)
            words = svg.text(at, 12 + 16 * row, mark.name, f"g s13 n520 {anchor}".strip())
            free[row] = mark.start + ROOM
        parts.append(f"<g><title>{escape(mark.title)}</title>{band}{words}</g>")
    return parts
