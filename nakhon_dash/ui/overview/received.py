"""Are more cases coming in than usual? Every day over the band that the weeks before lead to expect."""

from datetime import date

import pandas as pd

from nakhon_dash.figures.dailybars import daily_bars
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import promise
from nakhon_dash.measures.comparison import compare
from nakhon_dash.measures.series import Day, received_by_day
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, command, html, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.promise import moved_line
from nakhon_dash.ui.page import Page

MOST_BARS = 92  # longer periods are drawn by week


def days(page: Page) -> list[Day]:
    return load.kept(page.at, received_by_day, page.scope)


def show(page: Page) -> None:
    now = promise.received(page.now.whole)
    every = days(page)
    spec = Card(
        key="received", title=page.t("received.title"), measures=(now,), note=page.t("received.band"),
        sentence=f"{page.range}: {numbers.count(now.n, page.lang)}", table=pd.DataFrame(every),
        command=command("received", page.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        unit = page.t("received.unit", days=numbers.decimal(page.days, 0))
        html(number(numbers.decimal(now.n, 0), unit, key="received"))
        if page.before is not None:
            moved = compare("received", now, promise.received(page.before.whole))
            if moved.difference is not None:
                html(moved_line(page, moved, numbers.signed(moved.difference)))
        if every:
            picture(_bars(page, every))
        html(source_line(page.source, page.at, page.view, sum(now.excluded.values())))


def _bars(page: Page, every: list[Day]) -> str:
    rows = _weekly(every) if len(every) > MOST_BARS else every
    bands = [(d.low, d.high) if d.low is not None and d.high is not None and not d.partial else None for d in rows]
    outside = [i for i, (d, band) in enumerate(zip(rows, bands, strict=True)) if band and d.n > band[1]]
    top = max(outside, key=lambda i: rows[i].n) if outside else None
    first, last = (date.fromisoformat(rows[i].day) for i in (0, -1))
    note = (top, dates.day_bare(date.fromisoformat(rows[top].day), page.lang)) if top is not None else None
    label = f"{page.range}: {numbers.count(sum(d.n for d in rows), page.lang)}"
    return daily_bars([d.n for d in rows], bands, label=label, first=dates.day_bare(first, page.lang),
                      last=dates.day_bare(last, page.lang), note=note)  # fmt: skip


def _weekly(every: list[Day]) -> list[Day]:
    """Whole weeks counted from the last day back; no band, whose weeks before are too far away."""
    out = []
    for end in range(len(every), 6, -7):
        week = every[end - 7 : end]
        out.append(Day(week[0].day, sum(d.n for d in week), None, None, None, partial=False))
    return out[::-1]
