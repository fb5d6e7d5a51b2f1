"""Which files can be read, and a template to fill in for each kind."""

from functools import partial

import streamlit as st

from nakhon_dash.i18n import t
from nakhon_dash.ingest.templates import FILE_TYPES, template
from nakhon_dash.ui import cards, state
from nakhon_dash.ui.data import markup

# Kind of data -> its templates; boundaries come from the city's own maps.
TEMPLATES = {
    "complaints": ("complaints",), "users": ("users",), "annotation": ("annotation",),
    "survey": ("survey_long", "survey_wide", "survey_questions"), "boundaries": (),
}


def card() -> None:
    view = state.current()
    spec = cards.Card("templates", t("data.templates.title", view.lang), note=t("data.templates.lede", view.lang))
    with cards.card(spec, view):
        markup.say(t("data.templates.lede", view.lang))
        for kind, names in TEMPLATES.items():
            with st.container(key=f"template-row-{kind}"):
                _known(kind, view.lang)
                for name in names:
                    _buttons(kind, name, view.lang)


def _known(kind: str, lang: str) -> None:
    """What of this kind is recognised on its own."""
    markup.say(f'<b>{t(f"data.kind.{kind}", lang)}</b><br>{t(f"data.templates.known_{kind}", lang)}')


def _buttons(kind: str, name: str, lang: str) -> None:
    """The template in each file type; a kind with several names them."""
    called = t(f"data.kind.{kind}", lang) if name == kind else t(f"data.templates.{name}", lang)
    with st.container(horizontal=True, key=f"template-get-{name}"):
        cards.html(f'<span class="nkd-get">{t("data.templates.get", lang) if name == kind else called}</span>')
        for file_type in FILE_TYPES:
            st.download_button(
                file_type.upper(), partial(template, name, file_type), type="tertiary",
                file_name=f"nakhon-{name}.{file_type}", on_click="ignore", key=f"template-{name}-{file_type}",
                help=t("data.templates.help", lang, kind=called, type=file_type.upper()),
            )
