"""A cluster in space and time: what was found over what was expected, and in which of the days looked at."""

from nakhon_dash.figures import svg

BAR, STRIP, HEIGHT = 15.0, 8.0, 82.0
ROOM = 0.58  # share of the width that the longest bar takes; the numbers stand behind the bars
DASHED = "3 3"


def cluster(
    observed: float, expected: float, most: float, *, values: tuple[str, str], slots: int, window: tuple[int, int],
    ends: tuple[str, str], label: str, strong: bool,
) -> str:  # fmt: skip
    """`most` is the longest bar of all clusters shown, so that they compare; `window`: first and last of the `slots`
    (days or months) of the strip below, whose `ends` are named. Pale where it may be chance."""
    full, fade = ROOM / max(most, 1e-9), None if strong else 0.42
    parts = [
        svg.rect(0, 2, observed * full, BAR, fill="var(--accent)", opacity=fade),
        svg.text(observed * full, 2 + BAR - 3, values[0], "k b", dx=7),
        svg.rect(0, 23, expected * full, BAR, fill="none", stroke="var(--ink3)", stroke_dasharray=DASHED),
        svg.text(expected * full, 23 + BAR - 3, values[1], "g", dx=7),
    ]
    step = 1 / slots
    for slot in range(slots):
        inside = window[0] <= slot <= window[1]
        look = {"fill": "var(--accent)" if inside else "var(--line)", "opacity": fade if inside else None}
        parts.append(svg.rect((slot + 0.06) * step, 50, step * 0.88, STRIP, **look))
    parts += [svg.text(0, 76, ends[0], "g s13"), svg.text(1, 76, ends[1], "g e s13")]
    return svg.frame(svg.picture(label, HEIGHT, *parts))
