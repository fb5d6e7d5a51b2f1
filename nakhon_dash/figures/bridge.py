"""The bridge: three on-time figures from the same cases, each a stacked bar on one axis of counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nakhon_dash.figures import svg


@dataclass(frozen=True)
class Step:
    """One way to count. Cases closed on time, closed late, open past due, and not yet due, as this way has them.

    `missing`: what it leaves out though it is late, drawn dashed. `change` is written at the bar's end, in the colour
    of what is late when it `warns`.
    """

    value: str
    name: str
    note: str
    on: int
    late: int
    overdue: int = 0
    not_due: int = 0
    missing: int = 0
    change: str = ""
    ours: bool = False
    warns: bool = False


def bridge(steps: Sequence[Step], *, label: str, on_time: str, name: str = "bridge") -> str:
    """`on_time` is written behind the count of the long part ("{n} ทันกำหนด" with its n)."""
    most = max(s.on + s.late + s.overdue + s.not_due + s.missing for s in steps)
    rows = "".join(_row(step, most, on_time, f"{name}-{i}") for i, step in enumerate(steps))
    return f'<div class="nk-bridge" role="img" aria-label="{escape(label)}">{rows}</div>'


def _row(step: Step, most: int, on_time: str, name: str) -> str:
    value = f'<div class="nk-v">{escape(step.value)}</div>'
    words = f'<div class="nk-w"><b>{escape(step.name)}</b><span>{escape(step.note)}</span></div>'
    bar = svg.frame(svg.picture("", 48, svg.hatch(f"hatch-{name}"), *_parts(step, most, on_time, f"hatch-{name}")))
    return f'<div class="nk-step{" nk-ours" if step.ours else ""}">{value}{words}<div>{bar}</div></div>'


def _parts(step: Step, most: int, on_time: str, hatched: str) -> list[str]:
    edge = {"stroke": "var(--paper)", "stroke_width": 2}
    kinds: list[tuple[int, dict[str, object], str]] = [
        (step.on, {"fill": "var(--on)", **edge}, "w"),
        (step.late, {"fill": "var(--late)", **edge}, "w"),
        (step.overdue, {"fill": "var(--late)", "stroke": "var(--ink)", "stroke_width": 1.5}, "w"),
        (step.not_due, {"fill": f"url(#{hatched})", "stroke": "var(--nd)"}, ""),
        (step.missing, {"fill": "none", "stroke": "var(--late)", "stroke_dasharray": "3 3"}, ""),
    ]
    parts, x = [], 0.0
    for i, (n, look, letters) in enumerate(kinds):
        share = n / most
        if n:
            parts.append(svg.rect(x, 2, share, 26, **look))
        words = on_time.format(n=f"{n:,}") if i == 0 else f"{n:,}"
        needed = svg.text_width(words) + 4
        if letters and share * 540 > needed:
            optional = "" if share * 280 > needed else "n520"
            parts.append(svg.text(x + share, 20, words, f"e b {letters} {optional}", dx=-4))
        x += share
    return [*parts, svg.text(1, 44, step.change, "e lt" if step.warns else "e")]
