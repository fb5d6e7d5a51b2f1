"""Work over time: open cases as a line on top, received upwards and ended downwards below, on one axis of time.

Two scales of counts lie apart, each from its own 0; a period that is cut or not over is hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from nakhon_dash.figures import svg

LINE_TOP, LINE_FLOOR = 26.0, 74.0
UP_TOP, ZERO = 104.0, 148.0  # the longest bar is as long downwards as upwards
HEIGHT = 230.0
TICKS = 5
FEW = 8  # up to here every bar is named


@dataclass(frozen=True)
class Bar:
    """One period: its words on the axis, what came, what ended, open at its end; `hover` says all of it."""

    name: str
    received: int
    ended: int
    open: int
    whole: bool
    hover: str


@dataclass(frozen=True)
class Words:
    """Names at the marks: "ค้าง", "รับ", "จบ"."""

    open: str
    received: str
    ended: str


def flow_picture(bars: Sequence[Bar], start: int, words: Words, *, label: str, name: str = "flow") -> str:
    """`start`: open before the first bar. `name` keeps the hatch apart from others on the page."""
    step = 1 / len(bars)
    parts = [svg.hatch(f"hatch-{name}"), *_open(bars, start, words.open)]
    most = max(1, *(max(bar.received, bar.ended) for bar in bars))
    scale = (ZERO - UP_TOP) / most
    for i, bar in enumerate(bars):
        parts.append(_pair(bar, i * step + step * 0.12, step * 0.76, scale, f"url(#hatch-{name})"))
    parts.append(svg.line(0, ZERO, 1, ZERO))
    parts += _largest(bars, scale, words)
    parts += [_tick(bars, i) for i in _named(len(bars))]
    return svg.frame(svg.picture(label, HEIGHT, *parts), pad=5, cls="nk-flow")


def _open(bars: Sequence[Bar], start: int, words: str) -> list[str]:
    """The line through every end of a period; its first and last value are written."""
    values = [start, *(bar.open for bar in bars)]
    scale = (LINE_FLOOR - LINE_TOP) / max(1, *values)
    y = [LINE_FLOOR - value * scale for value in values]
    path = "M" + " L".join(f"{i} {svg.px(height)}" for i, height in enumerate(y))
    shade = f'<path d="{path} L{len(bars)} {svg.px(LINE_FLOOR)} L0 {svg.px(LINE_FLOOR)}Z" fill="var(--noise)"/>'
    stroke = 'fill="none" stroke="var(--ink)" stroke-width="2" vector-effect="non-scaling-stroke"'
    return [
        svg.stretched(0, LINE_FLOOR, len(bars), f'{shade}<path d="{path}" {stroke}/>'),
        svg.line(0, LINE_FLOOR, 1, LINE_FLOOR, "var(--line)"),
        svg.circle(1, y[-1], 4, fill="var(--ink)"),
        svg.text(0, min(y[: len(y) // 4 + 2]) - 8, f"{words} {start:,}", "k"),
        svg.text(1, min(y[-(len(y) // 6 + 2) :]) - 9, f"{values[-1]:,}", "k b e", dx=4),
    ]


def _pair(bar: Bar, x: float, width: float, scale: float, hatched: str) -> str:
    up = {"fill": "var(--accent)", "opacity": 0.55} if bar.whole else {"fill": hatched, "stroke": "var(--nd)"}
    down = {"fill": "var(--ink3)", "opacity": 0.75} if bar.whole else {"fill": hatched, "stroke": "var(--nd)"}
    shapes = [
        svg.rect(x, ZERO - bar.received * scale, width, bar.received * scale, **up),
        svg.rect(x, ZERO, width, bar.ended * scale, **down),
    ]
    return f"<g><title>{escape(bar.hover)}</title>{''.join(shapes)}</g>"


def _largest(bars: Sequence[Bar], scale: float, words: Words) -> list[str]:
    """The greatest of each is written at its bar, with the name of its kind."""
    parts = []
    for name, kind, y in (("received", words.received, -6.0), ("ended", words.ended, 16.0)):
        values = [int(getattr(bar, name)) for bar in bars]
        i = values.index(max(values))
        x, sign = (i + 0.5) / len(bars), -1 if name == "received" else 1
        anchor = "" if x < 0.25 else "e" if x > 0.75 else "m"
        place = i / len(bars) if x < 0.25 else (i + 1) / len(bars) if x > 0.75 else x
        parts.append(svg.text(place, ZERO + sign * values[i] * scale + y, f"{kind} {values[i]:,}", f"k {anchor}"))
    return parts


def _named(count: int) -> list[int]:
    if count <= FEW:
        return list(range(count))
    return sorted({round(i * (count - 1) / (TICKS - 1)) for i in range(TICKS)})


def _tick(bars: Sequence[Bar], i: int) -> str:
    """The ends stand inside the picture; what lies between goes where the column is narrow, but for the middle."""
    if i == 0 and len(bars) > FEW:
        return svg.text(0, HEIGHT - 4, bars[0].name, "g s13")
    if i == len(bars) - 1 and len(bars) > FEW:
        return svg.text(1, HEIGHT - 4, bars[-1].name, "g e s13")
    optional = "" if abs(i - (len(bars) - 1) / 2) <= 1 or (len(bars) <= FEW and i % 2 == 0) else "n520"
    return svg.text((i + 0.5) / len(bars), HEIGHT - 4, bars[i].name, f"g m s13 {optional}".strip())
