"""Shares before and after adjusting, one row a part: ring as counted, dot for equal work with its interval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from nakhon_dash.figures import rows, svg

MIDDLE = rows.LANE / 2


@dataclass(frozen=True)
class Part:
    """`adjusted` None: nothing to compare with. `sure` False: too few cases, drawn pale."""

    name: str
    value: str
    note: str
    crude: float
    adjusted: float | None
    low: float | None
    high: float | None
    sure: bool = True


def adjusted_rows(parts: Sequence[Part], centre: float, *, label: str) -> str:
    """In the order given; the dashed line is the share of the whole."""
    # an interval drawn pale may run off the scale: it is wide and would press the others together
    shown = [v for p in parts for v in (p.crude, p.adjusted, *((p.low, p.high) if p.sure else ())) if v is not None]
    low, high, unit = rows.stretch([*shown, centre])

    def x(share: float) -> float:
        return (share - low) / (high - low)

    width = rows.width_of([words for p in parts for words in (p.value, p.note)])
    lanes = [rows.lane(*_lane(p, x(centre), x)) for p in parts]
    drawn = [rows.row(p.name, lane, p.value, width, strong=p.sure, note=p.note)
             for p, lane in zip(parts, lanes, strict=True)]  # fmt: skip
    return rows.rows(label, *drawn, rows.axis(low, high, unit, width))


def _lane(part: Part, centre: float, x: Callable[[float], float]) -> list[str]:
    ink = "var(--on)" if part.sure else "var(--nd)"
    parts = [svg.line(0, MIDDLE, 1, MIDDLE, "var(--line)"),
             svg.line(centre, 0, centre, rows.LANE, "var(--ink3)", stroke_dasharray="3 3")]  # fmt: skip
    if part.low is not None and part.high is not None:
        parts.append(svg.line(x(part.low), MIDDLE, x(part.high), MIDDLE, ink, stroke_width=2.4))
    parts.append(svg.circle(x(part.crude), MIDDLE, 5, fill="var(--paper)", stroke="var(--nd)", stroke_width=2))
    if part.adjusted is not None:
        parts.append(svg.circle(x(part.adjusted), MIDDLE, 6.5 if part.sure else 4.5, fill=ink))
    return parts


def key(crude: str, adjusted: str, whole: str) -> str:
    """What the two marks and the dashed line are."""
    marks = (
        '<circle cx="8" cy="8" r="5" fill="var(--paper)" stroke="var(--nd)" stroke-width="2"/>',
        '<circle cx="8" cy="8" r="6" fill="var(--on)"/>',
        '<path d="M8 0V16" stroke="var(--ink3)" stroke-dasharray="3 3"/>',
    )
    drawn = (
        f'<span><svg width="16" height="16" aria-hidden="true">{mark}</svg>{escape(words)}</span>'
        for mark, words in zip(marks, (crude, adjusted, whole), strict=True)
    )
    return f'<div class="nk-key">{"".join(drawn)}</div>'
