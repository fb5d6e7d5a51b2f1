"""How many of 100 residents are reached: a bar from the lower to the upper bound, the 100 dashed."""

from nakhon_dash.figures import svg

NARROWEST = 256.0


def reach_bar(
    lower: float | None, upper: float, *, label: str, lower_label: str, upper_label: str, hundred: str
) -> str:
    """Friends per 100 residents; without a lower bound the bar is a single mark at the upper one."""
    end = max(130.0, upper * 1.12)
    a, b, whole = (lower if lower is not None else upper) / end, upper / end, 100 / end
    parts = [
        svg.line(0, 34, 1, 34, "var(--line)", stroke_width=1.5),
        svg.rect(a, 24, b - a, 20, fill="var(--accent)", opacity=0.85),
        svg.line(b, 22, b, 46, "var(--accent)", stroke_width=2.4),
        svg.line(whole, 18, whole, 50, stroke_width=1.5, stroke_dasharray="3 3"),
        _upper(b, whole, upper_label),
        svg.text(0, 64, "0", "g s13"),
    ]
    if lower is not None:
        parts.append(svg.text(max(a, _half(lower_label) + 0.06), 64, lower_label, "k m s13"))
    parts.append(_hundred(b, whole, hundred))
    return svg.frame(svg.picture(label, 68, *parts), pad=2, cls="nk-reach")


def _half(words: str) -> float:
    return svg.text_width(words, 13) / 2 / NARROWEST


def _upper(b: float, whole: float, words: str) -> str:
    """Over the upper end, on the side away from the dashed 100."""
    side = "e" if b <= whole else ""
    return svg.text(max(b, 2 * _half(words)) if side else b, 14, words, f"k s13 {side}", dx=0)


def _hundred(b: float, whole: float, words: str) -> str:
    """Centred above its line where that is free, else above on the side away from the bar's end."""
    if abs(whole - b) > _half(words) + 0.01:
        return svg.text(whole, 14, words, "g m s13")
    if b > whole:
        return svg.text(whole, 14, words, "g e s13", dx=-4)
    if whole + 2 * _half(words) > 1:
        return svg.text(1, 14, words, "g e s13", dx=2)
    return svg.text(whole, 14, words, "g s13", dx=4)
