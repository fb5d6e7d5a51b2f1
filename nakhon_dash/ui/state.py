"""One `View` per reader: session state, address and widgets agree on it, in codes only.

Widgets show words, and Streamlit sends words back: after a language switch an old word would reset a filter. So every
widget's value is held: written before the widget is made, and read in `on_change` only.
"""

from dataclasses import fields, replace

import streamlit as st

from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.domain.view import FILTERS, View

_VIEW, _WRITTEN = "view", "view_in_address"
NAMES = tuple(f.name for f in fields(View))


def allowed_codes(profile: Profile) -> dict[str, list[str]]:
    """Codes a filter may hold; sources are whatever the store has, so they are not checked here."""
    return {
        "dimension": list(profile.dimensions_by_code),
        "category": list(profile.categories),
        "department": list(profile.departments),
        "zone": list(profile.zones),
        "channel": list(profile.channels),
    }


def current() -> View:
    """The reader's view: from the address when it names one, else the one kept over page changes."""
    asked = {name: st.query_params[name] for name in NAMES if name in st.query_params}
    if _VIEW not in st.session_state or (asked and asked != st.session_state.get(_WRITTEN)):
        st.session_state[_VIEW] = View.from_query(asked, allowed_codes(current_profile()))
    view: View = st.session_state[_VIEW]
    _write_address(view)
    return view


def hold(key: str, value: object, lang: str) -> None:
    """Write a widget's value before it is made, when it differs or the language changed.

    Not on every run: that would take back a choice made while the page is still being drawn.
    """
    spoken = f"{key}_spoken"
    if key not in st.session_state or st.session_state[key] != value or st.session_state.get(spoken) != lang:
        st.session_state[key] = value
    st.session_state[spoken] = lang


def change(**values: object) -> None:
    """Replace parts of the view; used by callbacks, before the next run."""
    view: View = st.session_state.get(_VIEW, View())
    st.session_state[_VIEW] = replace(view, **values)  # type: ignore[arg-type]
    _write_address(st.session_state[_VIEW])


def clear_filters() -> None:
    change(period=View.period, compare=View.compare, clock=View.clock, asof=View.asof, **dict.fromkeys(FILTERS, ()))


def _write_address(view: View) -> None:
    query = view.to_query()
    for name in NAMES:
        if name in query:
            if st.query_params.get(name) != query[name]:
                st.query_params[name] = query[name]
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state[_WRITTEN] = query


def own(name: str, allowed: list[str], default: str) -> str:
    """A choice that belongs to one page only (a layer, a spot): from the address at first sight, then as chosen."""
    key = f"own_{name}"
    if key not in st.session_state:
        asked = st.query_params.get(name, default)
        st.session_state[key] = asked if asked in allowed else default
    if st.session_state[key] not in allowed:  # what is allowed can change with the view
        st.session_state[key] = default
    value: str = st.session_state[key]
    if value != default and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif value == default and name in st.query_params:
        del st.query_params[name]
    return value


def choose(name: str, value: str) -> None:
    """Sets a choice of `own`; used by callbacks, before the next run."""
    st.session_state[f"own_{name}"] = value
