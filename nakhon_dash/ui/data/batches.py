"""Every import as one row, newest first: counts, state, and the way back."""

from html import escape
from typing import Any

import streamlit as st

from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.store import batches
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.undo import undo
from nakhon_dash.ui import cards, load, state
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.wording import moment, named, refusal

SHOWN = 6
COUNTS = ("inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
_ASKED, _SAID, _ALL = "data_undo_asked", "data_undo_said", "data_batches_all"


def card() -> None:
    view = state.current()
    lang = view.lang
    spec = cards.Card("batches", t("data.batches.title", lang), note=t("data.batches.note", lang))
    with cards.card(spec, view):
        if said := st.session_state.pop(_SAID, None):
            markup.strip(said, calm=True)
        rows = batches.batches(load.engine())
        if not rows:
            markup.say(t("data.batches.none", lang))
        shown = rows if st.session_state.get(_ALL) else rows[:SHOWN]
        for row in shown:
            _row(row, view)
        if len(rows) > SHOWN:
            _more(len(rows), lang)


def _more(n: int, lang: str) -> None:
    whole = bool(st.session_state.get(_ALL))
    st.button(t("data.batches.less", lang) if whole else t("data.batches.more", lang, n=n), type="tertiary",
              key="batches_all", on_click=lambda: st.session_state.update({_ALL: not whole}))


def _row(row: dict[str, Any], view: View) -> None:
    lang = view.lang
    with st.container(key=f"batch-row-{row['id']}"):
        words, button = st.columns([11, 2], vertical_alignment="top")
        words.markdown(_words(row, lang), unsafe_allow_html=True)
        if row["undone_at"] is None and st.session_state.get(_ASKED) != row["id"]:
            button.button(t("data.batches.undo", lang), key=f"undo-{row['id']}", type="tertiary",
                          on_click=_ask, args=(row["id"],))
        if st.session_state.get(_ASKED) == row["id"]:
            _confirm(row, view)


def _words(row: dict[str, Any], lang: str) -> str:
    facts = []
    if not row["synthetic"]:
        facts = [named(f"data.kind.{row['kind']}", lang), named(f"format.{row['format'] or ''}", lang)]
    facts += [f"{t(f'data.count.{name}', lang)} {numbers.decimal(row[name], 0)}" for name in COUNTS if row[name]]
    sub = "".join(f"<span>{escape(fact)}</span>" for fact in dict.fromkeys(facts) if fact)
    if row["incomplete"]:
        sub += f"<span>{t('data.batches.resume', lang, rows=numbers.count(row['rows_read'], lang, 'rows'))}</span>"
    off = " nkd-off" if row["undone_at"] else ""
    return (f'<div class="nkd-batch{off}"><time>{moment(row["finished_at"] or row["started_at"], lang)}</time>'
            f'<div><b>{escape(name_of(row, lang))}</b>{_tags(row, lang)}</div><div class="nkd-sub">{sub}</div></div>')


def name_of(row: dict[str, Any], lang: str) -> str:
    """What a reader calls an import: its file, or the part of the demo city."""
    kind = named(f"data.kind.{row['kind']}", lang)
    if row["synthetic"]:
        return t("data.batches.demo", lang, kind=kind)
    return row["file_name"] or kind


def _tags(row: dict[str, Any], lang: str) -> str:
    tags = [("nkd-syn", "synthetic")] if row["synthetic"] else []
    tags += [("nk-al", "incomplete")] if row["incomplete"] else []
    tags += [("nk-wa", "undone")] if row["undone_at"] else []
    return "".join(f'<span class="nk-tag {look}">{t(f"data.batches.state_{code}", lang)}</span>' for look, code in tags)


def _ask(batch_id: int | None) -> None:
    st.session_state[_ASKED] = batch_id


def _confirm(row: dict[str, Any], view: View) -> None:
    """What the undo will change, before it does."""
    lang = view.lang
    counted = {name: numbers.count(row[name], lang, "rows") for name in ("inserted", "updated", "quarantined")}
    st.markdown(t("data.batches.sure", lang, **counted))
    with st.container(horizontal=True):
        go = st.button(t("data.button.confirm", lang), key=f"undo-sure-{row['id']}", type="primary")
        st.button(t("data.button.cancel", lang), key=f"undo-keep-{row['id']}", on_click=_ask, args=(None,))
    if go:
        _undo(row, lang)


def _undo(row: dict[str, Any], lang: str) -> None:
    st.session_state[_ASKED] = None
    with st.spinner(t("data.batches.working", lang)):
        try:
            undo(load.engine(), row["id"])
            st.session_state[_SAID] = t("data.batches.undone", lang, file=escape(name_of(row, lang)))
        except StoreError as error:
            st.session_state[_SAID] = refusal(error, lang)
    st.rerun()
