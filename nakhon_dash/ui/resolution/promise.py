"""How much is on time depends on what is counted: three figures from one list, and the bridge between them."""

from nakhon_dash.i18n import numbers
from nakhon_dash.measures.bridge import bridge_steps, ways
from nakhon_dash.ui.bridge import bridge_picture
from nakhon_dash.ui.cards import Card, card, command, few, html, line, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.promise import FEWEST
from nakhon_dash.ui.page import Page


def show(page: Page) -> None:
    found = ways(page.now.whole)
    ours = found[-1].share
    spec = Card(
        key="three", title=page.t("three.title"), measures=tuple(way.share for way in reversed(found)),
        sentence=f"{page.range}: {_sentence(page)}", table=bridge_steps(page.now, ""), about="bridge_steps",
        command=command("bridge_steps", page.scope, page.at), lead=True,
    )  # fmt: skip
    with card(spec, page.view):
        if ours.n < FEWEST:
            html(few(ours.n, page.lang))
        html(line(_sentence(page, "<b>{}</b>")))
        if ours.n >= FEWEST:
            picture(bridge_picture(page, "three"))
        html(source_line(page.source, page.at, page.view, sum(ours.excluded.values()), _interval(page)))


def _sentence(page: Page, marked: str = "{}") -> str:
    """The finding in words, its figures `marked`; the headline can never be above the other two."""
    closed, _both, ours = ways(page.now.whole)
    if ours.share.value is None or closed.share.value is None:
        return page.t("three.none_due")
    if ours.share.n < FEWEST:
        return page.t("three.few")
    written = [numbers.share(share, ours.share.n) for share in (ours.share.value, closed.share.value)]
    mine, theirs = (marked.format(share) for share in written)
    if not closed.missing and not ours.taken_out:
        return page.t("three.same", value=mine)
    if mine == theirs:
        return page.t("three.close", value=mine)
    return page.t("three.differ", closed=theirs, ours=mine)


def _interval(page: Page) -> str:
    ours = ways(page.now.whole)[-1].share
    if ours.low is None or ours.high is None or ours.n < FEWEST:
        return ""
    return page.t("three.interval", span=numbers.share_span(ours.low, ours.high, page.lang, ours.n),
                  n=numbers.decimal(ours.n, 0))  # fmt: skip
