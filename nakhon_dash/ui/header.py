"""Above and below every page: the day, up to when data is known, whether it is synthetic, and where maps come from."""

from html import escape

import streamlit as st

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import View, moment_of
from nakhon_dash.i18n import dates, t
from nakhon_dash.ui import live, past
from nakhon_dash.ui.load import Moment


def synthetic_mark(at: Moment, lang: str) -> str:
    """The hatched frame, or nothing when all data is real."""
    if at.synthetic == "none":
        return ""
    words = t("frame.synthetic" if at.synthetic == "all" else "frame.partly_synthetic", lang)
    return f'<span class="nk-syn"><b>{escape(words)}</b></span>'


def meta(view: View, at: Moment) -> None:
    """One line: today, live status, synthetic mark."""
    tz, lang = current_profile().tz, view.lang
    now = moment_of(at.as_of).astimezone(tz)
    today = t("frame.today", lang, weekday=dates.weekday(now, lang), day=dates.day_long(now, lang),
              clock=dates.clock(now, lang))
    st.markdown(
        f'<div class="nk-meta"><span class="nk-day">{today}</span>'
        f'<span class="nk-right">{_status(at, lang)}{synthetic_mark(at, lang)}</span></div>',
        unsafe_allow_html=True,
    )
    if at.known is not None:
        past.banner(view)


def _status(at: Moment, lang: str) -> str:
    """Up to when data is known, and that it is looked for again: not for a past day, which stays as it is."""
    tz = current_profile().tz
    if at.data_at is None:
        return f'<span class="nk-live nk-stale"><i></i>{t("frame.no_data_yet", lang)}</span>'
    known = moment_of(at.data_at).astimezone(tz)
    if at.stale_days:
        words = t("frame.stale", lang, days=at.stale_days, moment=dates.moment_short(known, lang))
        return f'<span class="nk-live nk-stale"><i></i><b>{words}</b></span>'
    same_day = known.date() == at.today
    shown = dates.clock(known, lang) if same_day else dates.moment_short(known, lang)
    if at.known is not None:
        return f'<span class="nk-live nk-stale"><i></i>{t("frame.data_to", lang, moment=shown)}</span>'
    checked = t("frame.checked_every", lang, seconds=f"{live.EVERY:g}")
    return f'<span class="nk-live"><i></i>{t("frame.data_to", lang, moment=shown)} <em>{checked}</em></span>'


def foot(view: View, at: Moment) -> None:
    lang, profile = view.lang, current_profile()
    left = t("frame.foot_map", lang, city=escape(profile.city.name(lang)))
    mark = {"all": t("frame.synthetic", lang), "some": t("frame.partly_synthetic", lang), "none": ""}[at.synthetic]
    right = " · ".join(part for part in (t("frame.foot_rev", lang, rev=f"{at.rev:,}"), mark) if part)
    st.markdown(f'<div class="nk-foot"><span>{left}</span><span>{right}</span></div>', unsafe_allow_html=True)
