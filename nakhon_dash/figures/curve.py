"""The share still waiting as time passes: steps with their band on the hour axis, values written where they matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nakhon_dash.figures import svg
from nakhon_dash.figures.scale import HOURS_LAST, at_hour

COLUMNS = 360
HOURS = HOURS_LAST ** (np.arange(COLUMNS + 1) / COLUMNS)  # where the picture needs the curve
TOP, BASE = 34.0, 300.0
LEFT, RIGHT = 46, 18  # px beside the axes
WIDE, NARROW = 560.0, 270.0  # px of a desk and a phone between the axes
# paper round letters that a line may cross
HALO: dict[str, Any] = {"stroke": "var(--paper)", "stroke_width": 4, "stroke_linejoin": "round",
                        "paint_order": "stroke"}  # fmt: skip


@dataclass(frozen=True)
class Steps:
    """Shares still waiting at HOURS; NaN where it is not known, or has no limit. `name` is written at the line."""

    still: np.ndarray
    low: np.ndarray
    high: np.ndarray
    name: str


@dataclass(frozen=True)
class Mark:
    """A value written at its point; `short` where a column is narrow, `more` on a line of its own.

    `still` None: not known so far, only the line of `hours` is drawn.
    """

    hours: float
    still: float | None
    words: str = ""
    short: str = ""
    more: str = ""


@dataclass(frozen=True)
class Tick:
    """`at_risk` is the number of cases still followed there; `cls` may hide it in narrow columns."""

    hours: float
    words: str
    at_risk: str
    cls: str = ""


def waiting_curve(
    now: Steps,
    ticks: Sequence[Tick],
    *,
    label: str,
    at_risk: str,
    before: Steps | None = None,
    half: Mark | None = None,
    promise: Mark | None = None,
    baseline: Mark | None = None,
    baseline_name: str = "",
) -> str:
    """`promise` and `baseline` bring their line, gold and dashed; without them the lines are not drawn.

    The picture comes twice, with labels placed for a desk and for a phone.
    """
    shared = [*_grid(), *_axis(ticks, at_risk, promise.hours if promise else None)]
    if before is not None:
        shared.append(_line(before.still, "var(--nd)", 1.8))
    shared += [_band(now), _line(now.still, "var(--on)", 2.6)]
    if baseline:
        x = at_hour(baseline.hours)
        shared.append(svg.line(x, TOP - 10, x, BASE + 5, stroke_width=1.5, stroke_dasharray="3 3"))
        shared.append(svg.text(x, TOP - 6, baseline_name, "g e", dx=-6, **HALO))
    if promise:
        shared.append(svg.promise_line(at_hour(promise.hours), TOP - 30, BASE + 5))
    pictures = []
    for cls, width in (("nk-desk", WIDE), ("nk-slim", NARROW)):
        parts = [*_names(now, before, width), *_late(promise, baseline, narrow=width < WIDE)]
        parts += _half(now, half, width) if half else []
        pictures.append(svg.picture(label, BASE + 70, *shared, *parts, cls=cls))
    inner = f'<div style="padding:0 {RIGHT}px 0 {LEFT}px">{"".join(pictures)}</div>'
    return f'<div class="nk-pic nk-curve">{inner}</div>'


def _y(share: float) -> float:
    return BASE - share * (BASE - TOP)


def _grid() -> list[str]:
    parts = []
    for tick in (0, 25, 50, 75, 100):
        y = _y(tick / 100)
        parts.append(svg.line(0, y, 1, y, "var(--ink3)" if tick == 0 else "var(--line)"))
        parts.append(svg.text(0, y + 5, f"{tick}%", "g e", dx=-8))
    return parts


def _axis(ticks: Sequence[Tick], at_risk: str, gold: float | None) -> list[str]:
    parts = [svg.text(0, BASE + 46, at_risk, "g s13", dx=-LEFT)]
    for tick in ticks:
        x = at_hour(tick.hours)
        is_gold = gold is not None and tick.hours == gold
        parts.append(svg.line(x, BASE, x, BASE + 5, cls=tick.cls))
        parts.append(svg.text(x, BASE + 22, tick.words, f"{'au' if is_gold else 'g'} m {tick.cls}"))
        parts.append(svg.text(x, BASE + 64, tick.at_risk, f"m s13 {tick.cls}"))
    return parts


def _path(values: np.ndarray) -> str:
    """Steps to the first unknown value."""
    known = values[: int(np.argmax(np.isnan(values)))] if np.isnan(values).any() else values
    if not len(known):
        return ""
    ys = [svg.px(_y(float(value)) - TOP) for value in known]
    steps = [f"M0 {ys[0]}"]
    for i in range(1, len(ys)):
        if ys[i] != ys[i - 1]:
            steps.append(f"H{i}V{ys[i]}")
    return "".join(steps) + f"H{len(ys) - 1}"


def _line(values: np.ndarray, stroke: str, width: float) -> str:
    look = f'fill="none" stroke="{stroke}" stroke-width="{width}" vector-effect="non-scaling-stroke"'
    return svg.stretched(TOP, BASE - TOP, COLUMNS, f'<path d="{_path(values)}" {look}/>')


def _band(now: Steps) -> str:
    """From where there are limits to where they end."""
    known = ~(np.isnan(now.low) | np.isnan(now.high))
    if not known.any():
        return ""
    first = int(np.argmax(known))
    last = first + int(np.argmin(known[first:])) if not known[first:].all() else len(known)
    there = [(i, svg.px(_y(float(now.high[i])) - TOP)) for i in range(first, last)]
    back = [(i, svg.px(_y(float(now.low[i])) - TOP)) for i in range(last - 1, first - 1, -1)]
    points = "".join(f"L{i} {y}" for i, y in [*there, *back])
    return svg.stretched(TOP, BASE - TOP, COLUMNS, f'<path d="M{points[1:]}Z" fill="var(--on)" opacity="0.2"/>')


def _place(steps: Steps, share: float) -> float:
    """Where the curve comes down to `share`, 0 to 1 of the width."""
    down = np.flatnonzero(~np.isnan(steps.still) & (steps.still <= share))
    return float(down[0]) / COLUMNS if len(down) else 1.0


def _names(now: Steps, before: Steps | None, width: float) -> list[str]:
    """The names of the lines: left of both under the curve, or right of both above it."""
    lines = [now] if before is None else [now, before]
    longest = (max(svg.text_width(one.name) for one in lines) + 14) / width
    places = [_place(one, 0.75) for one in lines]
    left = min(places) >= longest
    x, y = (min(places), _y(0.75)) if left else (max(_place(one, 0.9) for one in lines), _y(0.9) - 4)
    if not left:
        x = min(x, 1 - longest)
    looks = ("b", "g")
    return [
        svg.text(x, y + 5 + 19 * i, one.name, f"{looks[i]}{' e' if left else ''}", dx=-12 if left else 12,
                 style="fill:var(--on)" if i == 0 else None, **HALO)
        for i, one in enumerate(lines)
    ]  # fmt: skip


def _half(now: Steps, half: Mark, width: float) -> list[str]:
    """The median and its words: left of the curve, lower where it is flat, right of it where there is no room."""
    x, y = at_hour(half.hours), _y(0.5)
    words = half.words if svg.text_width(half.words) + 16 < x * width else half.short
    needed = (svg.text_width(words) + 16) / width
    dot = svg.circle(x, y, 5, fill="var(--on)")
    if needed > x:
        return [dot, svg.text(x, y - 8, words, "k b", dx=10, **HALO)]
    over = now.still[int((x - needed / 3) * COLUMNS)]  # how far the curve lies above the words
    return [dot, svg.text(x, y + (5 if _y(float(over)) < y - 16 else 24), words, "k b e", dx=-12, **HALO)]


def _late(promise: Mark | None, baseline: Mark | None, *, narrow: bool) -> list[str]:
    """Values at the promise and the baseline: above the curve, under it where it hardly comes down."""
    parts: list[str] = []
    if promise is None or promise.still is None:
        return parts
    y = _y(promise.still)
    later = None if baseline is None or baseline.still is None else _y(baseline.still)
    rows = [promise.short] if narrow and promise.short else [row for row in (promise.words, promise.more) if row]
    under = y < TOP + 64
    first = y + 24 if under else y - 14 - 18 * (len(rows) - 1)
    if later is not None and not under:
        first = min(first, later - 38 - 18 * (len(rows) - 1))
    x = at_hour(promise.hours)
    for i, row in enumerate(rows):
        parts.append(svg.text(x, first + 18 * i, row, "" if i else "k b", dx=11, **HALO))
    parts.append(svg.circle(x, y, 5.5, fill="var(--paper)", stroke="var(--on)", stroke_width=2.6))
    if baseline is not None and later is not None:
        x = at_hour(baseline.hours)
        place = max(later + 20, first + 18 * len(rows) + 2) if under else later - 16
        parts.append(svg.text(x, place, baseline.words, "k b e", dx=-7, **HALO))
        parts.append(svg.circle(x, later, 4, fill="var(--on)"))
    return parts
