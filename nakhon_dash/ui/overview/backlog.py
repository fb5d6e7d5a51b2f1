"""How much is still open, and how old it is."""

import numpy as np
import pandas as pd

from nakhon_dash.figures.ageing import AgeGroup, ageing_columns
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import backlog
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import cases
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.ui.cards import Card, card, command, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page

EDGES = (0, 24, 48, 7 * 24, 15 * 24, 30 * 24)  # hours
NAMES = ("day", "two_days", "week", "fortnight", "month", "older")


def everything_open(page: Page) -> Ask:
    """Open is open, whenever it was received: the same filters without a period."""
    return page.now.once("unbound", page.now.unbound)


def ages(page: Page) -> pd.DataFrame:
    """Open cases by age group: columns age, waiting (not yet due or without due time), late (past due)."""
    ask = everything_open(page)

    def count() -> pd.DataFrame:
        rows = cases.open_cases(ask.reader, ask.scope, ask.as_of, ask.profile.promise)
        age = (ask.as_of - rows["received_at"].to_numpy("int64")) / HOUR
        late = rows["due"].notna().to_numpy() & (rows["due"].fillna(0).to_numpy("int64") <= ask.as_of)
        group = np.searchsorted(EDGES, age, side="right") - 1
        waiting, overdue = (np.bincount(group[chosen], minlength=len(NAMES)) for chosen in (~late, late))
        return pd.DataFrame({"age": NAMES, "waiting": waiting, "late": overdue})

    return ask.once("ages", count)


def show(page: Page) -> None:
    ask = everything_open(page)
    now, late = backlog.open_now(ask.whole), backlog.overdue(ask.whole)
    spec = Card(
        key="open", title=page.t("backlog.title"), measures=(now, late), table=ages(page),
        sentence=page.t("backlog.sentence", open=numbers.count(now.n, page.lang),
                        overdue=numbers.decimal(late.n, 0), moment=page.moment),
        command=command("open", ask.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        html(number(numbers.decimal(now.n, 0), page.t("noun.cases_one" if now.n == 1 else "noun.cases"), key="open"))
        html(line(_past_due(page)))
        if now.n:
            picture(_columns(page))
        html(f'<div class="nk-src">{page.t("backlog.as_of", moment=page.moment)}</div>')


def _past_due(page: Page) -> str:
    ask = everything_open(page)
    now, late = backlog.open_now(ask.whole), backlog.overdue(ask.whole)
    oldest = now.parts["oldest_hours"]
    if oldest is None:
        return page.t("backlog.none")
    words = page.t("backlog.overdue", n=numbers.decimal(late.n, 0))
    return f"{words} · {page.t('backlog.oldest', value=numbers.duration(float(oldest), page.lang))}"


def _columns(page: Page) -> str:
    rows = ages(page).to_dict("records")
    groups = [AgeGroup(page.t(f"age.{row['age']}"), int(row["waiting"]), int(row["late"])) for row in rows]
    label = ", ".join(f"{group.name}: {group.waiting + group.late}" for group in groups)
    return ageing_columns(groups, label=label, units=(page.t("age.hours"), page.t("age.days")))
