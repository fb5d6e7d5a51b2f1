"""How often were warnings right? The log with what people found, and a replay of the last year beside it."""

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from nakhon_dash.domain.view import FILTERS, Scope, day_of, micros
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.warning import WEEK, Week, last_complete_day, warned
from nakhon_dash.measures.warning_record import Past, Precision, Share, logbook, precision, replayed, write
from nakhon_dash.store import alerts
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import html, line
from nakhon_dash.ui.overview.place import zone_name
from nakhon_dash.ui.page import Page, name_of

SHOWN = 5
OPEN = "open"  # not decided yet
_REPLAY = "warning_replay_on"


def show(page: Page) -> None:
    log, back = st.columns([7, 5], gap="large")
    with log:
        _log(page)
    with back:
        _replay(page)


def _head(words: str, said: list[str]) -> None:
    html(f'<div style="margin-top:10px;font-weight:600">{words}</div>' + "".join(map(line, said)))


def book(page: Page) -> Ask:
    """The log of the whole city, read from the store itself: replicas have no copy of it."""
    return Ask(StoreReader(load.engine()), page.profile, Scope(), page.at.as_of)


def whole_city(page: Page) -> Week:
    return load.kept(page.at, warned, Scope())


def _log(page: Page) -> None:
    ask = book(page)
    found, rows = precision(ask), logbook(ask)
    said = _precision(page, found) or [page.t("warning.log.empty")]
    if any(getattr(page.scope, name) for name in FILTERS):
        said.append(page.t("warning.log.whole"))
    _head(page.t("warning.log.title"), said)
    if page.at.known is None and _unlogged(whole_city(page), rows):  # nothing is logged after the fact
        st.button(page.t("warning.log.write"), key="warning_write", on_click=_write, args=(page,))
    for row in _first(rows).to_dict("records"):
        _row(page, {str(name): value for name, value in row.items()})
    if len(rows) > SHOWN:
        html(line(page.t("warning.log.more", n=numbers.decimal(len(rows) - SHOWN, 0))))


def _precision(page: Page, found: list[Precision]) -> list[str]:
    """One line for each tier: real ones of those decided, or that none has been."""
    said = []
    for one in found:
        tier, rest = page.t(f"warning.tier.{one.tier}"), numbers.decimal(one.undecided + one.unclear, 0)
        if not one.real.n:
            said.append(page.t("warning.log.undecided", tier=tier, n=numbers.decimal(one.logged, 0)))
            continue
        said.append(page.t("warning.log.precision", tier=tier, n=numbers.decimal(one.real.n, 0),
                           k=numbers.decimal(one.real.k, 0), span=_span(page, one.real), rest=rest))  # fmt: skip
    return said


def _span(page: Page, share: Share) -> str:
    low, high = share.ends
    return "" if low is None or high is None else numbers.share_span(low, high, page.lang, share.n)


def _unlogged(week: Week, rows: pd.DataFrame) -> bool:
    """Whether a warning of this week is not in the log, nor one of an overlapping week."""
    near = rows[(rows["first_day"] - week.first_day).abs() < WEEK]
    there = set(zip(near["category"], near["zone"], near["tier"], strict=True))
    return any((one.category, one.zone, one.tier) not in there for one in week.found)


def _write(page: Page) -> None:
    write(load.engine(), whole_city(page), page.at.as_of)


def _first(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest, those that nobody has decided before the others."""
    return rows.assign(decided=rows["outcome"].notna()).sort_values("decided", kind="stable").head(SHOWN)


def _row(page: Page, row: dict) -> None:
    key, outcome, note = f"warning_{row['id']}", row["outcome"], row["note"]
    name = f"{escape(name_of(page, 'category', row['category']))} · {escape(zone_name(page, row['zone']))}"
    week = dates.day_range(day_of(row["first_day"]), day_of(row["first_day"] + WEEK - 1), page.lang)
    look, tier = "nk-al" if row["tier"] == "alert" else "nk-wa", page.t(f"warning.tier.{row['tier']}")
    tag = f'<span class="nk-tag {look}">{tier}</span>'
    made = f" · {page.t('warning.log.synthetic')}" if row["synthetic"] else ""
    words, found, why = st.columns([6, 3, 3], gap="small", vertical_alignment="center")
    words.markdown(f'<div class="nk-ci">{tag} {name}<br>{week}{made}</div>', unsafe_allow_html=True)
    chosen = OPEN if pd.isna(outcome) else str(outcome)
    state.hold(key, chosen, page.lang)
    found.selectbox(page.t("warning.log.outcome"), (OPEN, *alerts.OUTCOMES), key=key, label_visibility="collapsed",
                    format_func=lambda code: page.t(f"warning.outcome.{code}"), on_change=_decide, args=(row["id"],),
                    disabled=page.at.known is not None)
    if chosen == OPEN:
        return
    state.hold(f"{key}_note", OPEN if pd.isna(note) else str(note), page.lang)
    why.selectbox(page.t("warning.log.note"), (OPEN, *alerts.NOTES), key=f"{key}_note", label_visibility="collapsed",
                  format_func=lambda code: page.t(f"warning.note.{code}"), on_change=_decide, args=(row["id"],),
                  disabled=page.at.known is not None)


def _decide(number: int) -> None:
    outcome = st.session_state[f"warning_{number}"]
    note = st.session_state.get(f"warning_{number}_note", OPEN)
    alerts.decide(load.engine(), number, None if outcome == OPEN else outcome, None if note == OPEN else note)


def _replay(page: Page) -> None:
    """A year judged again; only when asked for, and then once a day of data and filters."""
    if not st.session_state.get(_REPLAY):
        _head(page.t("warning.replay.title"), [page.t("warning.replay.about")])
        st.button(page.t("warning.replay.run"), key="warning_replay", on_click=_switch_on)
        return
    ended = replace(page.at, as_of=micros(load.end_of(day_of(last_complete_day(page.now)), page.profile.tz)))
    past = load.kept(ended, replayed, replace(page.scope.days(None, None), clock=None))
    _head(page.t("warning.replay.title"), _replayed(page, past))


def _switch_on() -> None:
    st.session_state[_REPLAY] = True


def _replayed(page: Page, past: Past | None) -> list[str]:
    if past is None:
        return [page.t("warning.replay.short")]
    weeks = numbers.decimal(past.weeks, 0)
    if not past.alerts:
        return [page.t("warning.replay.none", weeks=weeks, watches=numbers.decimal(past.watches, 0))]
    said = [page.t("warning.replay.counted", weeks=weeks, alerts=numbers.decimal(past.alerts, 0),
                   watches=numbers.decimal(past.watches, 0))]  # fmt: skip
    for key, mine, usual in (("lasted", past.lasted, past.lasted_usual), ("event", past.in_event, past.in_event_usual)):
        low, high = mine.ends
        if usual.value is not None and low is not None and high is not None:
            said.append(page.t(f"warning.replay.{key}", k=numbers.decimal(mine.k, 0), n=numbers.decimal(mine.n, 0),
                               span=_span(page, mine), usual=numbers.share(usual.value, usual.n)))  # fmt: skip
            said += [page.t("warning.replay.same")] if key == "lasted" and low <= usual.value <= high else []
    return said
