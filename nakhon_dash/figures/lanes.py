"""Breach lanes: which open cases fall due in the next hours, one lane a department, one dot a case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from nakhon_dash.figures import svg
from nakhon_dash.figures.svg import text_width, wrapped

LIKELY, EITHER = 0.6, 0.35  # full dot from here, half dot from here, ring below
MOST_DOTS = 40  # in one lane; more become columns an hour wide
GAP = 13.0  # px between dots that would overlap
EXPECTED_BESIDE = 0.885  # right edge of the expected numbers when another column stands beside them
WHOLE = 240.0  # px that all lanes together take on a desk, if that keeps them close


@dataclass(frozen=True)
class Lane:
    """`dots`: (hours from now until due, probability of being late); `expected` is their sum as written.

    `saved` is how many of those can still be saved, `both` the two numbers in one line for a phone; "" = not shown.
    """

    name: str
    dots: tuple[tuple[float, float], ...]
    expected: str
    saved: str = ""
    both: str = ""


@dataclass(frozen=True)
class Layout:
    """Shares of the width where the lanes run, and between how many px the picture is this wide."""

    left: float
    right: float
    narrowest: float
    widest: float
    name_above: bool


DESK = Layout(0.185, 0.86, 560, 780, name_above=False)
SLIM = Layout(0.02, 0.84, 310, 310, name_above=True)


def breach_lanes(
    lanes: Sequence[Lane],
    *,
    label: str,
    ticks: Sequence[tuple[float, str]],
    expected_head: str,
    saved_head: str = "",
    hours: float = 24,
    name: str = "ahead",
) -> str:
    """`ticks`: (hours from now, words), first and last at the ends. Drawn for desk and phone; the width chooses.

    With `saved_head` a second column of numbers stands at the right.
    """
    wide, narrow = (replace(DESK, right=0.78), replace(SLIM, right=0.98)) if saved_head else (DESK, SLIM)
    desk = _draw(lanes, wide, label, ticks, (expected_head, saved_head), hours, f"{name}-desk")
    slim = _draw(lanes, narrow, label, ticks, ("", ""), hours, f"{name}-slim")
    return svg.frame(desk, slim, cls="nk-lanes")


def _draw(
    lanes: Sequence[Lane],
    at: Layout,
    label: str,
    ticks: Sequence[tuple[float, str]],
    heads: tuple[str, str],
    hours: float,
    name: str,
) -> str:
    spread = [_levels(lane.dots, at, hours) for lane in lanes]
    heights = [_height(levels, at, len(lane.dots)) for lane, levels in zip(lanes, spread, strict=True)]
    if lanes and not at.name_above:  # few lanes share the room that many would take
        heights = [h + min(max(WHOLE - sum(heights), 0) / len(lanes), 30) for h in heights]
    y, rows, parts = 22.0, [], []
    for i, (lane, levels, height) in enumerate(zip(lanes, spread, heights, strict=True)):
        rows.append(_lane(lane, at, y, height, levels, hours, f"{name}-{i}"))
        y += height
    bottom = y + 2
    parts += _ticks(ticks, at, hours, bottom)
    expected, saved = heads
    parts.append(svg.text(EXPECTED_BESIDE if saved else 1, 14, expected, "g e"))
    parts.append(svg.text(1, 14, saved, "k b e") if saved else "")
    return svg.picture(label, bottom + 2, *parts, *rows, cls="nk-slim" if at.name_above else "nk-desk")


def _ticks(ticks: Sequence[tuple[float, str]], at: Layout, hours: float, bottom: float) -> list[str]:
    """Lines down the lanes; words that would meet others are left out, or hidden while the column is narrow."""
    places = [at.left + (at.right - at.left) * hour / hours for hour, _ in ticks]
    parts = [svg.line(x, 22, x, bottom, "var(--line)") for x in places]
    if at.name_above:
        places[0] = 0
    always, wide = _apart(ticks, places, at.narrowest), _apart(ticks, places, at.widest)
    for i, (x, (_, words)) in enumerate(zip(places, ticks, strict=True)):
        if i in wide:
            cls = "g" if i == 0 else "g e" if i == len(ticks) - 1 else "g m"
            parts.append(svg.text(x, 14, words, cls if i in always else f"{cls} n780"))
    return parts


def _apart(ticks: Sequence[tuple[float, str]], places: Sequence[float], width: float) -> set[int]:
    """Which words can stand in a picture of `width` px: first and last always, others where they are clear of both."""
    lengths = [text_width(words) for _, words in ticks]
    last = len(ticks) - 1
    kept, free, wall = {0, last}, places[0] * width + lengths[0] + 6, places[last] * width - lengths[last] - 6
    for i in range(1, last):
        middle, half = places[i] * width, lengths[i] / 2
        if middle - half >= free and middle + half <= wall:
            kept.add(i)
            free = middle + half + 6
    return kept


def _levels(dots: Sequence[tuple[float, float]], at: Layout, hours: float) -> list[int]:
    """How far each dot steps off the line (0, +1, −1, +2 …) so that none covers another."""
    if len(dots) > MOST_DOTS:
        return []
    plot = (at.right - at.left) * at.narrowest
    taken: dict[int, float] = {}
    levels = []
    for hour, _probability in sorted(dots):
        x = hour / hours * plot
        order = [0, *(k * sign for k in range(1, 12) for sign in (1, -1))]
        level = next((k for k in order if x - taken.get(k, -1e9) >= GAP + 2), 0)
        taken[level] = x
        levels.append(level)
    return levels


def _height(levels: list[int], at: Layout, n: int) -> float:
    spread = max((abs(level) for level in levels), default=0)
    need = (2 * spread + 1) * GAP + 12 if n <= MOST_DOTS else 44
    return max(need, 36) if not at.name_above else max(need, 30) + 22


def _lane(lane: Lane, at: Layout, top: float, height: float, levels: list[int], hours: float, name: str) -> str:
    middle = top + height / 2 + (11 if at.name_above else 4)
    parts = [svg.line(at.left, middle, at.right, middle, "var(--line)", stroke_width=1.4)]
    if at.name_above:
        parts.append(svg.text(0, top + 18, lane.name, "k b"))
    else:
        rows = [lane.name] if text_width(lane.name) < 128 else wrapped(lane.name, 118)
        parts.append(svg.lines_of_text(0, middle, rows, "k", leading=17))
    if levels or not lane.dots:
        parts += [
            dot(at.left + (at.right - at.left) * hour / hours, middle + level * GAP, probability)
            for (hour, probability), level in zip(sorted(lane.dots), levels, strict=True)
        ]
    else:
        parts += _columns(lane.dots, at, middle + 16, hours, name)
    return "".join(parts) + _numbers(lane, at, top, middle + 6)


def _numbers(lane: Lane, at: Layout, top: float, y: float) -> str:
    if not lane.saved:
        return svg.text(1, y, lane.expected, "k b e s17")
    if at.name_above:
        return svg.text(1, top + 18, lane.both, "k e")
    return svg.text(EXPECTED_BESIDE, y, lane.expected, "e s17") + svg.text(1, y, lane.saved, "k b e s17")


def dot(x: float, y: float, probability: float) -> str:
    """Full = probably late, half = could go either way, ring = probably on time."""
    if probability >= LIKELY:
        return svg.circle(x, y, 7, fill="var(--late)")
    if probability >= EITHER:
        ring = '<circle r="6.2" fill="var(--late-soft)" stroke="var(--late)" stroke-width="1.8"/>'
        return svg.at(x, y, ring + '<path d="M0 -6.2A6.2 6.2 0 0 0 0 6.2Z" fill="var(--late)"/>')
    return svg.circle(x, y, 6, fill="var(--paper)", stroke="var(--nd)", stroke_width=2)


def _columns(dots: Sequence[tuple[float, float]], at: Layout, floor: float, hours: float, name: str) -> list[str]:
    """Too many cases for dots: a column an hour, full part probably late, soft part either, hatched the rest."""
    bins = [[0, 0, 0] for _ in range(int(hours))]
    for hour, probability in dots:
        bins[min(int(hour), len(bins) - 1)][0 if probability >= LIKELY else 1 if probability >= EITHER else 2] += 1
    most, width = max(sum(row) for row in bins), (at.right - at.left) / len(bins)
    fills = ("var(--late)", "var(--late-soft)", f"url(#hatch-{name})")
    parts = [svg.hatch(f"hatch-{name}")]
    for i, row in enumerate(bins):
        base = floor
        for n, fill, edge in zip(row, fills, ("none", "var(--late)", "var(--nd)"), strict=True):
            height = 34 * n / most
            base -= height
            if n:
                parts.append(svg.rect(at.left + i * width, base, width * 0.86, height, fill=fill, stroke=edge))
    return parts


def dots_key(probably: str, either: str, unlikely: str, note: str = "") -> str:
    """The key that stands on the lanes, because their symbols repeat."""
    marks = zip((probably, either, unlikely), (1.0, 0.5, 0.0), strict=True)
    rows = [
        f'<span><svg width="16" height="16" aria-hidden="true">{dot(0.5, 8, p)}</svg>{escape(words)}</span>'
        for words, p in marks
    ]
    return f'<div class="nk-key">{"".join(rows)}{f"<em>{escape(note)}</em>" if note else ""}</div>'
