"""The sidebar of filters: one place, the same on every page, kept over pages and languages."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import CLOCKS, COMPARES, FILTERS, PERIODS, View, fiscal_year, period_days
from nakhon_dash.i18n import t
from nakhon_dash.i18n.collation import sort_key
from nakhon_dash.i18n.dates import day_range, fiscal_year_name
from nakhon_dash.i18n.numbers import count
from nakhon_dash.ui import past, state

CUSTOM = "custom"


def sidebar(view: View, profile: Profile, today: date, first_day: date, sources: list[str]) -> None:
    """All filters of the view; every change goes into the view at once."""
    with st.sidebar:
        _head(view)
        _period(view, profile, today, first_day)
        _compare(view)
        lang = view.lang
        _codes(view, "dimension", list(profile.dimensions_by_code), lambda c: profile.dimensions_by_code[c].short(lang))
        _codes(view, "category", _sorted(profile.categories, lang), lambda c: profile.categories[c].name(lang))
        _codes(view, "department", list(profile.departments), lambda c: profile.departments[c].short(lang))
        _codes(view, "zone", list(profile.zones), lambda c: profile.zones[c].name(lang))
        _codes(view, "channel", list(profile.channels), lambda c: profile.channels[c].name(lang))
        if len(sources) > 1 or view.source:
            _codes(view, "source", sorted({*sources, *view.source}), str)
        _cells(view)
        _clock(view, profile)
        past.control(view, first_day)
        _note(view, profile, today, first_day)


def _sorted(rows: dict, lang: str) -> list[str]:
    return sorted(rows, key=lambda code: sort_key(rows[code].name(lang)))


def _head(view: View) -> None:
    title, clear = st.columns([3, 2], vertical_alignment="center")
    title.markdown(f"**{t('filter.title', view.lang)}**")
    if view.to_query().keys() - {"lang"}:
        clear.button(t("filter.clear", view.lang), type="tertiary", on_click=state.clear_filters, key="clear_filters")


def _period(view: View, profile: Profile, today: date, first_day: date) -> None:
    key, lang = "f_period", view.lang
    this = fiscal_year(today, profile.city.fiscal_year_start_month)
    first = fiscal_year(first_day, profile.city.fiscal_year_start_month)
    older = [f"fy{year}" for year in range(this - 2, max(first, this - 6) - 1, -1)]
    named = [*PERIODS[:6], *older, "all"]
    chosen = view.period if view.period in named else (view.period if view.period.startswith("fy") else CUSTOM)
    options = list(dict.fromkeys([*named, chosen, CUSTOM]))
    state.hold(key, chosen, lang)

    def label(code: str) -> str:
        if code == "fy" or code == "lastfy":
            year = this if code == "fy" else this - 1
            return t(f"filter.period_{code}", lang, name=fiscal_year_name(year, lang))
        if code.startswith("fy"):
            return fiscal_year_name(int(code[2:]), lang)
        return t(f"filter.period_{code}", lang)

    def changed() -> None:
        code = st.session_state[key]
        if code == CUSTOM:
            a, b = period_days(view.period, today, first_day, profile.city.fiscal_year_start_month)
            code = f"{a}..{b}"
        state.change(period=code)

    st.selectbox(t("filter.period", lang), options, key=key, format_func=label, on_change=changed)
    if chosen == CUSTOM:
        _custom_days(view, today, first_day)


def _custom_days(view: View, today: date, first_day: date) -> None:
    key = "f_days"
    first, last = period_days(view.period, today, first_day)
    if len(st.session_state.get(key, ())) != 1:  # with one end picked, the other is still to come
        state.hold(key, (first, last), view.lang)

    def changed() -> None:
        days = st.session_state[key]
        if len(days) == 2:  # while only the first end is clicked there is one
            state.change(period=f"{days[0]}..{days[1]}")

    st.date_input(t("filter.days", view.lang), key=key, on_change=changed, format="DD/MM/YYYY",
                  min_value=min(first_day, first), max_value=max(today, last))
    st.caption(day_range(first, last, view.lang))  # the picker knows no Buddhist Era


def _compare(view: View) -> None:
    key = "f_compare"
    state.hold(key, view.compare, view.lang)
    st.selectbox(t("filter.compare", view.lang), COMPARES, key=key,
                 format_func=lambda code: t(f"filter.compare_{code}", view.lang),
                 on_change=lambda: state.change(compare=st.session_state[key]))


def _clock(view: View, profile: Profile) -> None:
    key, office = "f_clock", profile.clock
    state.hold(key, view.clock, view.lang)
    st.selectbox(t("filter.clock", view.lang), CLOCKS, key=key,
                 format_func=lambda code: t(f"filter.clock_{code}", view.lang),
                 help=t("filter.clock_help", view.lang, opens=office.opens, closes=office.closes),
                 on_change=lambda: state.change(clock=st.session_state[key]))


def _codes(view: View, name: str, options: list[str], label: Callable[[str], str]) -> None:
    key = f"f_{name}"
    state.hold(key, [code for code in getattr(view, name) if code in options], view.lang)
    st.multiselect(t(f"filter.{name}", view.lang), options, key=key, format_func=label,
                   placeholder=t("filter.all", view.lang),
                   select_all=False,  # Streamlit has its words in English only
                   on_change=lambda: state.change(**{name: tuple(st.session_state[key])}))


def _cells(view: View) -> None:
    """The filter of cells, chosen on the map: it cannot be set here, only taken away."""
    if view.cell:
        st.caption(t("filter.cell", view.lang))
        words = t("filter.cells", view.lang, cells=count(len(view.cell), view.lang, "cells"))
        st.button(words, icon=":material/close:", key="f_cell",
                  help=t("filter.cell_clear", view.lang), on_click=lambda: state.change(cell=()))


def _note(view: View, profile: Profile, today: date, first_day: date) -> None:
    scope = view.scope(today, first_day, profile.city.fiscal_year_start_month)
    days = scope.as_dict()
    shown = day_range(date.fromisoformat(days["from"]), date.fromisoformat(days["to"]), view.lang)
    promise = profile.promise.title_th if view.lang == "th" else profile.promise.title_en
    baseline = profile.baseline.title_th if view.lang == "th" else profile.baseline.title_en
    name = profile.city.name(view.lang)
    st.caption(t("filter.note", view.lang, city=name, days=shown, promise=promise, baseline=baseline))


def active(view: View) -> list[str]:
    """Names of the filters in use."""
    return [name for name in FILTERS if getattr(view, name)]
