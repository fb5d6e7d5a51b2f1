"""From the share before to the share now in steps: each an arrow that starts where the last one ended.

Dots, not bars: the scale is a stretch of shares and does not begin at 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import rows, svg

MIDDLE = rows.LANE / 2


@dataclass(frozen=True)
class Step:
    """`points` (a difference of shares) with its interval, if there is one; `real` when that does not hold 0."""

    name: str
    value: str
    points: float
    low: float | None = None
    high: float | None = None
    real: bool = False


@dataclass(frozen=True)
class End:
    name: str
    value: str
    share: float


def waterfall(before: End, steps: Sequence[Step], now: End, *, label: str) -> str:
    """Rows from top to bottom: before, the steps, now. Steps must add up to now less before."""
    reached, spans = before.share, []
    for step in steps:
        ends = [reached + v for v in (step.low, step.high) if v is not None]
        spans.append((reached, reached + step.points, ends))
        reached += step.points
    low, high, unit = rows.stretch([before.share, now.share, *(v for a, b, ends in spans for v in (a, b, *ends))])

    def x(share: float) -> float:
        return (share - low) / (high - low)

    width = rows.width_of([before.value, now.value, *(step.value for step in steps)])
    drawn = [_end(before, x(before.share), width, ring=True, last=False)]
    for step, (start, stop, ends) in zip(steps, spans, strict=True):
        lane = rows.lane(*_step(step, x(start), x(stop), [x(v) for v in ends]))
        drawn.append(rows.row(step.name, lane, step.value, width, strong=step.real))
    return rows.rows(label, *drawn, _end(now, x(now.share), width, ring=False, last=True),
                     rows.axis(low, high, unit, width))  # fmt: skip


def _end(end: End, x: float, width: float, *, ring: bool, last: bool) -> str:
    look: dict[str, object] = {"fill": "var(--paper)" if ring else "var(--on)", "stroke": "var(--on)",
                               "stroke_width": 2.2}  # fmt: skip
    link = svg.line(x, 0 if last else MIDDLE, x, MIDDLE if last else rows.LANE, "var(--nd)", stroke_dasharray="2 3")
    return rows.row(end.name, rows.lane(link, svg.circle(x, MIDDLE, 6.5, **look)), end.value, width, strong=True)


def _step(step: Step, start: float, stop: float, ends: list[float]) -> list[str]:
    """Dotted links above and below, the interval thin, the step thick with a head that points where it goes."""
    ink = "var(--ink)" if step.real else "var(--nd)"
    parts = [svg.line(start, 0, start, MIDDLE, "var(--nd)", stroke_dasharray="2 3"),
             svg.line(stop, MIDDLE, stop, rows.LANE, "var(--nd)", stroke_dasharray="2 3")]  # fmt: skip
    if len(ends) == 2:
        parts.append(svg.line(ends[0], MIDDLE + 9, ends[1], MIDDLE + 9, ink, stroke_width=1.4))
        parts += [svg.line(end, MIDDLE + 6, end, MIDDLE + 12, ink, stroke_width=1.4) for end in ends]
    parts.append(svg.rect(min(start, stop), MIDDLE - 4, abs(stop - start), 8, fill=ink))
    if step.points:
        head = "M0 -7 6 0 0 7Z" if step.points > 0 else "M0 -7 -6 0 0 7Z"
        parts.append(svg.at(stop, MIDDLE, f'<path d="{head}" fill="{ink}"/>'))
    return parts
