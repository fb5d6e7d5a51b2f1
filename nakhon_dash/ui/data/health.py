"""What is odd about the stored cases: remarks with counts, usable all the same."""

import streamlit as st

from nakhon_dash.i18n import numbers, t
from nakhon_dash.ui import cards, load, state
from nakhon_dash.ui.data import counts, markup
from nakhon_dash.ui.data.wording import named

SHOWN = 8  # a short list; the rest opens on request


def card() -> None:
    view, at = state.current(), load.moment()
    lang = view.lang
    spec = cards.Card("health", t("data.health.title", lang), note=t("data.health.note", lang))
    with cards.card(spec, view):
        found, stored = load.kept(at, counts.remarks), load.kept(at, counts.stored)
        if not found:
            markup.say(t("data.health.none", lang))
            return
        rows = list(found.items())
        cards.html(_list(rows[:SHOWN], stored, lang))
        if len(rows) > SHOWN:
            with st.expander(t("data.health.more", lang, n=len(rows) - SHOWN)):
                cards.html(_list(rows[SHOWN:], stored, lang))
        of = t("data.health.of", lang, cases=numbers.count(stored, lang))
        cards.html(f'<div class="nk-src">{of}</div>')


def _list(rows: list[tuple[str, int]], stored: int, lang: str) -> str:
    items = [(named(f"flag.{code}", lang), numbers.decimal(n, 0), numbers.percent(n / stored)) for code, n in rows]
    return markup.listed(markup.item(words, f"{n}<small>{share}%</small>") for words, n, share in items)
