"""The funnel: shares against numbers of cases, with the room that chance has. Only what lies outside has a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log, log10
from typing import Any

from nakhon_dash.figures import beside, scale, svg

TOP, FLOOR, HEIGHT = 12.0, 250.0, 286.0
LEFT, RIGHT = 0.13, 0.97  # where the smallest and the largest part stand, as shares of the width
NARROWEST = 330.0  # px; names are placed for a picture of this width
HALO: dict[str, Any] = {
    "paint_order": "stroke",
    "stroke": "var(--paper)",
    "stroke_width": 4,
    "stroke_linejoin": "round",
}


@dataclass(frozen=True)
class Point:
    """A part's share of `n` cases; `outside` 0 inside, ±1 beyond the inner limits, ±2 beyond the outer; `tip` is
    shown on pointing."""

    n: int
    share: float
    outside: int
    name: str
    tip: str = ""


@dataclass(frozen=True)
class Curves:
    """Limits at growing numbers of cases: shares, each (low, high)."""

    n: Sequence[float]
    inner: tuple[Sequence[float], Sequence[float]]
    outer: tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True)
class Plane:
    """From cases and shares to places."""

    first: float
    last: float
    low: float
    high: float

    def x(self, n: float) -> float:
        if self.last <= self.first:
            return (LEFT + RIGHT) / 2
        return LEFT + (RIGHT - LEFT) * log(n / self.first) / log(self.last / self.first)

    def y(self, share: float) -> float:
        inside = min(max(share, self.low), self.high)
        return FLOOR - (FLOOR - TOP) * (inside - self.low) / (self.high - self.low)


def funnel_plot(points: Sequence[Point], curves: Curves, centre: float, *, label: str, axis: str, middle: str,
                levels: tuple[str, str]) -> str:  # fmt: skip
    """`axis` names the cases, `middle` the line of the whole, `levels` are written in the two bands, inner first."""
    sizes = [p.n for p in points]
    mid = len(curves.n) // 4  # at the few smallest parts the limits may leave the picture
    ends = scale.share_stretch([*(p.share for p in points), centre, curves.outer[0][mid], curves.inner[1][mid]], 0.1)
    plane = Plane(min(sizes), max(sizes), *ends)
    parts = [
        _band(curves.n, curves.outer, plane, "var(--noise)", 0.5),
        _band(curves.n, curves.inner, plane, "var(--noise)", 1),
        *_shares(plane),
        *_cases(plane, axis),
        svg.line(LEFT - 0.03, plane.y(centre), 1, plane.y(centre), "var(--ink2)", stroke_width=1.5),
        *_levels(curves, plane, levels),
        *(_mark(p, plane) for p in sorted(points, key=lambda p: abs(p.outside))),
        *_words(points, plane, (centre, middle)),
    ]
    return svg.frame(svg.picture(label, HEIGHT, *parts), cls="nk-funnel")


def _band(n: Sequence[float], ends: tuple[Sequence[float], Sequence[float]], plane: Plane, fill: str,
          opacity: float) -> str:  # fmt: skip
    """The room between two limits, its edges drawn."""
    columns = 1000.0
    sides = [[f"{svg.px(plane.x(k) * columns)} {svg.px(plane.y(v))}" for k, v in zip(n, side, strict=True)]
             for side in ends]  # fmt: skip
    area = f'<path d="M{"L".join([*sides[0], *reversed(sides[1])])}Z" fill="{fill}" fill-opacity="{opacity}"/>'
    edge = 'fill="none" stroke="var(--nd)" stroke-width="1" vector-effect="non-scaling-stroke"'
    lines = "".join(f'<path d="M{"L".join(side)}" {edge}/>' for side in sides)
    return svg.stretched(0, HEIGHT, columns, area + lines)


def _shares(plane: Plane) -> list[str]:
    ticks = scale.share_ticks(plane.low, plane.high, 0.1, most=6)
    parts = []
    for tick in ticks:
        y = plane.y(tick)
        parts.append(svg.line(LEFT - 0.03, y, 1, y, "var(--line)"))
        parts.append(svg.text(0, y + 5, f"{tick * 100:.0f}%", "g"))
    return parts


def _cases(plane: Plane, axis: str) -> list[str]:
    parts = [svg.line(LEFT - 0.03, FLOOR, 1, FLOOR)]
    written = -1.0
    for n in round_numbers(plane.first, plane.last):
        x, half = plane.x(n), svg.text_width(f"{n:,}") / 2 / NARROWEST
        fits = x - half > written
        written = x + half + 0.03 if fits else written
        parts.append(svg.line(x, FLOOR, x, FLOOR + 5))
        parts.append(svg.text(x, FLOOR + 20, f"{n:,}", "g m" if fits else "g m n520"))
    return [*parts, svg.text(1, FLOOR + 36, axis, "g e")]


def round_numbers(first: float, last: float) -> list[int]:
    """1, 2, 5, 10, 20 … between both ends; the smaller end itself when there is none."""
    top = range(floor(log10(max(first, 1))), floor(log10(max(last, 1))) + 1)
    found = [m * 10**e for e in top for m in (1, 2, 5) if first <= m * 10**e <= last]
    return found or [round(first)]


def _levels(curves: Curves, plane: Plane, levels: tuple[str, str]) -> list[str]:
    """Upon each lower edge, like the height upon a contour, near where it comes into the picture."""
    parts = []
    for words, (low, _) in zip(levels, (curves.inner, curves.outer), strict=True):
        seen = [(plane.x(n), plane.y(v)) for n, v in zip(curves.n, low, strict=True) if v > plane.low]
        rows = [row for row in seen if row[0] > seen[0][0] + 0.06]
        if rows:
            parts.append(svg.text(rows[0][0], rows[0][1] + 5, words, "g s13 m", **HALO))
    return parts


def _mark(point: Point, plane: Plane) -> str:
    """Ring inside; ink ring beyond the inner limits, ink disc beyond the outer."""
    look: dict[str, object] = {"fill": "var(--on-soft)", "stroke": "var(--on)", "stroke_width": 1.6}
    if point.outside:
        look = {"fill": "var(--ink)" if abs(point.outside) == 2 else "var(--paper)", "stroke": "var(--ink)",
                "stroke_width": 2.2}  # fmt: skip
    dot = svg.circle(plane.x(point.n), plane.y(point.share), 6 if point.outside else 5, **look)
    return f"<g>{dot}<title>{svg.escape(point.tip)}</title></g>" if point.tip else dot


def _words(points: Sequence[Point], plane: Plane, middle: tuple[float, str]) -> list[str]:
    """Names beside the marks outside, then the line of the whole, each where it covers no mark."""
    taken = [beside.mark(plane.x(p.n) * NARROWEST, plane.y(p.share), 7) for p in points]
    parts = []
    for point in sorted((p for p in points if p.outside), key=lambda p: (-abs(p.outside), plane.y(p.share))):
        x, y = plane.x(point.n), plane.y(point.share)
        own = beside.mark(x * NARROWEST, y, 7)
        row, end, box = beside.place(x * NARROWEST, y, point.name, [b for b in taken if b != own], NARROWEST)
        taken.append(box)
        far = abs(row - y) > beside.NEAR
        if far:
            parts.append(svg.line(x, y, x, row + (3 if row < y else -11), "var(--ink)"))
        dx = 0 if far else -11 if end else 11
        parts.append(svg.text(x, row, point.name, "k b e" if end else "k b", dx=dx, **HALO))
    return [*parts, *_middle(plane, *middle, taken)]


def _middle(plane: Plane, share: float, words: str, taken: list[beside.Box]) -> list[str]:
    """What the line of the whole is: at the line where there is room, else further off with a line to it."""
    y = plane.y(share)
    rows = [y + shift for shift in (-6, 16, -34, 42, -56, 64) if TOP + 12 < y + shift < FLOOR - 6]
    spots = [(x, row) for row in rows for x in (LEFT, 0.22, 0.3, 0.38, 0.46, 0.54, 0.62)]
    cost = []
    for x, row in spots:
        box = beside.words_at(x * NARROWEST + 4, row, words)
        cost.append(sum(b.weight for b in taken if box.meets(b)))
    x, row = spots[cost.index(min(cost))]
    far = abs(row - y) > beside.NEAR
    link = [svg.line(x, y, x, row + (3 if row < y else -11), "var(--ink2)")] if far else []
    return [*link, svg.text(x, row, words, "g", dx=4, **HALO)]
