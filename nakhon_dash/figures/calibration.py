"""What was foretold against what happened: one point a group of like chances, the diagonal is a perfect forecast."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import svg

LEFT, RIGHT, TOP, BOTTOM = 0.16, 0.93, 22.0, 190.0
HEIGHT = 226.0


@dataclass(frozen=True)
class Point:
    """Shares 0 to 1: chance given, share that came true and its interval."""

    foretold: float
    share: float
    low: float
    high: float

    @property
    def agrees(self) -> bool:
        return self.low <= self.foretold <= self.high


def calibration_plot(points: Sequence[Point], *, label: str, foretold: str, happened: str) -> str:
    """`foretold` and `happened` name the axes, both from 0 to 100 %; a hollow point disagrees with the diagonal."""
    parts = [svg.text(0, 12, happened, "g"), svg.text(RIGHT, HEIGHT - 2, foretold, "g e")]
    for share in (0.0, 0.5, 1.0):
        parts.append(svg.line(LEFT, _y(share), RIGHT, _y(share), "var(--line)"))
        parts.append(svg.text(LEFT, _y(share) + 5, f"{share * 100:.0f}%", "g e", dx=-6))
        parts.append(svg.text(_x(share), BOTTOM + 18, f"{share * 100:.0f}%", "g m"))
    parts.append(svg.line(LEFT, _y(0), RIGHT, _y(1), "var(--ink3)", stroke_dasharray="4 4"))
    return svg.frame(svg.picture(label, HEIGHT, *parts, *map(_point, points)), pad=6, cls="nk-calibration")


def _x(share: float) -> float:
    return LEFT + (RIGHT - LEFT) * share


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def _point(point: Point) -> str:
    x = _x(point.foretold)
    whisker = svg.line(x, _y(point.low), x, _y(point.high), "var(--on)", stroke_width=1.8)
    if point.agrees:
        return whisker + svg.circle(x, _y(point.share), 5, fill="var(--on)")
    return whisker + svg.circle(x, _y(point.share), 4.6, fill="var(--paper)", stroke="var(--late)", stroke_width=2.2)
