"""Weekday by hour of receipt: one cell an hour, darker = more, with the figure of the whole day at the row's end.

A cell that stands on too few cases is hatched, one whose value is not known yet only outlined: neither looks like 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from nakhon_dash.figures import svg

STEPS = 6
LEFT, RIGHT = 0.1, 0.83  # the cells' share of the width; names stand before, figures behind
TOP, ROW, CELL, GAP = 24.0, 27.0, 25.0, 9.0
HATCH = "nk-hatch-week"
BEFORE_GAP = 5  # rows from Monday to the gap
TICKS = (0, 6, 12, 18)
UNKNOWN = 'fill="none" stroke="var(--nd)" stroke-dasharray="2 2"'


@dataclass(frozen=True)
class Cell:
    """`step` 0 (least) to 5 (most); FEW or OPEN where there is none. `title` is shown on pointing."""

    step: int
    title: str


FEW, OPEN = -1, -2


@dataclass(frozen=True)
class Row:
    name: str
    figure: str
    bold: bool
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Words:
    """`low` and `high` name the ends of the scale ("" = no scale), `figure` heads the row ends, `open` may be ""."""

    low: str
    high: str
    few: str
    open: str
    figure: str
    ticks: Sequence[str]


def sixths(values: np.ndarray) -> np.ndarray:
    """The five limits between six classes of equal width; the outer twentieths do not stretch them. Empty without any.

    Values are classed by `np.searchsorted(limits, value, side="right")`.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(0)
    low, high = np.quantile(known, (0.05, 0.95))
    return np.linspace(low, high, STEPS + 1)[1:-1]


def week_heatmap(rows: Sequence[Row], words: Words, *, label: str) -> str:
    """Seven rows from Monday, a gap before Saturday, then the scale."""
    parts = [svg.hatch(HATCH), *_head(words)]
    for i, row in enumerate(rows):
        parts.append(_row(row, TOP + i * ROW + (GAP if i >= BEFORE_GAP else 0)))
    height = TOP + len(rows) * ROW + GAP
    return svg.frame(svg.picture(label, height, *parts), _key(rows, words), cls="nk-week")


def _head(words: Words) -> list[str]:
    step = (RIGHT - LEFT) / 24
    ticks = [svg.text(LEFT + hour * step, 15, shown, "g s13") for hour, shown in zip(TICKS, words.ticks, strict=True)]
    return [*ticks, svg.text(1, 15, words.figure, "g s13 e")]


def _row(row: Row, y: float) -> str:
    weight = "k b" if row.bold else ""
    step = (RIGHT - LEFT) / len(row.cells)
    cells = (_cell(cell, LEFT + i * step, y, step) for i, cell in enumerate(row.cells))
    base = y + CELL / 2 + 5
    return svg.text(0, base, row.name, weight) + "".join(cells) + svg.text(1, base, row.figure, f"{weight} e")


def _cell(cell: Cell, x: float, y: float, width: float) -> str:
    place = f'x="{svg.pct(x)}" y="{svg.px(y)}" width="{svg.pct(width)}" height="{svg.px(CELL)}"'
    return f"<rect {place} {_paint(cell.step)}><title>{escape(cell.title)}</title></rect>"


def _paint(step: int) -> str:
    if step == OPEN:
        return UNKNOWN
    fill = f"url(#{HATCH})" if step == FEW else f"var(--s{step + 1})"
    return f'fill="{fill}" stroke="var(--paper)"'


def _key(rows: Sequence[Row], words: Words) -> str:
    """What the shades and textures mean; only those that occur."""
    seen = {cell.step for row in rows for cell in row.cells}
    parts = []
    if words.low and seen - {FEW, OPEN}:
        scale = "".join(f'<rect x="{i * 18}" width="18" height="13" {_paint(i)}/>' for i in range(STEPS))
        bar = f'<svg width="{STEPS * 18}" height="13" aria-hidden="true">{scale}</svg>'
        parts.append(f"<span>{escape(words.low)}{bar}{escape(words.high)}</span>")
    for step, said in ((FEW, words.few), (OPEN, words.open)):
        if step in seen:
            box = f'<rect x=".5" y=".5" width="17" height="12" {_paint(step)}/>'
            parts.append(f'<span><svg width="18" height="13" aria-hidden="true">{box}</svg>{escape(said)}</span>')
    return f'<div class="nk-key">{"".join(parts)}</div>'
