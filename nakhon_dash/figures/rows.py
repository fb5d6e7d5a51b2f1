"""Rows of a small picture: a name that may wrap, a stretch of one common scale, a value. HTML around SVG lanes."""

from collections.abc import Sequence
from html import escape

from nakhon_dash.figures import scale, svg

LANE = 40.0  # px; two lines of a name fit
STEPS = (0.01, 0.02, 0.05, 0.1)  # of a scale of shares
PAD = 7.0  # px beside a lane, so that a mark at its end is whole


def stretch(values: Sequence[float], most: int = 6) -> tuple[float, float, float]:
    """Ends and step of a scale of shares around all values: the finest step with at most `most` steps."""
    for step in STEPS:
        low, high = scale.share_stretch(list(values), step)
        if round((high - low) / step) <= most:
            return low, high, step
    return low, high, step


def width_of(values: Sequence[str]) -> float:
    """Pixels for the column of values: one width for all rows, or their lanes would not lie above one another."""
    return max((svg.text_width(value) for value in values), default=0.0) + 4


def _grid(width: float) -> str:
    columns = f"minmax(92px,32%) minmax(0,1fr) {svg.px(width)}px"
    return f"display:grid;grid-template-columns:{columns};column-gap:14px;align-items:center"


def row(name: str, lane: str, value: str, width: float, *, strong: bool = False, note: str = "") -> str:
    """`lane` is what `lane()` made; `note` stands small under the value, which has `width` pixels."""
    weight = "font-weight:600;color:var(--ink)" if strong else "color:var(--ink2)"
    under = f'<br><span style="font-size:13px;color:var(--ink3);font-weight:400">{escape(note)}</span>' if note else ""
    return (f'<div style="{_grid(width)};font-size:14px;line-height:1.35;min-height:{svg.px(LANE)}px">'
            f'<span style="{weight}">{escape(name)}</span>{lane}'
            f'<span style="{weight};text-align:right">{escape(value)}{under}</span></div>')  # fmt: skip


def lane(*parts: str) -> str:
    return svg.frame(svg.picture("", LANE, *parts), pad=PAD)


def axis(low: float, high: float, step: float, width: float) -> str:
    """The scale under the rows, its ends always written."""
    ticks = scale.share_ticks(low, high, step, most=4)
    parts = [svg.line(0, 1, 1, 1)]
    for i, tick in enumerate(ticks):
        x = (tick - low) / (high - low)
        anchor = "" if i == 0 else "e" if i == len(ticks) - 1 else "m n190"
        shift = -PAD if i == 0 else PAD if i == len(ticks) - 1 else 0
        parts.append(svg.line(x, 1, x, 6, cls="n190" if anchor == "m n190" else ""))
        parts.append(svg.text(x, 21, f"{tick * 100:.0f}%", f"g s13 {anchor}", dx=shift))
    drawn = svg.frame(svg.picture("", 26, *parts), pad=PAD)
    return f'<div style="{_grid(width)}"><span></span>{drawn}<span></span></div>'


def rows(label: str, *parts: str, cls: str = "nk-rowed") -> str:
    """All rows as one picture; `label` says the finding."""
    return f'<div class="{cls}" role="img" aria-label="{escape(label)}" style="margin:6px 0 2px">{"".join(parts)}</div>'
