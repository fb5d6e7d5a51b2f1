"""The mapping built by pointing and clicking: columns, order of dates, time zone, source, and words of the file."""

from functools import partial
from zoneinfo import available_timezones

import streamlit as st

from nakhon_dash.domain.profile import UNMAPPED, Profile, current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.ingest import mapping as mappings
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.states import STATES
from nakhon_dash.ui.data import drafts, markup
from nakhon_dash.ui.data import held as holding
from nakhon_dash.ui.data.boxes import box
from nakhon_dash.ui.data.drafts import Draft
from nakhon_dash.ui.data.held import Held
from nakhon_dash.ui.data.wording import refusal

WORDS_SHOWN = 15
_DRAFT, _SAMPLE, _FAULT = "draft", "sample", "fault"


def builder(held: Held, view: View) -> None:
    """The boxes; every change is tried at once, so that the rows below show its effect."""
    profile, lang = current_profile(), view.lang
    sample = _sample(held)
    draft: Draft = held.draft.setdefault(_DRAFT, drafts.suggested(held.name, sample, profile))
    markup.step(t("data.mapping.title", lang), t("data.mapping.help", lang))
    with st.container(key="data_mapping"):
        _columns(draft, drafts.MAIN, sample, lang)
        with st.expander(t("data.mapping.more", lang)):
            _columns(draft, drafts.MORE, sample, lang)
        _rules(draft, lang)
        for name in drafts.WORDS:
            _words(draft, name, sample, profile, lang)
        _apply(held, draft, list(sample), profile, lang)
        _file(held, draft, lang)


def _sample(held: Held) -> dict[str, list[str]]:
    if _SAMPLE not in held.draft:
        held.draft[_SAMPLE] = drafts.sample_of(held.path)
    return held.draft[_SAMPLE]


def _columns(draft: Draft, fields: tuple[str, ...], sample: dict[str, list[str]], lang: str) -> None:
    """One box a field, three in a row; needed ones carry a star."""
    for start in range(0, len(fields), 3):
        for place, name in zip(st.columns(3), fields[start:start + 3], strict=False):
            star = " *" if name in mappings.NEEDED else ""
            box(t(f"data.column.{name}", lang) + star, ["", *sample], key=f"map_{name}", place=place, lang=lang,
                value=draft.columns.get(name, ""), words=lambda heading: heading or t("data.mapping.none", lang),
                changed=partial(_put, draft.columns, name))


def _put(table: dict[str, str], name: str, value: str) -> None:
    if value:
        table[name] = value
    else:
        table.pop(name, None)


def _rules(draft: Draft, lang: str) -> None:
    order, zone, source = st.columns(3)
    box(t("data.mapping.order", lang), drafts.ORDERS, key="map_rule_order", value=draft.date_order, place=order,
        lang=lang, words=lambda code: t(f"data.order.{code}", lang), changed=partial(setattr, draft, "date_order"))
    box(t("data.mapping.zone", lang), sorted({*available_timezones(), draft.time_zone}), key="map_rule_zone",
        value=draft.time_zone, place=zone, lang=lang, words=str, changed=partial(setattr, draft, "time_zone"))
    key = "map_rule_source"
    if st.session_state.get(key) != draft.source:
        st.session_state[key] = draft.source

    def renamed() -> None:
        draft.source = drafts.source_name(st.session_state[key])

    source.text_input(t("data.mapping.source", lang), key=key, max_chars=40, on_change=renamed)


def _words(draft: Draft, name: str, sample: dict[str, list[str]], profile: Profile, lang: str) -> None:
    """Words of the file that nobody knows yet, each with a box of what it may mean."""
    unknown = drafts.not_understood(name, draft, sample, profile)
    if not unknown:
        return
    markup.step(t(f"data.mapping.words_{name}", lang), t("data.mapping.words_help", lang, n=len(unknown)))
    every = profile.categories if name == "category" else STATES
    codes = [code for code in every if code not in (UNMAPPED, "unknown")]  # the blank choice says that already
    chosen = draft.values.setdefault(name, {})

    def words(code: str) -> str:
        if not code:
            return t(f"data.mapping.leave_{name}", lang)
        return profile.categories[code].name(lang) if name == "category" else t(f"data.state.{code}", lang)

    for start in range(0, min(len(unknown), WORDS_SHOWN), 3):
        for at, (place, (word, n)) in enumerate(zip(st.columns(3), unknown[start:start + 3], strict=False), start):
            box(f"{_plain(word)} ({numbers.count(n, lang, 'rows')})", ["", *codes], key=f"map_{name}_{at}",
                value=chosen.get(word, ""), place=place, lang=lang, words=words, changed=partial(_put, chosen, word))


def _plain(word: str) -> str:
    """A word of the file as a label: short, and never read as markup."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~$:<>" else c for c in word[:40])


def _apply(held: Held, draft: Draft, columns: list[str], profile: Profile, lang: str) -> None:
    """Makes the draft the mapping in force when it is whole; else says what is missing."""
    text = ""
    if draft.missing:
        names = ", ".join(t(f"data.column.{name}", lang) for name in draft.missing)
        markup.strip(t("data.mapping.missing", lang, names=names))
    else:
        made = draft.mapping()
        problems = made.problems(columns, profile)
        text = "" if problems else made.dumped()
        if problems:
            markup.strip(refusal(BadFile("bad_mapping", problems="; ".join(problems)), lang))
    if text != held.choices.mapping:
        held.change(mapping=text)
        st.rerun()


def _file(held: Held, draft: Draft, lang: str) -> None:
    """The mapping as a file: to keep for `nakhon import --mapping`, or one made before to go on with."""
    if fault := held.draft.pop(_FAULT, None):
        markup.strip(refusal(fault, lang))
    with st.expander(t("data.mapping.file", lang)):
        if held.choices.mapping:
            st.download_button(t("data.mapping.download", lang), held.choices.mapping.encode(), mime="application/toml",
                               file_name=f"{draft.source}.toml", on_click="ignore", key="data_map_get")
        key = f"data_map_{holding.round_no()}"
        with st.container(key="data_map_file"):
            st.file_uploader(t("data.mapping.upload", lang), key=key, on_change=_uploaded, args=(held, key))


def _uploaded(held: Held, key: str) -> None:
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        made = mappings.loaded(file.getvalue().decode("utf-8-sig", errors="replace"))
    except BadFile as error:
        held.draft[_FAULT] = error
        return
    held.draft[_DRAFT] = drafts.of(made, current_profile())
