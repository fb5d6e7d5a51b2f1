"""Cases a day over the band that was to be expected; only days outside it are drawn at full strength."""

from collections.abc import Sequence

from nakhon_dash.figures import svg

TOP, FLOOR, HEIGHT = 16.0, 62.0, 84.0


def daily_bars(
    counts: Sequence[int],
    expected: Sequence[tuple[float, float] | None],
    *,
    label: str,
    first: str,
    last: str,
    note: tuple[int, str] | None = None,
) -> str:
    """`expected` holds a day's band, or None where none could be formed; `note` names one day (index, words)."""
    top = max([*counts, *(band[1] for band in expected if band), 1])
    scale, step = (FLOOR - TOP) / top, 1 / max(len(counts), 1)
    parts = [svg.stretched(0, FLOOR, len(counts), "".join(_bands(expected, scale)))]
    for i, (count, band) in enumerate(zip(counts, expected, strict=True)):
        outside = band is not None and not band[0] <= count <= band[1]
        bar = {"fill": "var(--accent)", "opacity": None if outside else 0.42}
        parts.append(svg.rect(i * step + step * 0.1, FLOOR - count * scale, step * 0.8, count * scale, **bar))
    if note:
        x, words = (note[0] + 0.5) * step, note[1]
        parts.append(svg.text(x, 12, words, "k s13 " + ("e" if x > 0.5 else ""), dx=-8 if x > 0.5 else 8))
    parts.append(svg.line(0, FLOOR, 1, FLOOR))
    parts += [svg.text(0, FLOOR + 18, first, "g s13"), svg.text(1, FLOOR + 18, last, "g e s13")]
    return svg.frame(svg.picture(label, HEIGHT, *parts), cls="nk-days")


def _bands(expected: Sequence[tuple[float, float] | None], scale: float) -> list[str]:
    """One path for each run of days with a band."""
    paths, run = [], list[tuple[int, float, float]]()
    for i, band in enumerate([*expected, None]):
        if band is not None:
            run.append((i, FLOOR - band[1] * scale, FLOOR - band[0] * scale))
        elif run:
            above = [f"{i} {svg.px(high)} {i + 1} {svg.px(high)}" for i, high, _low in run]
            below = [f"{i + 1} {svg.px(low)} {i} {svg.px(low)}" for i, _high, low in reversed(run)]
            paths.append(f'<path d="M{" L".join(above + below)}Z" fill="var(--noise)"/>')
            run = []
    return paths
