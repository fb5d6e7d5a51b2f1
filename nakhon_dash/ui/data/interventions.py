"""A small form for what was done somewhere; stored as a file of one note, so that it stands in the list of imports and
can be taken back there like any other."""

import csv
import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.i18n import t
from nakhon_dash.ingest.annotation import COLUMNS
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.writer import import_entries
from nakhon_dash.ui import cards, load, state
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.wording import named, refusal

_SAID = "data_noted_said"


def card() -> None:
    view, profile = state.current(), current_profile()
    lang = view.lang
    spec = cards.Card("noted", t("data.noted.title", lang), note=t("data.noted.note", lang))
    with cards.card(spec, view):
        markup.say(t("data.noted.note", lang))
        if said := st.session_state.pop(_SAID, None):
            markup.strip(said[1], calm=said[0])
        with st.form("noted", border=False):
            cells = _fields(profile, lang)
            sent = st.form_submit_button(t("data.noted.store", lang))
        if sent:
            st.session_state[_SAID] = _stored(cells, profile, lang)
            st.rerun()


def _fields(profile: Profile, lang: str) -> dict[str, str]:
    """The note as the cells of a file."""
    zones, kinds = ["", *profile.zones], list(profile.categories)
    for key, default in (("noted_zone", ""), ("noted_category", [])):
        state.hold(key, st.session_state.get(key, default), lang)
    day: date = st.date_input(t("data.noted.day", lang), load.moment().today, key="noted_day")
    zone = st.selectbox(t("data.noted.zone", lang), zones, key="noted_zone", format_func=lambda code: (
        profile.zones[code].name(lang) if code else t("data.noted.no_zone", lang)))  # fmt: skip
    chosen = st.multiselect(t("data.noted.category", lang), kinds, key="noted_category",
                            placeholder=t("data.noted.every", lang),
                            format_func=lambda code: profile.categories[code].name(lang))  # fmt: skip
    written = {name: st.text_input(t(f"data.noted.{name}", lang), key=f"noted_{name}").strip()
               for name in ("cells", "title_th", "title_en", "source")}  # fmt: skip
    return {"day_from": day.isoformat(), "kind": "intervention", "zone": zone, "category": " ".join(chosen)} | written


def _stored(cells: dict[str, str], profile: Profile, lang: str) -> tuple[bool, str]:
    """Whether the note is in the store, and what to say. A note that would be refused leaves no import behind."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"intervention-{cells['day_from']}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(COLUMNS), restval="")
            writer.writeheader()
            writer.writerow(cells)
        rejected = [one for block in open_entries("annotation", path, profile) for one in block.rejected]
        if rejected:
            return False, t("data.noted.refused", lang, why=named(f"reason.{rejected[0].reason}", lang))
        try:
            found = import_entries(load.engine(), open_entries("annotation", path, profile))
        except StoreError as error:
            return False, refusal(error, lang)
    return True, t("data.noted.known" if found.unchanged else "data.noted.stored", lang)
