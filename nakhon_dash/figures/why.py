"""Small pictures of one place: squares of robustness, hours of report, months over what was to be expected."""

from collections.abc import Sequence
from html import escape

from nakhon_dash.figures import svg

SIDE, GAP, MIDDLE = 14, 2, 10  # px of a square, between squares, between the two neighbourhoods
TOP, FLOOR, HEIGHT = 8.0, 62.0, 82.0


def squares(flags: Sequence[Sequence[bool]], names: Sequence[str], *, label: str) -> str:
    """A row for each size of cell, its first half with one ring of neighbours and its second with two; filled = hot."""
    step, parts = SIDE + GAP, []
    half = len(flags[0]) // 2
    for row, (hot, name) in enumerate(zip(flags, names, strict=True)):
        for column, yes in enumerate(hot):
            x = column * step + (MIDDLE if column >= half else 0) + 0.5
            look = 'fill="var(--h2)" stroke="var(--h2)"' if yes else 'fill="none" stroke="var(--ink3)"'
            parts.append(f'<rect x="{x}" y="{row * (step + 2) + 0.5}" width="{SIDE - 1}" height="{SIDE - 1}" {look}/>')
        x = len(hot) * step + MIDDLE + 6
        parts.append(f'<text x="{x}" y="{row * (step + 2) + 12}" class="g s13">{escape(name)}</text>')
    drawn = svg.picture(label, len(flags) * (step + 2), *parts)
    return f'<div class="nk-pic" style="max-width:260px">{drawn}</div>'


def hour_bars(counts: Sequence[int | None], peak: Sequence[bool], k: int, ticks: Sequence[str], *, label: str) -> str:
    """One bar an hour, dark in the peak; None = from 1 to k - 1 cases: hatched up to k - 1, since no more is told."""
    top = max([k, *(n for n in counts if n is not None)])
    scale, step, parts = (FLOOR - TOP) / top, 1 / len(counts), [svg.hatch("why-few")]
    for hour, (n, dark) in enumerate(zip(counts, peak, strict=True)):
        x, height = hour * step + step * 0.1, scale * (k - 1 if n is None else n)
        look: dict[str, object] = {"fill": "url(#why-few)"} if n is None else {"fill": "var(--accent)"}
        if n is not None and not dark:
            look["opacity"] = 0.42
        parts.append(svg.rect(x, FLOOR - height, step * 0.8, height, **look))
    parts.append(svg.line(0, FLOOR, 1, FLOOR))
    for hour, words in zip((0, 6, 12, 18), ticks, strict=True):
        parts.append(svg.text((hour + 0.1) * step, FLOOR + 17, words, "g s13"))
    return svg.frame(svg.picture(label, HEIGHT, *parts), cls="nk-days")


def month_line(
    counts: Sequence[int | None], band: Sequence[tuple[float, float]], *, label: str, first: str, last: str
) -> str:
    """Cases a month over the band of what chance brings around the expected; None (too few to tell) is a gap with an
    open dot on the ground."""
    top = max([1.0, *(float(n) for n in counts if n is not None), *(high for _, high in band)])
    scale, columns = (FLOOR - TOP - 8) / top, max(len(counts) - 1, 1)
    at = [None if n is None else FLOOR - n * scale for n in counts]
    parts = [svg.stretched(0, FLOOR, columns, _band(band, scale) + _runs(at))]
    for i, y in enumerate(at):
        if y is None:
            parts.append(svg.circle(i / columns, FLOOR - 4, 3, fill="none", stroke="var(--ink3)"))
            continue
        if _alone(at, i):
            parts.append(svg.circle(i / columns, y, 2.5, fill="var(--h2)"))
        if (i in (0, len(at) - 1)) or counts[i] == max(n or 0 for n in counts):
            parts.append(svg.circle(i / columns, y, 3.5, fill="var(--h2)"))
            anchor = "m" if 0 < i < len(at) - 1 else "e" if i else ""
            before = at[i - 1] if i else None
            falls = before is not None and before < y - 3 and y < FLOOR - 14  # else the line would run through it
            parts.append(svg.text(i / columns, y + 15 if falls else y - 7, f"{counts[i]:,}", f"k s13 b {anchor}"))
    parts.append(svg.line(0, FLOOR, 1, FLOOR))
    parts += [svg.text(0, FLOOR + 17, first, "g s13"), svg.text(1, FLOOR + 17, last, "g e s13")]
    return svg.frame(svg.picture(label, HEIGHT, *parts), pad=5, cls="nk-days")


def _alone(at: Sequence[float | None], i: int) -> bool:
    """Whether no line reaches this month, since neither neighbour is told."""
    return (i == 0 or at[i - 1] is None) and (i == len(at) - 1 or at[i + 1] is None)


def _band(band: Sequence[tuple[float, float]], scale: float) -> str:
    if not band:
        return ""
    above = [f"{i} {svg.px(FLOOR - high * scale)}" for i, (_, high) in enumerate(band)]
    below = [f"{i} {svg.px(FLOOR - low * scale)}" for i, (low, _) in reversed(list(enumerate(band)))]
    return f'<path d="M{" L".join(above + below)}Z" fill="var(--noise)"/>'


def _runs(at: Sequence[float | None]) -> str:
    """A line through each run of months that are told."""
    paths, run = "", list[str]()
    for i, y in enumerate([*at, None]):
        if y is not None:
            run.append(f"{i} {svg.px(y)}")
        elif run:
            look = 'fill="none" stroke="var(--h2)" stroke-width="2.2" vector-effect="non-scaling-stroke"'
            paths, run = paths + f'<path d="M{" L".join(run)}" {look}/>', []
    return paths
