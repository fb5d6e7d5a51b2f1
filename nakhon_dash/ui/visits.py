"""When this reader last looked: kept in a cookie of their browser, nowhere else."""

import streamlit as st

COOKIE = "nakhon_seen"
_LAST = "last_visit"


def last(now: int) -> int | None:
    """The instant of the visit before this one (µs), None at the first; kept for the whole session."""
    if _LAST not in st.session_state:
        text = st.context.cookies.get(COOKIE, "")
        st.session_state[_LAST] = int(text) if text.isdecimal() else None
    found = st.session_state[_LAST]
    return found if found is None or found < now else None


_SCRIPT = """export default function ({ data }) {
  document.cookie = `${data.name}=${data.at};path=/;max-age=31536000;SameSite=Strict`
}"""


@st.cache_resource(show_spinner=False)
def _component() -> object:
    return st.components.v2.component("nk_seen", js=_SCRIPT)


def remember(now: int) -> None:
    """Note this visit for the next one."""
    last(now)
    _component()(key="nk_seen", data={"name": COOKIE, "at": str(now)}, height="content")  # type: ignore[operator]
