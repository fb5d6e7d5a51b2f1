"""Answers on a five-step scale as one stacked bar, the negative left, the middle the colour of paper."""

from collections.abc import Sequence

from nakhon_dash.figures import svg

FILLS = ("var(--h2)", "var(--h1)", "var(--noise)", "var(--s3)", "var(--s5)")
LETTERS = ("w", "k", "k", "k", "w")  # the class of the letters upon each fill
WRITTEN_FROM = 0.10


def likert_bar(shares: Sequence[float], *, label: str, low: str, high: str, digits: Sequence[str] | None = None) -> str:
    """`shares` from the lowest answer to the highest, summing to 1; `low` and `high` are written under the ends."""
    shown = digits or [f"{share * 100:.0f}%" for share in shares]
    parts, x = [], 0.0
    for share, fill, letters, words in zip(shares, FILLS, LETTERS, shown, strict=True):
        if share > 0:
            parts.append(svg.rect(x, 6, share, 24, fill=fill, stroke="var(--paper)", stroke_width=1.5))
        if share >= WRITTEN_FROM:
            parts.append(svg.text(x + share / 2, 23, words, f"m b {letters}"))
        x += share
    parts += [svg.text(0, 50, low, "g s13"), svg.text(1, 50, high, "g e s13")]
    return svg.frame(svg.picture(label, 58, *parts), cls="nk-likert")
