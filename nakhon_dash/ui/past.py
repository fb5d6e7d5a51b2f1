"""A past day as it was known then: its control in the sidebar, its banner on the page, and which days there are."""

from datetime import UTC, date, datetime, timedelta
from html import escape

import streamlit as st

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import dates, t
from nakhon_dash.ui import state


def last_day() -> date:
    """Yesterday: today has not ended yet."""
    return datetime.now(UTC).astimezone(current_profile().tz).date() - timedelta(days=1)


def limit(first_day: date) -> None:
    """Drop a day that the address asks for and that has no data, or has not ended."""
    asked = state.current().asof
    if asked and not first_day <= date.fromisoformat(asked) <= last_day():
        state.change(asof="")


def control(view: View, first_day: date) -> None:
    """Off = now; on = one past day. Nothing while the data is younger than a day."""
    last = last_day()
    if first_day > last:
        return
    switch, lang = "f_past", view.lang
    state.hold(switch, bool(view.asof), lang)
    st.toggle(t("known.toggle", lang), key=switch, help=t("known.toggle_help", lang),
              on_change=lambda: state.change(asof=last.isoformat() if st.session_state[switch] else ""))
    if view.asof:
        _day(view, first_day, last)


def _day(view: View, first_day: date, last: date) -> None:
    key, day = "f_past_day", date.fromisoformat(view.asof)
    state.hold(key, day, view.lang)

    def changed() -> None:
        if st.session_state[key]:  # an emptied field is no choice
            state.change(asof=st.session_state[key].isoformat())

    st.date_input(t("known.day", view.lang), key=key, on_change=changed, format="DD/MM/YYYY", min_value=first_day,
                  max_value=last)
    weekday, shown = dates.weekday(day, view.lang), dates.day_long(day, view.lang)
    st.caption(t("known.chosen", view.lang, weekday=weekday, day=shown))  # the picker knows no Buddhist Era


def banner(view: View) -> None:
    """What the reader looks at, and the way back."""
    day = dates.day_medium(date.fromisoformat(view.asof), view.lang)
    with st.container(key="past_banner", horizontal=True, vertical_alignment="center", gap="small"):
        words, note = t("known.banner", view.lang, day=day), t("known.banner_note", view.lang)
        st.markdown(f'<div class="nk-past"><b>{escape(words)}</b> <span>{escape(note)}</span></div>',
                    unsafe_allow_html=True)
        st.button(t("known.back", view.lang), key="past_back", on_click=lambda: state.change(asof=""))
