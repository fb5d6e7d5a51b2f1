"""How much is still open, and how old it is."""

from nakhon_dash.figures.ageing import AgeGroup, ageing_columns
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import backlog, flow
from nakhon_dash.measures.asking import Ask
from nakhon_dash.ui.cards import Card, card, command, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page


def everything_open(page: Page) -> Ask:
    """Open is open, whenever it was received: the same filters without a period."""
    return flow.everything_open(page.now)


def show(page: Page) -> None:
    ask = everything_open(page)
    now, late = backlog.open_now(ask.whole), backlog.overdue(ask.whole)
    spec = Card(
        key="open", title=page.t("backlog.title"), measures=(now, late), table=flow.ages(page.now),
        sentence=page.t("backlog.sentence", open=numbers.count(now.n, page.lang),
                        overdue=numbers.decimal(late.n, 0), moment=page.moment),
        command=command("open", ask.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        html(number(numbers.decimal(now.n, 0), page.t("noun.cases_one" if now.n == 1 else "noun.cases"), key="open"))
        html(line(_past_due(page)))
        if now.n:
            picture(age_columns(page))
        html(f'<div class="nk-src">{page.t("backlog.as_of", moment=page.moment)}</div>')


def _past_due(page: Page) -> str:
    ask = everything_open(page)
    now, late = backlog.open_now(ask.whole), backlog.overdue(ask.whole)
    oldest = now.parts["oldest_hours"]
    if oldest is None:
        return page.t("backlog.none")
    words = page.t("backlog.overdue", n=numbers.decimal(late.n, 0))
    return f"{words} · {page.t('backlog.oldest', value=numbers.duration(float(oldest), page.lang))}"


def age_columns(page: Page, name: str = "age") -> str:
    rows = flow.ages(page.now).to_dict("records")
    groups = [AgeGroup(page.t(f"age.{row['age']}"), int(row["waiting"]), int(row["late"])) for row in rows]
    label = ", ".join(f"{group.name}: {group.waiting + group.late}" for group in groups)
    return ageing_columns(groups, label=label, units=(page.t("age.hours"), page.t("age.days")), name=name)
