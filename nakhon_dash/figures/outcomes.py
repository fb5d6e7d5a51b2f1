"""How cases end as time passes: stacked steps on the hour axis, what is left above them still waits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nakhon_dash.figures import svg
from nakhon_dash.figures.curve import COLUMNS, HALO
from nakhon_dash.figures.scale import at_hour

TOP, BASE = 26.0, 226.0
LEFT = 46


@dataclass(frozen=True)
class Layer:
    """One way to end: its share at `curve.HOURS` (NaN where not known), its look and the words inside its area."""

    kind: str
    share: np.ndarray
    words: str


# fill and whether it is hatched; the order is that of the stack
LOOKS: dict[str, tuple[str, bool]] = {
    "fixed": ("var(--on)", False), "deferred_to_budget": ("var(--on)", True), "referred_out": ("var(--s4)", False),
    "duplicate": ("var(--ink3)", True), "aside": ("var(--hatch)", False),
}  # fmt: skip


def swatch(kind: str, name: str) -> str:
    """The look of a layer beside its name in a list; what still waits is an empty frame."""
    fill, hatched = LOOKS.get(kind, ("none", False))
    pattern = svg.hatch(f"{name}-{kind}", fill) if hatched else ""
    inside = f'<rect x="1" y="1" width="12" height="12" fill="{f"url(#{name}-{kind})" if hatched else fill}" '
    return (f'<svg width="14" height="14" aria-hidden="true" style="flex:none;align-self:center;margin-right:8px">{pattern}'
            f'{inside}stroke="var(--ink3)"/></svg>')  # fmt: skip


def outcome_areas(
    layers: Sequence[Layer],
    ticks: Sequence[tuple[float, str, str]],
    *,
    label: str,
    waiting: str,
    promise: float | None = 48,
    before: float | None = None,
    name: str = "outcomes",
) -> str:
    """`ticks` are hours, words and a class; `waiting` names the empty part above."""
    known = _known(layers)
    floor = np.zeros(known)
    parts = [svg.hatch(f"{name}-{kind}", fill) for kind, (fill, hatched) in LOOKS.items() if hatched]
    words = []
    for layer in layers:
        top = floor + layer.share[:known]
        fill, hatched = LOOKS[layer.kind]
        parts.append(_area(floor, top, f"url(#{name}-{layer.kind})" if hatched else fill))
        words += _inside(floor, top, layer.words)
        floor = top
    parts += [*_grid(), *_waiting(floor, waiting), *words]
    if before is not None:
        x = at_hour(before)
        parts.append(svg.line(x, TOP - 8, x, BASE + 5, "var(--ink)", stroke_width=1.5, stroke_dasharray="3 3"))
    if promise is not None:
        parts.append(svg.promise_line(at_hour(promise), TOP - 26, BASE + 5))
    for hours, tick, cls in ticks:
        gold = promise is not None and hours == promise
        parts.append(svg.line(at_hour(hours), BASE, at_hour(hours), BASE + 5, cls=cls))
        parts.append(svg.text(at_hour(hours), BASE + 22, tick, f"{'au' if gold else 'g'} m {cls}"))
    inside = svg.picture(label, BASE + 30, *parts)
    return f'<div class="nk-pic nk-outcomes"><div style="padding:0 18px 0 {LEFT}px">{inside}</div></div>'


def _known(layers: Sequence[Layer]) -> int:
    """Columns up to the first that is not known."""
    missing = np.isnan(layers[0].share)
    return int(np.argmax(missing)) if missing.any() else len(missing)


def _y(share: float) -> float:
    return BASE - share * (BASE - TOP)


def _area(floor: np.ndarray, top: np.ndarray, fill: str) -> str:
    if not len(top) or float((top - floor).max()) <= 0:
        return ""
    there = "".join(f"L{i} {svg.px(_y(float(value)) - TOP)}" for i, value in enumerate(top))
    back = "".join(f"L{i} {svg.px(_y(float(floor[i])) - TOP)}" for i in range(len(floor) - 1, -1, -1))
    edge = 'stroke="var(--paper)" stroke-width="1" vector-effect="non-scaling-stroke"'
    return svg.stretched(TOP, BASE - TOP, COLUMNS, f'<path d="M{there[1:]}{back}Z" fill="{fill}" {edge}/>')


def _inside(floor: np.ndarray, top: np.ndarray, words: str) -> list[str]:
    """Words in the area at its right end, where it is high enough for a line."""
    if not len(top) or not words or (top[-1] - floor[-1]) * (BASE - TOP) < 26:
        return []
    middle = _y(float(top[-1] + floor[-1]) / 2)
    return [svg.text(min((len(top) - 1) / COLUMNS, 0.94), middle + 5, words, "w b e", dx=-8)]


def _waiting(top: np.ndarray, words: str) -> list[str]:
    """The name of what is left, in the corner that is empty until cases end."""
    return [svg.text(0, TOP + 22, words, "k b", dx=10, **HALO)] if len(top) else []


def _grid() -> list[str]:
    parts = []
    for tick in (0, 25, 50, 75, 100):
        y = _y(tick / 100)
        look = {"stroke": "var(--ink3)"} if tick == 0 else {"stroke": "var(--line)", "opacity": 0.6}
        parts.append(svg.line(0, y, 1, y, **look))
        parts.append(svg.text(0, y + 5, f"{tick}%", "g e", dx=-8))
    return parts
