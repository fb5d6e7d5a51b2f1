"""Who holds the open cases: a bar each, past due solid, not yet due hatched, from the same 0."""

from collections.abc import Sequence
from dataclasses import dataclass

from nakhon_dash.figures import svg

ROW, BAR = 26.0, 14.0
NAME, COUNT = 0.40, 0.12  # shares of the width


@dataclass(frozen=True)
class Holder:
    """`late` of the open cases are past due, `waiting` are not (or have no due time)."""

    name: str
    late: int
    waiting: int


def holder_bars(rows: Sequence[Holder], *, label: str, name: str = "holders") -> str:
    """In the order given; the number past due is written in its colour, then all that are open."""
    most = max((row.late + row.waiting for row in rows), default=0) or 1
    parts = [svg.hatch(f"hatch-{name}")]
    for i, row in enumerate(rows):
        parts += _row(row, i * ROW, (1 - NAME - COUNT) / most, f"url(#hatch-{name})")
    return svg.frame(svg.picture(label, ROW * len(rows), *parts), cls="nk-age")


def _row(row: Holder, y: float, scale: float, hatched: str) -> list[str]:
    middle, top = y + ROW / 2 + 5, y + (ROW - BAR) / 2
    late = row.late * scale
    parts = [svg.text(0, middle, row.name, "k")]
    if row.late:
        parts.append(svg.rect(NAME, top, late, BAR, fill="var(--late)"))
    if row.waiting:
        parts.append(svg.rect(NAME + late, top, row.waiting * scale, BAR, fill=hatched, stroke="var(--nd)"))
    end = NAME + (row.late + row.waiting) * scale
    parts.append(svg.text(end, middle, f"{row.late:,}", "lt b", dx=8))
    parts.append(svg.text(end, middle, f"/ {row.late + row.waiting:,}", "g", dx=14 + svg.text_width(f"{row.late:,}")))
    return parts
