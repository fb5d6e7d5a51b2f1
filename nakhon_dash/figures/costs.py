"""What is taken off a whole, step by step: each bar begins where the one above it ended, down to what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import svg

ROW, TOP = 27.0, 22.0
FIRST, LAST = 0.38, 0.82  # the bars lie between these shares of the width: names left, numbers right


@dataclass(frozen=True)
class Cost:
    name: str
    share: float  # of the whole, 0 to 1
    value: str  # as written: −1.7


def costs(steps: Sequence[Cost], *, whole: str, left: str, label: str) -> str:
    """`whole` and `left` are written at the ends of the axis: 100% where it begins, what is left where it ends."""
    total = sum(step.share for step in steps)
    height = TOP + ROW * len(steps) + 20
    parts = [svg.text(LAST, 13, whole, "g m s13"), svg.line(LAST, 18, LAST, TOP + ROW * len(steps), "var(--line)")]
    gone = 0.0
    for i, step in enumerate(steps):
        parts += _row(step, gone / total if total else 0, total, TOP + ROW * i)
        gone += step.share
    end = FIRST if total else LAST
    parts.append(svg.line(end, height - 22, end, height - 17, "var(--ink3)"))
    parts.append(svg.text(end, height - 4, left, "k b m s13"))
    return svg.frame(svg.picture(label, height, *parts))


def _row(step: Cost, gone: float, total: float, y: float) -> list[str]:
    right = LAST - gone * (LAST - FIRST)
    width = step.share / total * (LAST - FIRST) if total else 0.0
    drop = svg.line(right - width, y + 19, right - width, y + ROW + 5, "var(--ink3)", stroke_dasharray="2 2")
    bar = svg.rect(right - width, y + 5, width, 14, fill="var(--ink2)") if width else ""
    return [svg.text(0, y + 17, step.name, "k"), bar, drop, svg.text(1, y + 17, step.value, "k b e")]
