"""Shares on time now and with more crews, under the check of the model: dots with intervals on one stretch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nakhon_dash.figures import scale, svg

ROW, TOP, AXIS = 50.0, 6.0, 24.0


@dataclass(frozen=True)
class Row:
    """`value` with its interval; `actual` is drawn as a diamond, what really happened; `strong` = the answer."""

    name: str
    value: float
    low: float
    high: float
    written: str
    actual: float | None = None
    strong: bool = False


def staffing_rows(rows: Sequence[Row], *, label: str) -> str:
    """One row each, its name above its line; all on the same stretch of shares, whose ends are printed."""
    shown = [v for row in rows for v in (row.value, row.low, row.high, row.actual) if v is not None]
    first, last = scale.share_stretch(shown)

    def x(share: float) -> float:
        return (share - first) / (last - first)

    bottom = TOP + ROW * len(rows)
    parts = []
    for tick, anchor in zip((first, (first + last) / 2, last), ("", "m", "e"), strict=True):
        parts.append(svg.line(x(tick), TOP + 22, x(tick), bottom, "var(--line)"))
        parts.append(svg.text(x(tick), bottom + 17, f"{tick * 100:.3g}%", f"g {anchor}"))
    for i, row in enumerate(rows):
        parts += _row(row, TOP + ROW * i, x)
    return svg.frame(svg.picture(label, bottom + AXIS, *parts), pad=8, cls="nk-staffing")


def _row(row: Row, top: float, x: Callable[[float], float]) -> list[str]:
    middle, colour = top + 36, "var(--on)" if row.strong else "var(--nd)"
    parts = [
        svg.text(0, top + 16, row.name, "k b" if row.strong else "k", dx=-6),
        svg.text(1, top + 16, row.written, "k b e" if row.strong else "e", dx=6),
        svg.line(x(row.low), middle, x(row.high), middle, colour, stroke_width=3),
        svg.circle(x(row.value), middle, 6.5, fill=colour),
    ]
    if row.actual is not None:
        parts.append(svg.diamond(x(row.actual), middle, 5, 9, fill="var(--ink)"))
    return parts
