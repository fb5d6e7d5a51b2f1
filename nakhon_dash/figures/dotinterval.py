"""An estimate as a dot with its interval on a stretch of the scale, beside the value before and the noise band."""

from collections.abc import Sequence

from nakhon_dash.figures import scale, svg

ROW, AXIS, HEIGHT = 36.0, 56.0, 82.0


def dot_interval(
    value: float,
    low: float,
    high: float,
    *,
    label: str,
    previous: float | None = None,
    previous_label: str = "",
    noise: tuple[float, float] | None = None,
    ends: tuple[float, float] | None = None,
) -> str:
    """Shares (0 to 1). `previous_label` is written above its ring; the ends of the scale are always printed."""
    shown = [value, low, high, *([previous] if previous is not None else []), *(noise or ())]
    first, last = ends or scale.share_stretch(shown)

    def x(share: float) -> float:
        return (share - first) / (last - first)

    parts = []
    if noise:
        parts.append(svg.rect(x(noise[0]), 24, x(noise[1]) - x(noise[0]), 24, fill="var(--noise)"))
    parts += _axis(first, last)
    parts.append(svg.line(x(low), ROW, x(high), ROW, "var(--on)", stroke_width=3))
    parts += [svg.line(x(end), ROW - 7, x(end), ROW + 7, "var(--on)", stroke_width=2) for end in (low, high)]
    if previous is not None:
        parts.append(svg.circle(x(previous), ROW, 5.5, fill="var(--paper)", stroke="var(--nd)", stroke_width=2.2))
        parts.append(svg.text(_inside(x(previous), previous_label), 12, previous_label, "g m s13"))
    parts.append(svg.circle(x(value), ROW, 7, fill="var(--on)"))
    return svg.frame(svg.picture(label, HEIGHT, *parts), pad=4, cls="nk-dot")


def _axis(first: float, last: float) -> Sequence[str]:
    ticks = scale.share_ticks(first, last)
    parts = [svg.line(0, AXIS, 1, AXIS)]
    for i, tick in enumerate(ticks):
        place = (tick - first) / (last - first)
        end = i in (0, len(ticks) - 1)
        cls = "g" if i == 0 else "g e" if end else "g m n190"
        parts.append(svg.line(place, AXIS, place, AXIS + 5, cls="" if end else "n190"))
        parts.append(svg.text(place, AXIS + 20, f"{tick * 100:.0f}%", cls))
    return parts


def _inside(place: float, words: str, narrowest: float = 150) -> float:
    """Where a centred text may stand so that a narrow picture does not cut it."""
    half = min(svg.text_width(words, 13) / 2 / narrowest, 0.5)
    return min(max(place, half), 1 - half)
