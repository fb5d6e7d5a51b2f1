"""Which kinds of cases? Bars that are buttons: a click filters the page and its map, a second click undoes it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from nakhon_dash.i18n import numbers
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.why import city_kinds, kinds, place
from nakhon_dash.measures.why_tables import kinds_frame, masked
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, command, html, line, source_line
from nakhon_dash.ui.hotspots import choice, why
from nakhon_dash.ui.page import Page, name_of

SHOWN = 10
OF = ["spot", "city"]


def _free(page: Page) -> Ask:
    """The view without its filter of categories: a chart that filters shows what else there is to choose."""
    return load.ask(page.at, replace(page.scope, category=())) if page.view.category else page.now


def show(page: Page) -> None:
    ask, spot, k, collapse = _free(page), why.chosen(page), page.profile.privacy.k, choice.collapsed()
    there = None if spot is None else place(ask, spot.cells, collapse=collapse)
    if there is not None and there.n < k:
        there = None
    of = state.own("kinds_of", OF, OF[0]) if there is not None else "city"
    rows = city_kinds(ask, collapse=collapse) if there is None or of == "city" else kinds(there, k)
    told = rows[rows["n"] >= k].head(SHOWN)
    table = rows.assign(n=masked(rows["n"], k)) if there is None or of == "city" else kinds_frame(rows, k)
    scope = ask.scope if there is None else ask.within(there.cells).scope
    said = _sentence(page, told, rows)
    spec = Card(key="kinds", title=page.t("kinds.title"), sentence=said, table=table, about="why",
                command=command("why", scope, page.at, by=choice.table_part("kind")))  # fmt: skip
    with card(spec, page.view):
        if there is not None:
            choice.choice(page, "kinds_of", OF, OF[0])
        html(line(said))
        _bars(page, told)
        html(source_line(page.source, page.at, page.view, more=page.t("kinds.click") if len(told) else ""))


def _sentence(page: Page, told: pd.DataFrame, rows: pd.DataFrame) -> str:
    if told.empty:
        return page.t("kinds.few" if len(rows) else "kinds.none", k=page.profile.privacy.k)
    total = int(rows["n"].sum())
    name, n = name_of(page, "category", str(told["category"].iloc[0])), int(told["n"].iloc[0])
    return page.t("kinds.most", name=name, n=numbers.decimal(n, 0), share=numbers.share(n / total, total),
                  of=numbers.count(total, page.lang))  # fmt: skip


def _bars(page: Page, told: pd.DataFrame) -> None:
    """A button a category; its ground is the bar, as long as its cases."""
    top = max(told["n"], default=1)
    style = []
    for code, n in zip(told["category"].tolist(), told["n"].tolist(), strict=True):
        key, share = f"kind_{code}", 100 * n / top
        chosen = code in page.view.category
        edge = "inset 3px 0 var(--accent)" if chosen else "none"
        style.append(f".st-key-{key} button{{background:linear-gradient(90deg,var(--accent-soft) {share:.1f}%,"
                     f"transparent {share:.1f}%)!important;box-shadow:{edge}}}")  # fmt: skip
    html(f"<style>.st-key-kinds-bars{{gap:3px!important}}.st-key-kinds-bars button{{padding:2px 10px;"
         f"min-height:34px;border-radius:2px}}.st-key-kinds-bars button,.st-key-kinds-bars button *{{"
         f"justify-content:flex-start!important;text-align:left}}{''.join(style)}</style>")  # fmt: skip
    with st.container(key="kinds-bars"):
        expected = told["expected"].tolist() if "expected" in told else [None] * len(told)
        for code, n, wanted in zip(told["category"].tolist(), told["n"].tolist(), expected, strict=True):
            _bar(page, code, n, wanted)


def _bar(page: Page, code: str, n: int, expected: float | None) -> None:
    chosen = code in page.view.category
    words = page.t("kinds.bar", name=name_of(page, "category", code), n=numbers.decimal(n, 0))
    if expected is not None:
        words += page.t("kinds.expected", n=numbers.decimal(expected, 0))
    rest = tuple(one for one in page.view.category if one != code)
    st.button(f"✓ {words}" if chosen else words, key=f"kind_{code}", type="tertiary", width="stretch",
              help=page.t("kinds.clear" if chosen else "kinds.set"),
              on_click=lambda: state.change(category=rest if chosen else (code,)))  # fmt: skip
