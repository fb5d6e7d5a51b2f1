"""The answer in one sentence, and one line on what needs action."""

from nakhon_dash.i18n import numbers
from nakhon_dash.measures import promise
from nakhon_dash.ui import header
from nakhon_dash.ui.cards import html
from nakhon_dash.ui.overview import ahead, brief
from nakhon_dash.ui.overview.promise import changed
from nakhon_dash.ui.page import Page

SMALL = 100


def show(page: Page) -> None:
    header.meta(page.view, page.at)
    action = _action(page) if page.at.data_at is not None else ""
    html(f'<h1 class="nk-claim">{_claim(page)}</h1><p class="nk-lede">{action}</p>')


def _claim(page: Page) -> str:
    now = promise.on_time(page.now.whole)
    if not page.now.whole.counts.received:
        return page.t("claim.no_data" if page.at.data_at is None else "claim.empty")
    if now.value is None:
        return page.t("claim.none")
    if now.n < SMALL:
        share = page.t("claim.few_cases", k=numbers.decimal(now.numerator or 0, 0), n=numbers.decimal(now.n, 0))
    else:
        share = page.t("claim.share", n=numbers.in_hundred(now.value))
    promised = page.t("claim.hours", hours=numbers.decimal(page.profile.promise.hours, 0))
    return page.t("claim.answered", share=share, promise=promised, change=_change(page))


def _change(page: Page) -> str:
    moved = changed(page)
    if moved is None or moved.difference is None:
        return ""
    before = page.t("before.lastyear" if page.view.compare == "lastyear" else "before.previous")
    if moved.noise is not False:
        return page.t("claim.same", before=before)
    points = numbers.points(abs(moved.difference), page.lang).lstrip("+")
    return page.t("claim.better" if moved.difference > 0 else "claim.worse", points=points, before=before)


def _action(page: Page) -> str:
    urgent = ahead.urgent(page)
    if urgent is None:
        first = page.t("action.ahead_none", hours=24)
    else:
        cases = numbers.count(urgent.cases, page.lang)
        first = page.t("action.ahead", department=urgent.department, cases=cases, clock=urgent.before)
    excess = next((s.excess for s in brief.sentences(page) if s.excess is not None), None)
    if excess is None:
        return first
    parts = brief.excess_words(page, excess)
    unusual = page.t("action.unusual", category=parts["category"], zone=parts["zone"])
    return page.t("action.and", a=first, b=unusual)
