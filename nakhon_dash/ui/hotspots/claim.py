"""How many places have more cases than expected, of what, and whether any is new: one sentence."""

from html import escape

from nakhon_dash.i18n import numbers
from nakhon_dash.measures.spots import Spots, spots
from nakhon_dash.ui import header
from nakhon_dash.ui.cards import html
from nakhon_dash.ui.hotspots.choice import collapsed
from nakhon_dash.ui.page import Page, name_of


def show(page: Page) -> None:
    header.meta(page.view, page.at)
    html(f'<h1 class="nk-claim">{_claim(page)}</h1>')


def _claim(page: Page) -> str:
    if not page.now.whole.counts.received:
        return page.t("claim.no_data" if page.at.data_at is None else "claim.empty")
    found = spots(page.now, collapse=collapsed())
    what = subject(page)
    if not found.enough:
        return page.t("hotclaim.few", what=what)
    if not found.clusters:
        return page.t("hotclaim.none", what=what)
    groups = numbers.count(len(found.clusters), page.lang, "clusters")
    first = page.t("hotclaim.found", what=what, groups=groups)
    return f"{first} {_new(page, found)}".strip()


def subject(page: Page) -> str:
    """The categories that the reader filters by, "" for all; many are a number."""
    chosen = page.view.category
    if not chosen:
        return ""
    if len(chosen) > 2:
        return page.t("hotclaim.categories", n=len(chosen))
    names = (escape(name_of(page, "category", code).split("/")[0].strip()) for code in chosen)
    return page.t("hotclaim.what", names=" + ".join(names))


def _new(page: Page, found: Spots) -> str:
    """How many groups share no cell with any hot cell of the period before; nothing when there is none to compare."""
    if page.before is None or not page.before.whole.counts.received:
        return ""
    before = spots(page.before, collapse=collapsed(), method="quick")
    if not before.enough:
        return ""
    old = {cell for cluster in before.clusters for cell in cluster.cells}
    new = sum(not old & set(cluster.cells) for cluster in found.clusters)
    if not new:
        return page.t("hotclaim.no_new", before=page.compared_with)
    return page.t("hotclaim.new", n=numbers.count(new, page.lang, "clusters"), before=page.compared_with)
