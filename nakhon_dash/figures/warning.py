"""One series of weekly counts over the band that its history leads to expect; only weeks above it at full strength."""

from collections.abc import Sequence
from math import isfinite

from nakhon_dash.figures import svg

TOP, FLOOR, HEIGHT = 20.0, 70.0, 90.0


def expected_weeks(
    counts: Sequence[int], path: Sequence[float], band: Sequence[float], *, label: str, ends: tuple[str, str],
    value: str,
) -> str:
    """`path` and `band`: expected count and largest ordinary one of each week, NaN where unknown.

    `value` stands over the last bar, `ends` name the first and the last day.
    """
    known = [limit for limit in band if isfinite(limit)]
    scale, step = (FLOOR - TOP) / max([*counts, *known, 1]), 1 / max(len(counts), 1)
    parts = [svg.stretched(0, FLOOR, len(counts), _band(band, scale) + _path(path, scale))]
    for i, (count, limit) in enumerate(zip(counts, band, strict=True)):
        above = isfinite(limit) and count > limit
        bar = {"fill": "var(--accent)", "opacity": None if above else 0.42}
        parts.append(svg.rect(i * step + step * 0.14, FLOOR - count * scale, step * 0.72, count * scale, **bar))
    if counts:
        parts.append(svg.text(1, FLOOR - counts[-1] * scale - 6, value, "k b s13 e"))
    parts.append(svg.line(0, FLOOR, 1, FLOOR))
    parts += [svg.text(0, FLOOR + 17, ends[0], "g s13"), svg.text(1, FLOOR + 17, ends[1], "g e s13")]
    return svg.frame(svg.picture(label, HEIGHT, *parts))


def _steps(values: Sequence[float], scale: float) -> list[list[tuple[int, float]]]:
    """Runs of known values as (week, height from the top)."""
    runs: list[list[tuple[int, float]]] = [[]]
    for i, value in enumerate(values):
        if isfinite(value):
            runs[-1].append((i, FLOOR - value * scale))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _band(band: Sequence[float], scale: float) -> str:
    out = ""
    for run in _steps(band, scale):
        above = " L".join(f"{i} {svg.px(y)} L{i + 1} {svg.px(y)}" for i, y in run)
        ends = f"L{run[-1][0] + 1} {svg.px(FLOOR)} L{run[0][0]} {svg.px(FLOOR)}"
        out += f'<path d="M{above} {ends}Z" fill="var(--noise)"/>'
    return out


def _path(path: Sequence[float], scale: float) -> str:
    out = ""
    for run in _steps(path, scale):
        line = " L".join(f"{i} {svg.px(y)} L{i + 1} {svg.px(y)}" for i, y in run)
        dashed = 'stroke-width="1.4" stroke-dasharray="4 3" vector-effect="non-scaling-stroke"'
        out += f'<path d="M{line}" fill="none" stroke="var(--ink3)" {dashed}/>'
    return out
