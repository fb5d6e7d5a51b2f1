"""A figure by month or year of receipt: quiet dots inside the limits of ordinary variation, strong ones outside.

Two such pictures stand above each other with the same margins, so that their columns agree. Shares lie on a stretch of
0 to 100 %, waiting times on the log ruler of every waiting time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Any

import plotly.graph_objects as go

from nakhon_dash.figures.scale import at_hour
from nakhon_dash.figures.theme import CSS, Palette, template
from nakhon_dash.figures.trend import fiscal_mark, month_names
from nakhon_dash.i18n import dates, t

Span = tuple[float, float]
MOST_NAMES = 13  # on the axis of a wide picture
UPPER, LOWER = 214, 230  # px, heights of the two pictures
TOP, UNDER_UPPER, UNDER_YEARS, UNDER = 20, 8, 34, 66  # px, margins
FISCAL_ROW = 54  # px below the axis, under two rows of names
WRITTEN = 6  # so many outside points are written at most, else the outermost two
HOURS = (1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 28, 32, 36, 42, 48, 60, 72, 96, 120, 168, 240,
         360, 480)  # fmt: skip
RULER = (1, 3, 6, 12, 24, 48, 96, 168, 360)
PROMISE = 48.0


@dataclass(frozen=True)
class Point:
    """One month or year. `value`, `ends` (interval) and `band` (limits) in the figure's unit, None where unknown.

    `ripe`: speaks for itself. `out`: outside the limits. `written` is the value in words, `hover` all of it.
    """

    first_day: date
    value: float | None
    ends: Span | None
    band: Span | None
    ripe: bool
    out: bool
    written: str
    hover: str


@dataclass(frozen=True)
class Scale:
    """Where a value stands: `at` its place, ticks with their words, the ends of the axis."""

    at: Any
    ticks: list[float]
    words: list[str]
    ends: Span


def share_scale(points: Sequence[Point]) -> Scale:
    """Per cent around everything drawn, whole tens or fives at the ticks."""
    low, high = _around(points, lambda share: share * 100)
    low, high = max(low, -2.0), min(high, 104.0)
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100) if (high - low) / s <= 5)
    ticks = [float(v) for v in range(ceil(low / step) * step, floor(min(high, 100) / step) * step + 1, step) if v >= 0]
    return Scale(lambda share: share * 100, ticks, [f"{v:.0f}%" for v in ticks], (low, high))


def hour_scale(points: Sequence[Point], lang: str, promise: str = "") -> Scale:
    """The log ruler, cut to what is drawn; hours, and days from three days on. `promise` is written at its own line."""
    low, high = _around(points, at_hour)
    inside = [hours for hours in HOURS if low <= at_hour(hours) <= high]
    named = [hours for hours in inside if hours in RULER]
    keep = named if len(named) > 2 else inside[:: max(1, ceil(len(inside) / 4))]
    keep = [hours for hours in keep if not (promise and hours == PROMISE)]
    words = [t("number.duration_hours", lang, value=f"{h:g}") if h < 72 else
             t("number.duration_days", lang, value=f"{h / 24:g}") for h in keep]  # fmt: skip
    return Scale(at_hour, [at_hour(h) for h in keep], words, (low, high))


def _around(points: Sequence[Point], at: Any) -> Span:  # noqa: ANN401
    drawn = [at(v) for p in points if p.value is not None for v in (p.value, *(p.ends or ()), *(p.band or ()))]
    low, high = min(drawn, default=0.0), max(drawn, default=1.0)
    room = max((high - low) * 0.16, abs(at(1.0) - at(0.98)) if high == low else 0.01)
    return low - room, high + room


def by_receipt(
    points: Sequence[Point],
    scale: Scale,
    lang: str,
    *,
    years: bool = False,
    fiscal_start: int = 10,
    names: Sequence[str] = (),
    promise: str = "",
    unripe: str = "",
    upper: bool = False,
    colours: Palette = CSS,
) -> go.Figure:
    """`names` stand on the axis instead of months; `promise` names the 48-hour line where it lies inside the scale.

    The `upper` of two pictures leaves the axis of time to the one below; `unripe` says what the hatch means.
    """
    figure = go.Figure(layout={"template": template(colours)})
    _hatch(figure, points, scale, unripe, colours)
    _band(figure, points, scale, colours)
    if promise and scale.ends[0] < scale.at(PROMISE) < scale.ends[1]:
        _promise(figure, scale.at(PROMISE), promise, colours)
    known = [(i, p) for i, p in enumerate(points) if p.value is not None]
    x, y = [i for i, _ in known], [scale.at(p.value) for _, p in known]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colours.nd, "width": 1.4}, hoverinfo="skip", name="line")
    _dots(figure, known, scale, colours)
    _written(figure, known, scale, len(points), colours)
    _axes(figure, points, scale, [] if upper else _shown(len(points), MOST_NAMES), lang, names)
    if upper or years:
        figure.update_layout(margin={"b": UNDER_UPPER if upper else UNDER_YEARS})
    starts = [] if years or upper else [i for i, p in enumerate(points) if i and p.first_day.month == fiscal_start]
    for i in starts:
        year = points[i].first_day.year + (fiscal_start > 1)
        fiscal_mark(
            figure,
            i,
            dates.fiscal_year_name(year, lang),
            i > len(points) * 0.7,
            colours,
            depth=FISCAL_ROW / (LOWER - TOP - UNDER),
        )
    return figure


def narrow(points: Sequence[Point], lang: str, names: Sequence[str] = (), *, upper: bool = False) -> dict[str, Any]:
    """Layout in columns under 520 px: four names at most; a finger that moves over the picture scrolls the page."""
    x = [] if upper else _shown(len(points), 6 if names else 4)
    return {"xaxis": {"tickvals": x, "ticktext": _names(points, x, lang, names)}, "dragmode": False,
            "margin": {"l": 50, "r": 12}}  # fmt: skip


def _shown(count: int, most: int) -> list[int]:
    """Every so many-th from the last."""
    step = max(1, ceil(count / most))
    return [i for i in range(count) if (count - 1 - i) % step == 0]


def _names(points: Sequence[Point], x: Sequence[int], lang: str, names: Sequence[str]) -> list[str]:
    return [names[i] for i in x] if names else month_names([points[i] for i in x], lang)


def _hatch(figure: go.Figure, points: Sequence[Point], scale: Scale, words: str, colours: Palette) -> None:
    """Behind what does not speak for itself yet: bars with a pattern, because shapes know no hatch."""
    x = [i for i, p in enumerate(points) if not p.ripe]
    if not x:
        return
    low, high = scale.ends
    pattern = {"shape": "/", "fgcolor": colours.hatch, "bgcolor": "rgba(0,0,0,0)", "size": 6, "solidity": 0.28}
    figure.add_bar(x=x, y=[high - low] * len(x), base=low, width=0.92, hoverinfo="skip", name="unripe",
                   marker={"color": "rgba(0,0,0,0)", "pattern": pattern, "line": {"width": 0}})  # fmt: skip
    if words:
        figure.add_annotation(x=x[-1] + 0.46, y=high, text=words, showarrow=False, xanchor="right", yanchor="bottom",
                              font={"size": 13, "color": colours.ink3})  # fmt: skip


def _band(figure: go.Figure, points: Sequence[Point], scale: Scale, colours: Palette) -> None:
    """A step for each point, because the limits are its own."""
    edges = [(i, scale.at(p.band[0]), scale.at(p.band[1])) for i, p in enumerate(points) if p.band]
    if not edges:
        return
    x = [v for i, _, _ in edges for v in (i - 0.5, i + 0.5)]
    y = [v for _, _, high in edges for v in (high, high)] + [v for _, low, _ in reversed(edges) for v in (low, low)]
    figure.add_scatter(x=x + x[::-1], y=y, fill="toself", fillcolor=colours.noise, mode="lines", line={"width": 0},
                       hoverinfo="skip", name="band")  # fmt: skip


def _promise(figure: go.Figure, y: float, words: str, colours: Palette) -> None:
    figure.add_shape(type="line", x0=0, x1=1, xref="paper", y0=y, y1=y, line={"color": colours.gold, "width": 2.2})
    figure.add_annotation(x=0, xref="paper", y=y, text=f"<b>{words}</b>", showarrow=False, xanchor="left",
                          yanchor="bottom", font={"color": colours.gold_text, "size": 14})  # fmt: skip


def _dots(figure: go.Figure, known: Sequence[tuple[int, Point]], scale: Scale, colours: Palette) -> None:
    y = [scale.at(p.value) for _, p in known]
    ends = [p.ends or (p.value, p.value) for _, p in known]
    above = [scale.at(high) - v for (_, high), v in zip(ends, y, strict=True)]
    below = [v - scale.at(low) for (low, _), v in zip(ends, y, strict=True)]
    edge = [colours.on if p.out else colours.nd for _, p in known]
    figure.add_scatter(
        x=[i for i, _ in known], y=y, mode="markers", name="points",
        marker={"size": [11 if p.out else 8 for _, p in known], "opacity": 1, "line": {"color": edge, "width": 2},
                "color": [c if p.ripe else colours.paper for c, (_, p) in zip(edge, known, strict=True)]},
        error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": colours.nd,
                 "thickness": 1.2, "width": 0},
        text=[p.hover for _, p in known], hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _written(figure: go.Figure, known: Sequence[tuple[int, Point]], scale: Scale, count: int, colours: Palette) -> None:
    """Values outside the limits in bold; the last that speaks for itself always, quiet when it is inside."""
    out = [(i, p) for i, p in known if p.out]
    if len(out) > WRITTEN:
        out = [min(out, key=lambda pair: pair[1].value or 0), max(out, key=lambda pair: pair[1].value or 0)]
    ripe = [(i, p) for i, p in known if p.ripe] or list(known)
    last = [ripe[-1]] if ripe and all(i != ripe[-1][0] for i, _ in out) else []
    first = [ripe[0]] if len(ripe) > 1 and all(i != ripe[0][0] for i, _ in out) else []
    for i, p in [*out, *first, *last]:
        low, high = p.ends or (p.value, p.value)
        under = p.out and p.band is not None and (p.value or 0) < p.band[0]
        anchor, shift = ("left", -10) if i == 0 else ("right", 10) if i == count - 1 else ("center", 0)
        words, colour = (f"<b>{p.written}</b>", colours.ink) if p.out else (p.written, colours.ink3)
        figure.add_annotation(x=i, y=scale.at(low if under else high), text=words, showarrow=False, xanchor=anchor,
                              xshift=shift, yanchor="top" if under else "bottom",
                              font={"color": colour, "size": 14})  # fmt: skip


def _axes(
    figure: go.Figure, points: Sequence[Point], scale: Scale, x: list[int], lang: str, names: Sequence[str]
) -> None:
    figure.update_xaxes(tickvals=x, ticktext=_names(points, x, lang, names), ticks="", showline=False, tickangle=0,
                        range=[-0.55, len(points) - 0.45], automargin=False)  # fmt: skip
    figure.update_yaxes(range=list(scale.ends), tickvals=scale.ticks, ticktext=scale.words, fixedrange=True,
                        automargin=False)  # fmt: skip
    figure.update_layout(margin={"l": 58, "r": 14, "t": TOP, "b": UNDER}, bargap=0)
