"""Is the backlog growing? What came in, what ended and what stays open, then how old the open cases are."""

from datetime import date

from nakhon_dash.domain.view import day_of
from nakhon_dash.figures.flow import Bar, Words, flow_picture
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures import backlog, flow
from nakhon_dash.measures.counts import OPEN
from nakhon_dash.ui.cards import Card, card, command, delta, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.backlog import age_columns
from nakhon_dash.ui.page import Page


def show(page: Page) -> None:
    found = flow.flow(page.now)
    everything = flow.everything_open(page.now)
    spec = Card(
        key="backlog", title=page.t("flow.title"), sentence=_sentence(page, found), about="flow",
        measures=(flow.ended(page.now.whole), backlog.open_now(everything.whole), backlog.overdue(everything.whole)),
        table=flow.flow_table(page.now, found.grain), note=page.t("flow.ages_about"),
        command=command("flow", page.scope, page.at, by=found.grain),
    )  # fmt: skip
    with card(spec, page.view):
        unit = page.t("flow.open_at", moment=_end(page))
        html(number(numbers.decimal(found.end, 0), unit, key="flow"))
        html(delta(_moved(page, found), real=found.moved, up=found.end > found.start))
        if found.received or found.ended or found.start:
            picture(_bars(page, found))
        if everything.whole.standing.every(*OPEN):
            html(line(page.t("flow.ages", moment=page.moment)))
            picture(age_columns(page, "flow-age"))
        html(f'<div class="nk-src">{page.t(f"flow.method_{found.grain}")}{_undated(page, found)}</div>')


def _end(page: Page) -> str:
    """The moment of the last number: now, or the end of a past period."""
    last = day_of(page.now.last_day)
    return page.moment if last == page.now.today else dates.day_medium(last, page.lang)


def _moved(page: Page, found: flow.Flow) -> str:
    if not found.known_before:
        return page.t("flow.no_before")
    if found.start == found.end:
        return page.t("flow.same", n=numbers.count(found.start, page.lang))
    key = "flow.moved" if found.moved else "flow.noise"
    return page.t(key, change=numbers.signed(found.end - found.start), start=numbers.decimal(found.start, 0))


def _sentence(page: Page, found: flow.Flow) -> str:
    key = "flow.sentence" if found.known_before else "flow.sentence_first"
    return page.t(
        key, days=page.range, start=numbers.count(found.start, page.lang),
        received=numbers.decimal(found.received, 0), ended=numbers.decimal(found.ended, 0),
        end=numbers.count(found.end, page.lang),
    )  # fmt: skip


def _bars(page: Page, found: flow.Flow) -> str:
    bars = [
        Bar(_name(page, found.grain, row["first_day"]), row["received"], row["ended"], row["open"], row["whole"],
            page.t("flow.hover", days=dates.day_range(row["first_day"], row["last_day"], page.lang),
                   **{name: numbers.decimal(row[name], 0) for name in ("received", "ended", "open")}))
        for row in found.rows.to_dict("records")
    ]  # fmt: skip
    words = Words(page.t("flow.open"), page.t("flow.received"), page.t("flow.ended"))
    return flow_picture(bars, found.start, words, label=_sentence(page, found))


def _name(page: Page, grain: str, first: date) -> str:
    if grain == "month":
        return f"{dates.month_short(first.month, page.lang)} {dates.year(first.year, page.lang) % 100:02d}"
    return dates.day_bare(first, page.lang)


def _undated(page: Page, found: flow.Flow) -> str:
    if not found.undated:
        return ""
    return " · " + page.t("flow.undated", n=numbers.count(found.undated, page.lang))
