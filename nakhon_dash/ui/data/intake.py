"""The card that takes a file: drop it, see what it is, check the first rows, count, import."""

from html import escape

import streamlit as st

from nakhon_dash.domain.view import View
from nakhon_dash.i18n import t
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ui import cards, state
from nakhon_dash.ui.data import detected, held, mapping, markup, outcome, preview, run
from nakhon_dash.ui.data.held import Held
from nakhon_dash.ui.data.look_at import look
from nakhon_dash.ui.data.wording import refusal, size

LIMIT_MB = 500  # as in .streamlit/config.toml; larger files go through `nakhon import`
_SHEET = ("survey_questions_missing", "survey_questions_elsewhere", "survey_sheet_columns", "survey_sheet_value")


def card() -> None:
    view = state.current()
    lang = view.lang
    spec = cards.Card("upload", t("data.upload.title", lang), note=t("data.upload.note", lang), lead=True)
    with cards.card(spec, view):
        outcome.last(view)
        file = held.current()
        if file is None:
            _drop_zone(lang)
        else:
            _file(file, view)


def _drop_zone(lang: str) -> None:
    key = f"data_file_{held.round_no()}"
    with st.container(key="data_drop"):
        st.file_uploader(t("data.upload.drop", lang), key=key, label_visibility="collapsed", on_change=_taken,
                         args=(key,))
    markup.note(t("data.upload.limit", lang, limit=LIMIT_MB))


def _taken(key: str) -> None:
    """Copies the upload and lets Streamlit's own copy in memory go with the widget."""
    file = st.session_state.get(key)
    if file is not None:
        outcome.forget()
        held.take(file, file.name)


def _file(file: Held, view: View) -> None:
    lang = view.lang
    name, put_away = st.columns([9, 3], vertical_alignment="center")
    name.markdown(f'<div class="nkd-file"><b>{escape(file.name)}</b><span>{size(file.size)}</span></div>',
                  unsafe_allow_html=True)
    put_away.button(t("data.upload.other", lang), key="data_put_away", on_click=held.drop, type="tertiary")
    try:
        seen = look(file)
    except BadFile as error:
        _refused(file, error, view)
        return
    detected.facts(file, seen, view)
    if seen.needs_mapping:
        mapping.builder(file, view)
    preview.rows(file, seen, view)
    if not seen.needs_mapping or file.choices.mapping:
        run.steps(file, seen, view)


def _refused(file: Held, error: BadFile, view: View) -> None:
    """Why the file cannot be read; a survey may still lack the sheet that says what its questions mean."""
    markup.strip(refusal(error, view.lang))
    markup.note(t("data.upload.nothing_lost", view.lang))
    if error.code in _SHEET:
        _question_sheet(file, view.lang)
    if file.choices.format != "auto":
        st.button(t("data.detected.back", view.lang), key="data_format_back",
                  on_click=lambda: file.change(kind="auto", format="auto", mapping=""))


def _question_sheet(file: Held, lang: str) -> None:
    key = f"data_sheet_{held.round_no()}"

    def taken() -> None:
        sheet = st.session_state.get(key)
        if sheet is not None:
            file.questions = held.beside(sheet, sheet.name)
            file.change()

    with st.container(key="data_sheet"):
        st.file_uploader(t("data.upload.sheet", lang), key=key, on_change=taken)


