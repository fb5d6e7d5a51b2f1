"""What was counted beside what was expected, and the effect among those of placebos."""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from nakhon_dash.figures import svg

TOP, PLOT, FOOT = 30.0, 150.0, 26.0
LEFT = 0.07  # share of the width that the numbers of the axis take
LANE, AXIS = 44.0, 30.0
TICKS, FAR_TICKS = (-0.75, -0.5, 0.0, 1.0, 3.0), (-0.9, -0.5, 0.0, 1.0, 9.0)  # changes, mirrored on the log scale
FAR = 2.3  # a scale that reaches ten times up and down


def series(
    observed: Sequence[int | None], expected: Sequence[float], low: Sequence[float], high: Sequence[float], after: int,
    *, words: tuple[str, str, str], ends: tuple[str, str], label: str,
) -> str:  # fmt: skip
    """Steps in order, of which `after` are the last ones. `observed` None (too few to tell) is a hollow mark on the
    ground. `words`: counted, expected, and what began at the line; `ends`: first and last day."""
    n, most = len(expected), max([*high, *(value or 0 for value in observed), 1.0])
    step, bottom = (1 - LEFT) / n, TOP + PLOT

    def x(i: float) -> float:
        return LEFT + (i + 0.5) * step

    def y(value: float) -> float:
        return bottom - value / most * PLOT

    begun = LEFT + (n - after) * step
    parts = [svg.line(LEFT, y(tick), 1, y(tick), "var(--line)") for tick in (0, _round(most / 2), _round(most))]
    parts += [svg.text(0, y(tick) + 5, f"{tick:,.0f}", "g s13") for tick in (0, _round(most / 2), _round(most))]
    for i in range(n):
        parts.append(svg.rect(LEFT + i * step, y(high[i]), step, y(low[i]) - y(high[i]), fill="var(--noise)"))
        parts.append(svg.line(LEFT + i * step, y(expected[i]), LEFT + (i + 1) * step, y(expected[i]), "var(--ink3)",
                              stroke_width=1.6, stroke_dasharray="4 3"))  # fmt: skip
    parts.append(svg.line(begun, TOP - 8, begun, bottom, "var(--ink)", stroke_width=1.6))
    told = [(i, value) for i, value in enumerate(observed) if value is not None]
    parts += [svg.line(x(i), y(v), x(j), y(w), "var(--accent)", stroke_width=1.4)
              for (i, v), (j, w) in pairwise(told) if j == i + 1]  # fmt: skip
    parts += [svg.circle(x(i), y(value), 3.6, fill="var(--accent)") for i, value in told]
    parts += [svg.circle(x(i), bottom - 5, 3.6, fill="var(--paper)", stroke="var(--ink3)", stroke_dasharray="2 2")
              for i, value in enumerate(observed) if value is None]  # fmt: skip
    right = begun > 0.55
    parts.append(svg.text(begun, 13, words[2], "k b s13" + (" e" if right else ""), dx=6 if right else -6))
    parts += [svg.line(LEFT, bottom, 1, bottom), svg.text(LEFT, bottom + 20, ends[0], "g s13")]
    parts.append(svg.text(1, bottom + 20, ends[1], "g e s13"))
    return _key(words[:2]) + svg.frame(svg.picture(label, bottom + FOOT, *parts))


def _key(words: tuple[str, str]) -> str:
    """The two marks by name, above the picture: their lines cross too often to be named where they run."""
    line, size = "M0 5H22", 'width="22" height="10" aria-hidden="true"'
    dot = (f'<svg {size}><path d="{line}" stroke="var(--accent)" stroke-width="1.4"/>'
           f'<circle cx="11" cy="5" r="3.6" fill="var(--accent)"/></svg>')  # fmt: skip
    dash = (f'<svg {size}><rect width="22" height="10" fill="var(--noise)"/>'
            f'<path d="{line}" stroke="var(--ink3)" stroke-width="1.6" stroke-dasharray="4 3"/></svg>')  # fmt: skip
    return f'<div class="nk-ci" style="margin-top:6px">{dot} {words[0]} &nbsp; {dash} {words[1]}</div>'


def _round(value: float) -> float:
    """Down to one or two digits that read well."""
    if value < 10:
        return float(int(value))
    size = 10 ** (len(str(int(value))) - 1)
    return float(int(value / size * 2) * size) / 2


def strip(
    ratio: float, low: float, high: float, lanes: Sequence[tuple[str, Sequence[float]]], *, label: str, real: bool
) -> str:  # fmt: skip
    """One lane of dots for each kind of placebo (its name, its ratios) on a log scale of change; the effect is a line
    in every lane, with its interval as a bar on top; grey unless `real`."""
    reach = max([abs(log(value)) for value in (ratio, *(one for _, many in lanes for one in many))] + [log(2.2)]) * 1.06
    colour = "var(--accent)" if real else "var(--ink3)"

    def x(value: float) -> float:
        return min(max((log(value) / reach + 1) / 2, 0.0), 1.0)

    bottom = 14 + LANE * len(lanes)
    parts = [svg.rect(x(low), 0, x(high) - x(low), 8, fill=colour, opacity=0.45)]
    parts.append(svg.line(x(1), bottom - 6, x(1), bottom))
    for i, (name, ratios) in enumerate(lanes):
        y = 14 + LANE * i
        parts.append(svg.text(0, y + 12, name, "g s13"))
        parts.append(svg.line(x(1), y + 19, x(1), y + 38, "var(--line)", stroke_width=1.4))
        parts += [svg.circle(x(one), y + 29 + (-5, 0, 5)[j % 3], 3.2, fill="var(--nd)", opacity=0.75)
                  for j, one in enumerate(ratios)]  # fmt: skip
        parts.append(svg.line(x(ratio), y + 18, x(ratio), y + 40, colour, stroke_width=2.4))
    parts.append(svg.diamond(x(ratio), 4, fill=colour))
    parts.append(svg.line(0, bottom, 1, bottom))
    for tick in FAR_TICKS if reach > FAR else TICKS:
        if abs(log(1 + tick)) <= reach:
            place, end = x(1 + tick), abs(log(1 + tick)) > reach * 0.9
            shown = "0" if not tick else f"{'−' if tick < 0 else '+'}{abs(tick) * 100:.0f}%"
            anchor = ("e" if tick > 0 else "") if end else "m"
            parts.append(svg.text(place, bottom + 19, shown, f"g s13 {anchor}"))
    return svg.frame(svg.picture(label, bottom + AXIS, *parts), pad=6)
