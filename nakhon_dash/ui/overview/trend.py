"""Have twelve months improved, or is it noise? The promise by month of receipt."""

from datetime import date

import pandas as pd

from nakhon_dash.figures import trend as figure
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.series import Months, series_by_month
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, command, html
from nakhon_dash.ui.components import plot
from nakhon_dash.ui.page import Page

HEIGHT = 300


def months(page: Page) -> Months:
    return load.kept(page.at, series_by_month, page.scope.days(None, page.scope.last_day))


def show(page: Page) -> None:
    found = months(page)
    shown = [
        figure.Month(date.fromisoformat(f"{m.month}-01"), m.on_time.value, m.on_time.low, m.on_time.high, m.on_time.n,
                     (m.low, m.high) if m.low is not None and m.high is not None else None, m.mature)
        for m in found.months
    ]  # fmt: skip
    known = [m for m in shown if m.value is not None]
    spec = Card(key="trend", title=page.t("trend.title"), measures=tuple(m.on_time for m in found.months[-1:]),
                sentence=_sentence(page, known), table=_table(found), note=page.t("trend.band"),
                command=command("on_time", page.scope, page.at, by="month"))  # fmt: skip
    with card(spec, page.view):
        if known:
            chart = figure.monthly_trend(shown, page.lang, fiscal_start=page.profile.city.fiscal_year_start_month)
            plot(chart, key="trend_plot", height=HEIGHT, label=_sentence(page, known),
                 narrow=figure.narrow_layout(shown, page.lang))  # fmt: skip
        else:
            html(f'<span class="nk-few">{page.t("card.few")}</span>')
        html(f'<div class="nk-src">{page.t("trend.method")} · {page.t("trend.band")}</div>')


def _sentence(page: Page, known: list[figure.Month]) -> str:
    ripe = [m for m in known if m.mature] or known
    if not ripe:
        return page.t("card.empty")
    names = dict(zip((m.first_day for m in known), figure.month_names(known, page.lang), strict=True))
    first, last = ripe[0], ripe[-1]
    ends = [(names[m.first_day].replace("<br>", " "), numbers.share(m.value or 0, m.n)) for m in (first, last)]
    outside = sum(1 for m in ripe if m.band and m.value is not None and not m.band[0] <= m.value <= m.band[1])
    return page.t("trend.sentence", first=ends[0][0], a=ends[0][1], last=ends[1][0], b=ends[1][1], outside=outside,
                  n=len(ripe))  # fmt: skip


def _table(found: Months) -> pd.DataFrame:
    return pd.DataFrame(
        [{"month": m.month, "on_time": m.on_time.value, "low_95": m.on_time.low, "high_95": m.on_time.high,
          "due": m.on_time.n, "maturity": m.maturity, "limit_low": m.low, "limit_high": m.high} for m in found.months]
    )  # fmt: skip
