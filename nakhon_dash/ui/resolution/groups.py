"""Which parts need more time? Median and 9 in 10 of each on one ruler, and whether the differences are real."""

import streamlit as st

from nakhon_dash.figures.forest import Heads, Row, forest
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.wait_groups import FEWEST, Comparison, Group, comparison, groups
from nakhon_dash.ui.cards import Card, card, command, html, line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page
from nakhon_dash.ui.resolution.curve import sourced, tick_words
from nakhon_dash.ui.resolution.fairness import short_name, split_by

SPLITS = ("department", "category", "dimension", "zone", "channel")
SHOWN, NAMED = 12, 2
KEY = "groups"


def show(page: Page) -> None:
    by = chosen()
    found = groups(page.now, by)
    finding = _finding(page, by, comparison(page.now, by)) if found else page.t("curve.none")
    spec = Card(
        key=KEY, title=page.t("groups.title", part=page.t(f"groups.by_{by}")),
        measures=tuple(one.median for one in found[:1]), sentence=f"{page.range}: {finding}",
        table=table("groups", page.now, by), about="groups", note=page.t("table.pairs.definition"),
        command=command("groups", page.scope, page.at, by=by) + "\n" + command("pairs", page.scope, page.at, by=by),
    )  # fmt: skip
    with card(spec, page.view):
        split_by(page, KEY, SPLITS)
        if found:
            picture(_picture(page, by, found))
            if len(found) > SHOWN:
                html(line(page.t("groups.more", n=numbers.decimal(len(found) - SHOWN, 0))))
        html(line(finding))
        html(sourced(page, page.t("groups.method")))


def chosen() -> str:
    """The split of this run: the widget stands below the title that names it."""
    value = st.session_state.get(f"{KEY}_by")
    return value if value in SPLITS else SPLITS[0]


def _picture(page: Page, by: str, found: list[Group]) -> str:
    promise, baseline = page.profile.promise.hours, page.profile.baseline.hours
    rows = [_row(page, by, one) for one in found[:SHOWN]]
    ticks = tuple((hours, tick_words(page, hours)) for hours in (1, 6, 24, promise, baseline))
    heads = Heads(page.t("groups.half"), page.t("groups.ninth"), page.t("groups.on_time"), page.t("groups.n"), ticks)
    said = "; ".join(
        page.t("groups.row", name=row.name, value=numbers.duration(row.half, page.lang)) for row in rows
        if row.half is not None
    )  # fmt: skip
    label = page.t("groups.label", part=page.t(f"groups.by_{by}"), rows=said)
    calendar = page.scope.clock is None
    return forest(rows, heads, label=label, promise=promise if calendar else None,
                  before=baseline if calendar else None)  # fmt: skip


def _row(page: Page, by: str, one: Group) -> Row:
    name, n = short_name(page, by, one.code), numbers.decimal(one.n, 0)
    if one.few:
        return Row(name, n, "", instead=page.t("card.few"))
    due = one.on_time
    share = "–" if due.value is None or due.n < FEWEST else numbers.share(due.value, due.n)
    if one.median.value is None:
        return Row(name, n, share, instead=page.t("groups.not_reached"))
    return Row(name, n, share, float(one.median.value), one.median.low, one.median.high, one.ninth.value)


def _finding(page: Page, by: str, found: Comparison) -> str:
    """Do they differ, which pairs, and how far the comparison is fair."""
    if found.test is None:
        return page.t("groups.alone", few=FEWEST)
    if not found.test.df:
        return page.t("groups.unknown")
    said = _verdict(page, by, found)
    if found.adjusted is None:
        return said
    return f"{said} · {page.t('groups.within' if found.adjusted else 'groups.mixed')}"


def _verdict(page: Page, by: str, found: Comparison) -> str:
    p = found.test.p if found.test else 1.0
    if not found.differ:
        return page.t("groups.same", tested=len(found.tested), p=f"{p:.2f}")
    apart = found.apart
    if not apart:
        return page.t("groups.whole", p=_p(p))
    named = []
    for pair in apart[:NAMED]:
        first, second = (short_name(page, by, found.tested[place]) for place in (pair.first, pair.second))
        sooner, later = (first, second) if pair.excess > 0 else (second, first)
        named.append(page.t("groups.pair", sooner=sooner, later=later))
    return page.t("groups.differ", apart=len(apart), all=len(found.pairs), pairs=", ".join(named))


def _p(p: float) -> str:
    return "< .001" if p < 0.001 else f"= {p:.3f}".replace("0.", ".")
