"""What changed since the reader last looked: unusual weeks, and what was imported or undone."""

from dataclasses import asdict
from html import escape

from nakhon_dash.domain.view import moment_of
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.news import Batch, Changes, changes
from nakhon_dash.measures.warning import Warning
from nakhon_dash.ui import load, visits
from nakhon_dash.ui.cards import Card, card, html
from nakhon_dash.ui.data.batches import name_of
from nakhon_dash.ui.overview.brief import excess_words
from nakhon_dash.ui.page import Page

SHOWN = 5
DAY = 86_400_000_000


def found(page: Page) -> Changes:
    """News since the last visit; without one, of the last seven days."""
    since = visits.last(page.at.as_of) or page.at.as_of - 7 * DAY
    return load.kept(page.at, changes, page.scope.days(None, page.scope.last_day), since)


def show(page: Page) -> None:
    news = found(page)
    rows = [_week(page, e) for e in (news.excess or [])[:SHOWN]] + [_import(page, b) for b in news.batches[:SHOWN]]
    spec = Card(key="changes", title=page.t("changes.title"), note=page.t("changes.about"))
    with card(spec, page.view):
        if rows:
            html('<ul class="nk-rows">' + "".join(rows) + "</ul>")
        else:
            html(f'<div class="nk-ci">{page.t("changes.none")}</div>')


def _row(when: str, words: str, tag: str, look: str) -> str:
    return f'<li><time>{when}</time><span>{words}</span><span class="nk-tag nk-{look}">{tag}</span></li>'


def _week(page: Page, excess: Warning) -> str:
    words = page.t("changes.above", **excess_words(page, excess))
    tag, look = ("changes.alert", "al") if excess.tier == "alert" else ("changes.watch", "wa")
    return _row(page.t("changes.week"), words, page.t(tag), look)


def _import(page: Page, batch: Batch) -> str:
    at = moment_of(batch.at).astimezone(page.profile.tz)
    when = dates.clock(at, page.lang) if at.date() == page.local.date() else dates.day_bare(at, page.lang)
    name = escape(name_of(asdict(batch), page.lang))
    if batch.undone:
        return _row(when, page.t("changes.undone", file=name), page.t("changes.undo"), "wa")
    counts = {k: numbers.decimal(getattr(batch, k), 0) for k in ("inserted", "updated", "quarantined")}
    return _row(when, page.t("changes.imported", file=name, **counts), page.t("changes.new_data"), "in")
