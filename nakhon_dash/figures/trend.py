"""The promise by month of receipt: dots with whiskers over the band of ordinary noise; unripe months are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import plotly.graph_objects as go

from nakhon_dash.figures.theme import CSS, Palette, template
from nakhon_dash.i18n import dates, t
from nakhon_dash.i18n.numbers import share, share_span


class Dated(Protocol):
    """Anything that stands for a month."""

    @property
    def first_day(self) -> date: ...


@dataclass(frozen=True)
class Month:
    """Share answered on time of the cases received in a month, with its interval and the limits of noise.

    `value` None: nobody due yet. `mature` False: less than 90 % of the month's cases are due.
    """

    first_day: date
    value: float | None
    low: float | None
    high: float | None
    n: int
    band: tuple[float, float] | None = None
    mature: bool = True


def monthly_trend(months: Sequence[Month], lang: str, *, fiscal_start: int = 10, colours: Palette = CSS) -> go.Figure:
    """Shares in per cent over months in order; Buddhist years in Thai, a mark where the fiscal year begins."""
    figure = go.Figure(layout={"template": template(colours)})
    known = [(i, m) for i, m in enumerate(months) if m.value is not None]
    low, high = _range(months)
    _hatch(figure, months, (low, high), lang, colours)
    _band(figure, months, colours)
    ripe = [(i, m) for i, m in known if m.mature]
    unripe = [(i, m) for i, m in known if not m.mature]
    if ripe and unripe:
        _line(figure, [ripe[-1], *unripe], colours, dash="2px 5px", name="link")
    _line(figure, ripe, colours, dash="solid", name="line")
    _dots(figure, known, lang, colours)
    _labels(figure, ripe or known, len(months) - 1, colours)
    _axes(figure, months, lang, fiscal_start, (low, high), colours)
    return figure


def narrow_layout(months: Sequence[Month], lang: str) -> dict[str, Any]:
    """What changes in columns under 520 px: every third month is named, less room at the sides."""
    shown = [i for i in range(len(months)) if (len(months) - 1 - i) % 3 == 0]
    ticks = {"tickvals": shown, "ticktext": month_names([months[i] for i in shown], lang)}
    # a finger that moves over the picture scrolls the page
    return {"xaxis": ticks, "dragmode": False, "margin": {"l": 40, "r": 14, "t": 20, "b": 50}}


def month_names(months: Sequence[Dated], lang: str) -> list[str]:
    """Short names, the year under each first of its year."""
    rows, written = [], None
    for month in months:
        day = month.first_day
        year = "" if day.year == written else f"<br>{dates.year(day.year, lang)}"
        written = day.year
        rows.append(dates.month_short(day.month, lang) + year)
    return rows


def _range(months: Sequence[Month]) -> tuple[float, float]:
    """Ends of the value axis in per cent: around everything drawn, with room for the written values."""
    ends = [v for m in months for v in (m.low, m.high, *(m.band or ())) if v is not None] or [0.0, 1.0]
    low, high = min(ends) * 100, max(ends) * 100
    room = max((high - low) * 0.12, 1.5)
    return max(low - room, 0.0), min(high + room, 103.0)


def _hatch(figure: go.Figure, months: Sequence[Month], ends: tuple[float, float], lang: str, colours: Palette) -> None:
    """Behind everything, for the unripe months: bars with a pattern, because shapes know no hatch."""
    x = [i for i, m in enumerate(months) if not m.mature]
    if not x:
        return
    pattern = {"shape": "/", "fgcolor": colours.hatch, "bgcolor": "rgba(0,0,0,0)", "size": 6, "solidity": 0.28}
    marker = {"color": "rgba(0,0,0,0)", "pattern": pattern, "line": {"width": 0}}
    figure.add_bar(x=x, y=[ends[1] - ends[0]] * len(x), base=ends[0], width=0.92, marker=marker, hoverinfo="skip",
                   name="unripe")  # fmt: skip
    figure.add_annotation(x=x[-1] + 0.46, y=ends[1], text=t("figure.unripe", lang), showarrow=False, xanchor="right",
                          yanchor="bottom", font={"size": 13, "color": colours.ink3})  # fmt: skip


def _band(figure: go.Figure, months: Sequence[Month], colours: Palette) -> None:
    rows = [(i, m.band) for i, m in enumerate(months) if m.band]
    if not rows:
        return
    x = [i for i, _ in rows]
    outline = [band[1] * 100 for _, band in rows] + [band[0] * 100 for _, band in reversed(rows)]
    figure.add_scatter(x=x + x[::-1], y=outline, fill="toself", fillcolor=colours.noise, mode="lines", opacity=0.75,
                       line={"width": 0}, hoverinfo="skip", name="band")  # fmt: skip


def _line(figure: go.Figure, rows: list[tuple[int, Month]], colours: Palette, *, dash: str, name: str) -> None:
    x, y = [i for i, _ in rows], [m.value * 100 for _, m in rows if m.value is not None]
    figure.add_scatter(x=x, y=y, mode="lines", line={"color": colours.on, "width": 2.4, "dash": dash},
                       hoverinfo="skip", name=name)  # fmt: skip


def _dots(figure: go.Figure, rows: list[tuple[int, Month]], lang: str, colours: Palette) -> None:
    values = [(m.value or 0) * 100 for _, m in rows]
    above = [(m.high or m.value or 0) * 100 - v for v, (_, m) in zip(values, rows, strict=True)]
    below = [v - (m.low if m.low is not None else m.value or 0) * 100 for v, (_, m) in zip(values, rows, strict=True)]
    figure.add_scatter(
        x=[i for i, _ in rows],
        y=values,
        mode="markers",
        marker={"size": 9, "color": [colours.on if m.mature else colours.paper for _, m in rows],
                "line": {"color": colours.on, "width": 2}},
        error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below, "color": colours.on,
                 "thickness": 1.4, "width": 0},
        text=[_hover(month, lang) for _, month in rows],
        hovertemplate="%{text}<extra></extra>",
        name="months",
    )  # fmt: skip


def _hover(month: Month, lang: str) -> str:
    name = f"{dates.month_short(month.first_day.month, lang)} {dates.year(month.first_day.year, lang)}"
    spread = ""
    if month.low is not None and month.high is not None:
        spread = f" ({share_span(month.low, month.high, lang, month.n)})"
    ripe = "" if month.mature else f"<br>{t('figure.unripe_long', lang)}"
    return f"<b>{name}</b><br>{share(month.value or 0, month.n)}{spread}<br>n = {month.n:,}{ripe}"


def _labels(figure: go.Figure, rows: list[tuple[int, Month]], last: int, colours: Palette) -> None:
    """First, highest and last value written at their dots, on the side that the line leaves free."""
    if not rows:
        return
    values = [month.value or 0 for _, month in rows]
    for k in sorted({0, values.index(max(values)), len(rows) - 1}):
        i, month = rows[k]
        beside = values[max(k - 1, 0) : k] + values[k + 1 : k + 2]
        under = max(beside, default=0) > (month.high if month.high is not None else values[k])
        end = month.low if under else month.high
        side = {"xanchor": "left", "xshift": -12} if i == 0 else {"xanchor": "right", "xshift": 12} if i == last else {}
        figure.add_annotation(x=i, y=(end if end is not None else values[k]) * 100, showarrow=False,
                              text=f"<b>{share(values[k], month.n)}</b>", yanchor="top" if under else "bottom",
                              font={"color": colours.ink, "size": 14}, **side)  # fmt: skip


def _axes(
    figure: go.Figure,
    months: Sequence[Month],
    lang: str,
    fiscal_start: int,
    ends: tuple[float, float],
    colours: Palette,
) -> None:
    figure.update_xaxes(tickvals=list(range(len(months))), ticktext=month_names(months, lang), ticks="", showline=False,
                        range=[-0.55, len(months) - 0.45], automargin=False)  # fmt: skip
    figure.update_yaxes(range=list(ends), ticksuffix="%", fixedrange=True)
    figure.update_layout(margin={"l": 46, "r": 14, "t": 22, "b": 50}, bargap=0)
    start = next((i for i, m in enumerate(months) if i > 0 and m.first_day.month == fiscal_start), None)
    if start is not None:
        year = months[start].first_day.year + (fiscal_start > 1)
        fiscal_mark(figure, start, dates.fiscal_year_name(year, lang), start > len(months) - 5, colours)


def fiscal_mark(figure: go.Figure, month: int, words: str, at_end: bool, colours: Palette, depth: float = 0.16) -> None:
    """A tick below the axis where the fiscal year begins; its name stands left of it where the right has no room.

    `depth`: how far down it reaches, as a share of the picture's height inside the margins.
    """
    x, grey = month - 0.5, colours.ink3
    figure.add_shape(type="line", x0=x, x1=x, y0=0, y1=-depth, yref="paper", line={"color": grey, "width": 1})
    side = {"xanchor": "right", "xshift": -5} if at_end else {"xanchor": "left", "xshift": 5}
    figure.add_annotation(x=x, y=-depth, yref="paper", yanchor="middle", text=words, showarrow=False,
                          font={"size": 13, "color": grey}, **side)  # fmt: skip
