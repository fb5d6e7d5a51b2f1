"""The hour ruler: how long people wait, always on the same log axis from 1 hour to 20 days."""

from dataclasses import dataclass

from nakhon_dash.figures import svg
from nakhon_dash.figures.scale import HOURS_LAST, at_hour

BAR, AXIS, HEIGHT = 62.0, 84.0, 112.0
NARROWEST, WIDE = 240.0, 330.0  # px; labels are placed for a picture under and one over 330 px


@dataclass(frozen=True)
class Waits:
    """Hours within which so many in a hundred cases are closed; None = not reached."""

    p5: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p90: float | None
    p95: float | None


@dataclass(frozen=True)
class Words:
    """What is written: `half` and `ninth` beside their marks, the rest on the axis."""

    half: str
    ninth: str
    first: str  # "1 ชม."
    promise: str  # "48 ชม."
    before: str  # "เดิม 15 วัน", "" when there is no earlier promise


def hour_ruler(waits: Waits, words: Words, *, label: str, promise: float = 48, before: float | None = 360) -> str:
    """Pale 5–90 %, mid 25–75 %, bar at half, dot at 9 in 10; gold the promise, dashed what it was before."""
    gold = at_hour(promise)
    parts = [
        _band(waits.p5, waits.p95, 57, 10, "var(--on-soft)"),
        _band(waits.p25, waits.p75, 53, 18, "var(--on)", opacity=0.55),
        *_axis(words, gold, before),
        svg.promise_line(gold, 13, AXIS),
        *_half(waits, words, gold),
        *_ninth(waits, words, gold),
    ]
    return svg.frame(svg.picture(label, HEIGHT, *parts), pad=8, cls="nk-ruler")


def _band(first: float | None, last: float | None, y: float, height: float, fill: str, **more: object) -> str:
    """From `first` to `last`; an end that is not reached runs to the end of the ruler."""
    if first is None:
        return ""
    a, b = at_hour(first), at_hour(last if last is not None else HOURS_LAST)
    return svg.rect(a, y, b - a, height, fill=fill, **more)


def _axis(words: Words, gold: float, before: float | None) -> list[str]:
    parts = [svg.line(0, AXIS, 1, AXIS)]
    for hours, cls in ((1, ""), (6, ""), (12, ""), (24, "n330"), (120, "")):
        parts.append(svg.line(at_hour(hours), AXIS, at_hour(hours), AXIS + 5, cls=cls))
    parts.append(svg.text(0, AXIS + 21, words.first, "g", dx=-4))
    parts += [svg.text(at_hour(h), AXIS + 21, f"{h}", f"g m {cls}") for h, cls in ((6, ""), (12, ""), (24, "n330"))]
    parts.append(svg.text(gold, AXIS + 21, words.promise, "au m"))
    if before and words.before:
        x = at_hour(before)
        parts.append(svg.line(x, BAR - 8, x, AXIS + 5, stroke_width=1.5, stroke_dasharray="3 3"))
        parts.append(svg.text(1, AXIS + 21, words.before, "g e", dx=7))
    return parts


def _half(waits: Waits, words: Words, gold: float) -> list[str]:
    if waits.p50 is None:
        return [svg.text(1, 39, words.half, "k b e")]
    x = at_hour(waits.p50)
    bar = svg.line(x, BAR - 17, x, BAR + 13, "var(--ink)", stroke_width=3)
    return [bar, beside(x, 39, words.half, gold, "k b")]


def _ninth(waits: Waits, words: Words, gold: float) -> list[str]:
    """On the line of the other label when the gold line parts them, else one line higher."""
    if waits.p90 is None:
        return []
    x = at_hour(waits.p90)
    mark = svg.circle(x, BAR, 5.5, fill="var(--ink)")
    if waits.p90 >= HOURS_LAST:
        mark = svg.at(1, BAR, '<path d="M-7 -6 5 0 -7 6Z" fill="var(--ink)"/>')
    parted = waits.p50 is not None and (x > gold) != (at_hour(waits.p50) > gold)
    return [mark, beside(x, 39 if parted else 18, words.ninth, gold, "k")]


def beside(x: float, y: float, words: str, gold: float, cls: str) -> str:
    """A label at its mark that neither crosses the gold line nor leaves the picture, wide or narrow."""
    wide, narrow = _placed(x, words, gold, WIDE), _placed(x, words, gold, NARROWEST)
    if wide == narrow:
        return svg.text(wide[0], y, words, f"{cls} {wide[1]}", dx=wide[2])
    both = ((wide, "n330"), (narrow, "only330"))
    return "".join(svg.text(at, y, words, f"{cls} {anchor} {only}", dx=dx) for (at, anchor, dx), only in both)


def _placed(x: float, words: str, gold: float, picture: float) -> tuple[float, str, float]:
    """Place, anchor ("e" = the text ends there) and shift in px, for a picture of so many px."""
    width = (svg.text_width(words) + 4) / picture
    if x <= gold:
        shift = 8 if x < gold - 16 / picture else -10 if x > gold - 6 / picture else 0
        return (x, "e", shift) if x + shift / picture >= width else (0, "", -4)
    shift = -4 if x > gold + 16 / picture else 8
    return (x, "", shift) if x + width <= 1 + 8 / picture else (1, "e", 7)
