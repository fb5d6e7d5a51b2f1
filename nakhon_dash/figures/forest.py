"""Waiting times of parts side by side on the hour ruler: dot and interval at half, pale bar to 9 in 10."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import svg
from nakhon_dash.figures.curve import HALO
from nakhon_dash.figures.scale import HOURS_LAST, at_hour

HEAD, SLIM_HEAD = 30.0, 50.0
NAME, SHARE, COUNT = 132, 62, 52  # px of the columns beside the ruler on a desk


@dataclass(frozen=True)
class Row:
    """Hours by which half (with its interval) and nine in ten were answered; None = not reached.

    `instead` stands where the marks would be: too few cases, or half not reached.
    """

    name: str
    n: str
    on_time: str
    half: float | None = None
    low: float | None = None
    high: float | None = None
    ninth: float | None = None
    instead: str = ""


@dataclass(frozen=True)
class Heads:
    """Words over the first marks and the columns, and on the axis."""

    half: str
    ninth: str
    on_time: str
    n: str
    ticks: tuple[tuple[float, str], ...]  # hours and words; the promise is written in gold


def forest(
    rows: Sequence[Row], heads: Heads, *, label: str, promise: float | None = 48, before: float | None = None
) -> str:  # fmt: skip
    """`promise` None: no gold line (it runs on the calendar only). Rows keep their order."""
    desk = _desk(rows, heads, label, promise, before)
    slim = _slim(rows, heads, label, promise, before)
    return f'<div class="nk-pic nk-forest">{desk}{slim}</div>'


def _desk(
    rows: Sequence[Row], heads: Heads, label: str, promise: float | None, before: float | None
) -> str:  # fmt: skip
    step = 34.0
    floor = HEAD + step * len(rows) + 4
    parts = _lines(floor, promise, before)
    for i, row in enumerate(rows):
        middle = HEAD + step * i + step / 2
        shown = [row.name] if svg.text_width(row.name) < NAME + 10 else svg.wrapped(row.name, NAME - 6)
        parts += [svg.text(0, middle + 5 - 8 * (len(shown) - 1) + 16 * k, words, "k", dx=-NAME)
                  for k, words in enumerate(shown)]  # fmt: skip
        parts += _marks(row, middle)
        parts.append(svg.text(1, middle + 5, row.on_time, "e", dx=SHARE))
        parts.append(svg.text(1, middle + 5, row.n, "g e", dx=SHARE + COUNT))
    parts.append(svg.text(1, 16, heads.on_time, "g e s13", dx=SHARE))
    parts.append(svg.text(1, 16, heads.n, "g e s13", dx=SHARE + COUNT))
    parts += [*_named(rows, heads, promise, 340), *_axis(heads, floor, promise)]
    inside = svg.picture(label, floor + 26, *parts)
    return f'<div class="nk-desk" style="padding:0 {SHARE + COUNT}px 0 {NAME}px">{inside}</div>'


def _slim(rows: Sequence[Row], heads: Heads, label: str, promise: float | None, before: float | None) -> str:
    """Name and numbers over the marks; the lines leave room for the words."""
    step = 48.0
    floor = SLIM_HEAD + step * len(rows) + 4
    parts = [
        *_lines(floor, promise, before, SLIM_HEAD - 30),
        svg.text(1, 12, f"{heads.on_time} · {heads.n}", "g e s13", dx=10),
    ]
    right = at_hour(promise if promise is not None else 48) + 0.02
    for i, row in enumerate(rows):
        top = SLIM_HEAD + step * i
        beside = " · ".join(words for words in (row.on_time, row.n) if words)
        parts.append(svg.rect(right, top + 2, 1.05 - right, 19, fill="var(--paper)"))
        parts.append(svg.text(0, top + 16, row.name, "k b", dx=-10, **HALO))
        parts.append(svg.text(1, top + 16, beside, "e s13", dx=10))
        parts += _marks(row, top + 32)
    parts += [*_named(rows, heads, promise, 290, SLIM_HEAD - 14), *_axis(heads, floor, promise, inside=True)]
    inside = svg.picture(label, floor + 26, *parts)
    return f'<div class="nk-slim" style="padding:0 10px">{inside}</div>'


def _lines(floor: float, promise: float | None, before: float | None, top: float = 0) -> list[str]:
    parts = []
    if before is not None:
        x = at_hour(before)
        parts.append(svg.line(x, top + HEAD - 4, x, floor + 5, stroke_width=1.5, stroke_dasharray="3 3"))
    if promise is not None:
        parts.append(svg.promise_line(at_hour(promise), top, floor + 5))
    return [svg.line(0, floor, 1, floor), *parts]


def _marks(row: Row, y: float) -> list[str]:
    ground = svg.line(0, y, 1, y, "var(--line)")
    if row.half is None:
        return [ground, *_instead(row.instead, y)]
    x, end = at_hour(row.half), at_hour(HOURS_LAST if row.ninth is None else row.ninth)
    low, high = at_hour(row.half if row.low is None else row.low), at_hour(HOURS_LAST if row.high is None else row.high)
    parts = [ground, svg.rect(x, y - 4.5, end - x, 9, fill="var(--on-soft)"),
             svg.line(low, y, high, y, "var(--on)", stroke_width=3.4)]  # fmt: skip
    if row.ninth is None or row.ninth >= HOURS_LAST:
        parts.append(svg.at(1, y, '<path d="M-7 -5.5 4 0 -7 5.5Z" fill="var(--ink)"/>'))
    else:
        parts.append(svg.circle(end, y, 4.5, fill="var(--ink)"))
    return [*parts, svg.circle(x, y, 6.5, fill="var(--on)")]


def _instead(words: str, y: float) -> list[str]:
    """The dashed tag; its box is as wide as its words."""
    if not words:
        return []
    width = svg.text_width(words, 13) + 14
    box = (f'<rect x="0" y="-11" width="{svg.px(width)}" height="22" rx="3" fill="var(--paper)" '
           f'stroke="var(--ink3)" stroke-dasharray="3 3"/>')  # fmt: skip
    return [svg.at(0.02, y, box), svg.text(0.02, y + 5, words, "s13", dx=7)]


def _named(rows: Sequence[Row], heads: Heads, promise: float | None, width: float, base: float = 16) -> list[str]:
    """What the two dots are, over those of the first row that has them, on either side of the gold line."""
    first = next((row for row in rows if row.half is not None), None)
    if first is None or first.half is None:
        return []
    gold = at_hour(promise) if promise is not None else 0.63
    x = min(at_hour(first.half), gold - (svg.text_width(heads.half) / 2 + 14) / width)
    x = max(x, svg.text_width(heads.half) / 2 / width)
    end = at_hour(HOURS_LAST if first.ninth is None else first.ninth)
    y = max(end, gold + (svg.text_width(heads.ninth) / 2 + 14) / width)
    y = min(y, 1 - svg.text_width(heads.ninth) / 2 / width)
    return [svg.text(x, base, heads.half, "m b", style="fill:var(--on)"), svg.text(y, base, heads.ninth, "k m")]


def _axis(heads: Heads, floor: float, promise: float | None, *, inside: bool = False) -> list[str]:
    """`inside`: the first words begin at the edge instead of standing across it."""
    parts = []
    for hours, words in heads.ticks:
        gold = promise is not None and hours == promise
        parts.append(svg.line(at_hour(hours), floor, at_hour(hours), floor + 5))
        first = inside and hours == heads.ticks[0][0]
        cls = "au m" if gold else "g" if first else "g m"
        parts.append(svg.text(at_hour(hours), floor + 22, words, cls, dx=-10 if first else 0))
    return parts
