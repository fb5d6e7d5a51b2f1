"""Does today know better than that day? Only while a past day is looked at: both figures and every reason between."""

from html import escape

from nakhon_dash.domain.measure import Measure
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.known import Reason, Rewritten, known_table, rewritten
from nakhon_dash.ui.cards import Card, card, command, html, line
from nakhon_dash.ui.page import Page


def show(page: Page) -> None:
    """Nothing while the page speaks of now."""
    if page.at.known is None:
        return
    found = rewritten(page.now)
    spec = Card(
        key="known", title=page.t("known.title"), measures=(found.then,), sentence=sentence(page, found),
        table=known_table(page.now, ""), about="known", command=command("known", page.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        html(line(escape(_line(page, found))))
        if found.cases:
            html(_steps(page, found))
        if found.unheard:
            html(line(page.t(f"known.before_{'all' if set(page.at.sources) <= set(found.unheard) else 'some'}")))
        html(f'<div class="nk-src">{page.t("known.method")}</div>')


def sentence(page: Page, found: Rewritten) -> str:
    """The finding in words; true for every view."""
    then, today = _figure(page, found.then), _figure(page, found.today)
    if not found.cases:
        return page.t("known.nothing") if found.today.value is None else page.t("known.same", today=today)
    *others, last = (_reason(page, one) for one in found.reasons)
    reasons = page.t("known.and").join([*filter(None, [", ".join(others)]), last])
    key = "known.level" if found.then.value == found.today.value else "known.changed"
    return page.t(key, then=then, today=today, reasons=reasons)


def _reason(page: Page, one: Reason) -> str:
    return page.t(f"known.reason.{one.code}", cases=numbers.count(one.cases, page.lang))


def _figure(page: Page, one: Measure) -> str:
    if one.value is None:
        return page.t("known.none")
    return f"{numbers.share(one.value, one.n)} ({_fraction(page, one)})"


def _fraction(page: Page, one: Measure) -> str:
    cases = numbers.count(int(one.denominator or 0), page.lang)
    return page.t("known.of", k=numbers.decimal(one.numerator or 0, 0), cases=cases)


def _line(page: Page, found: Rewritten) -> str:
    """The finding, without the figures that the picture shows."""
    then, today = found.then.value, found.today.value
    if not found.cases or then is None or today is None:
        return sentence(page, found)
    points = numbers.points(today - then, page.lang, found.today.n)
    return page.t("known.line_level" if then == today else "known.line", points=points)


def _steps(page: Page, found: Rewritten) -> str:
    """The figure of then, what each reason adds, the figure of today."""
    rows = "".join(f"<dt>{escape(_reason(page, one))}</dt><dd>{escape(_effect(page, one))}</dd>"
                   for one in found.reasons)  # fmt: skip
    first, last = _end(page, "then", found.then), _end(page, "today", found.today)
    return f'<div class="nk-steps">{first}<dl>{rows}</dl>{last}</div>'


def _end(page: Page, when: str, one: Measure) -> str:
    base = page.t("known.none") if one.value is None else _fraction(page, one)
    share = "–" if one.value is None else numbers.share(one.value, one.n)
    name = page.t(f"known.{when}")
    return f'<div class="nk-end"><small>{name}</small><b>{escape(share)}</b><small>{escape(base)}</small></div>'


def _effect(page: Page, one: Reason) -> str:
    return page.t("known.effect", k=_signed(one.on_time), n=_signed(one.due))


def _signed(n: int) -> str:
    return numbers.signed(n, 0) if n else "0"
