"""The head of the Data page: how much is stored, when the last import was, what is held back, and the demo city."""

from datetime import datetime

import streamlit as st

from nakhon_dash import demo
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import dates, numbers, t
from nakhon_dash.store import batches
from nakhon_dash.ui import cards, header, live, load, state
from nakhon_dash.ui.data import counts, look, markup
from nakhon_dash.ui.data.wording import local
from nakhon_dash.ui.load import Moment

_ASKED, _SAID = "data_demo_asked", "data_demo_said"


def head() -> None:
    """Day and live status, the claim, what to do, and the note on synthetic data."""
    view, at = state.current(), load.moment()
    look.apply(view.lang)
    live.follow(at.rev, datetime.now().timestamp(), fresh=False)
    header.meta(view, at)
    done = batches.batches(load.engine())
    cards.html(f'<h1 class="nk-claim">{_claim(at, done, view.lang)}</h1>')
    open_ones = sum(row["incomplete"] for row in done)
    lede = t("data.claim.lede_open", view.lang, n=open_ones) if open_ones else t("data.claim.lede", view.lang)
    cards.html(f'<p class="nk-lede">{lede}</p>')
    _demo(view, at)


def _claim(at: Moment, done: list[dict], lang: str) -> str:
    cases = load.kept(at, counts.stored)
    finished = [row["finished_at"] for row in done if row["finished_at"] and not row["undone_at"]]
    if not cases and not finished:
        return t("data.claim.empty", lang)
    words = t("data.claim.stored", lang, cases=numbers.count(cases, lang))
    if finished:
        words += _last(max(finished), lang)
    held = sum(batches.quarantine_count(load.engine()).values())
    return words + (t("data.claim.held", lang, rows=numbers.count(held, lang, "rows")) if held
                    else t("data.claim.none_held", lang))


def _last(finished_at: int, lang: str) -> str:
    """When the last import ended: the time alone when it was today."""
    then, now = local(finished_at, current_profile()), datetime.now(current_profile().tz)
    if then.date() == now.date():
        return t("data.claim.last_today", lang, clock=dates.clock(then, lang))
    return t("data.claim.last", lang, moment=dates.moment_short(then, lang))


def _demo(view: View, at: Moment) -> None:
    """A note with a button while synthetic cases are stored; removing asks once."""
    lang = view.lang
    if said := st.session_state.pop(_SAID, None):
        markup.strip(said, calm=True)
    if at.synthetic == "none":
        return
    with st.container(key="data_demo"):
        words, button = st.columns([8, 2], vertical_alignment="center")
        with words:
            markup.strip(t(f"data.demo.{at.synthetic}", lang))
        if not st.session_state.get(_ASKED):
            button.button(t("data.demo.remove", lang), key="demo_remove", on_click=_ask, args=(True,))
            return
        cases = load.kept(at, counts.synthetic)
        st.markdown(t("data.demo.sure", lang, cases=numbers.count(cases, lang)))
        yes, no, _rest = st.columns([2, 2, 8])
        no.button(t("data.button.cancel", lang), key="demo_keep", on_click=_ask, args=(False,))
        if yes.button(t("data.button.confirm", lang), key="demo_sure", type="primary"):
            _remove(lang)


def _ask(asked: bool) -> None:
    st.session_state[_ASKED] = asked


def _remove(lang: str) -> None:
    st.session_state[_ASKED] = False
    with st.spinner(t("data.demo.working", lang)):
        demo.remove(load.engine())
    st.session_state[_SAID] = t("data.demo.removed", lang)
    st.rerun()
