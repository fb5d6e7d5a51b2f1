"""The first rows: as they stand in the file, and as they will be read, codes and times in words."""

from collections.abc import Callable
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.domain.view import View, day_of, moment_of
from nakhon_dash.i18n import dates, numbers, t
from nakhon_dash.ingest.formats import GENERIC, layout_named
from nakhon_dash.ui import cards
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.held import Held
from nakhon_dash.ui.data.look_at import Look
from nakhon_dash.ui.data.wording import flags, helped, named

TALLEST = 248
Words = Callable[[Any], str]


def rows(held: Held, seen: Look, view: View) -> None:
    lang = view.lang
    if not seen.raw.empty:
        markup.step(t("data.preview.raw", lang), t("data.preview.masked", lang))
        _frame(seen.raw)
    if seen.detection and not seen.records:
        markup.strip(t("notice.header_only", lang))
    if not seen.rows.empty:
        markup.step(t("data.preview.read", lang), t("data.preview.read_help", lang))
        _frame(in_words(held, seen, lang))
    if held.dry is None:  # the dry run speaks of the whole file
        _problems(seen, lang)


def _frame(table: pd.DataFrame) -> None:
    st.dataframe(table, hide_index=True, height=min(35 * (len(table) + 1) + 3, TALLEST), row_height=35)


def in_words(held: Held, seen: Look, lang: str) -> pd.DataFrame:
    """The rows as a reader understands them; columns that are empty throughout are left out."""
    profile = current_profile()
    columns = _columns(held, seen, profile, lang)
    shown = {name: [words(value) for value in seen.rows[name]] for name, words in columns.items() if name in seen.rows}
    return pd.DataFrame({t(f"data.column.{name}", lang): values for name, values in shown.items() if any(values)})


def _columns(held: Held, seen: Look, profile: Profile, lang: str) -> dict[str, Words]:
    """Canonical columns in the order of reading, each with the words for its codes."""
    zone = _zone(held, seen, profile)

    def moment(value: Any) -> str:  # noqa: ANN401 (a cell)
        return "" if pd.isna(value) else dates.moment_short(moment_of(int(value)).astimezone(zone), lang)

    def day(value: Any) -> str:  # noqa: ANN401
        return "" if pd.isna(value) else dates.day_medium(day_of(int(value)), lang)

    def of(table: dict) -> Words:
        return lambda code: table[code].name(lang) if code in table else _text(code)

    cases: dict[str, Words] = {
        "source_id": _text, "received_at": moment, "closed_at": moment, "due_at": moment,
        "status": lambda code: named(f"data.status.{code}", lang),
        "outcome": lambda code: named(f"data.outcome.{code}", lang) if isinstance(code, str) else "",
        "category": of(profile.categories), "department": of(profile.departments), "zone": of(profile.zones),
        "channel": of(profile.channels), "stars": _number,
    }
    small: dict[str, Words] = {
        "day_no": day, "asked_day_no": day, "followers": _number, "targeted_reaches": _number, "blocks": _number,
        "part": _text, "class": _text, "percentage": _number, "wave": _text, "respondent": _text, "question": _text,
        "score": _number, "scale_max": _number, "missing": lambda code: named(f"reason.{code}", lang) if code else "",
        "day_from": day, "day_to": day, "zone": of(profile.zones), "kind": _text, "title_th": _text, "title_en": _text,
    }
    return (cases if seen.kind == "complaints" else small) | {"flags": lambda text: flags(_text(text), lang)}


def _text(value: Any) -> str:  # noqa: ANN401 (a cell)
    return "" if value is None or pd.isna(value) else str(value)


def _number(value: Any) -> str:  # noqa: ANN401 (a cell)
    return "" if value is None or pd.isna(value) else f"{float(value):,.10g}"


def _zone(held: Held, seen: Look, profile: Profile) -> ZoneInfo:
    """The time zone of the place reported from, in which its times are shown."""
    if seen.format in (None, GENERIC) or seen.kind != "complaints":
        draft = held.draft.get("draft")
        return ZoneInfo(draft.time_zone if draft else profile.city.time_zone)
    return ZoneInfo(layout_named(str(seen.format)).time_zone or profile.city.time_zone)


def _problems(seen: Look, lang: str) -> None:
    """What the first rows show already: refused ones with reasons, remarks on the others."""
    found = [markup.item(f"<b>{escape(named(f'reason.{one.reason}', lang))}</b>",
                         t("data.preview.record", lang, n=one.record),
                         f"{escape(one.detail)} {escape(helped(one.reason, lang))}") for one in seen.rejected]
    tally: dict[str, int] = {}
    for text in seen.rows.get("flags", ()):
        for code in _text(text).split():
            tally[code] = tally.get(code, 0) + 1
    remarks = " · ".join(f"{escape(named(f'flag.{code}', lang))} {n}" for code, n in tally.items())
    if found or remarks:
        small = t("data.preview.problems_help", lang, n=numbers.decimal(seen.records, 0))
        said = f'<p class="nkd-note"><b>{t("data.outcome.flags", lang)}</b> {remarks}</p>' if remarks else ""
        cards.html(markup.step_text(t("data.preview.problems", lang), small) + markup.listed(found) + said)
    elif seen.records and not seen.needs_mapping and seen.kind != "boundaries":
        markup.note(t("data.preview.clean", lang, n=numbers.decimal(seen.records, 0)))
