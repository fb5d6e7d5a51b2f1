"""The frame of every page: page list, navigation, filters, header and footer.

`app.py` calls `run`; every page calls `enter` first, because in a fresh process Streamlit can run a file of `pages/`
without `app.py` (its old multipage mode).
"""

from pathlib import Path

import streamlit as st

from nakhon_dash.domain.profile import ProfileError, current_profile
from nakhon_dash.domain.view import View
from nakhon_dash.i18n import LANGS, t
from nakhon_dash.ui import filters, header, load, past, scheme, state, style

ROOT = Path(__file__).resolve().parents[2]
_RUNNING = "_frame_running"
PAGES = ("overview", "resolution", "hotspots", "data", "methods")  # a page that is not built yet does not appear
NAMES = {"th": "ไทย", "en": "EN"}  # the same in both languages, so that the widget never meets a foreign label


def pages(lang: str) -> list:
    """The pages that exist; addresses are constant, titles follow the language."""
    folder = ROOT / "pages"
    return [
        st.Page(folder / f"{name}.py", title=t(f"page.{name}", lang), url_path=name, default=name == "overview")
        for name in PAGES
        if (folder / f"{name}.py").exists()
    ]


def run() -> None:
    """Build the navigation, then the frame, then the page."""
    st.set_page_config(page_title="Nakhon Dash", page_icon=str(ROOT / "static" / "icon.png"), layout="wide")
    lang = st.query_params.get("lang", st.session_state.get("view", View()).lang)
    page = st.navigation(pages(lang if lang in LANGS else "th"), position="top")
    style.apply()
    st.logo(str(ROOT / "static" / "logo.svg"), size="medium", link=None)
    if _ready():
        past.limit(load.moment().first_day)
        _language(state.current())
        _filters()
        st.session_state[_RUNNING] = True
        try:
            page.run()
        finally:
            st.session_state[_RUNNING] = False
        header.foot(state.current(), load.moment())


def enter() -> None:
    """First line of every page: without the frame, run the frame instead and stop."""
    if not st.session_state.get(_RUNNING):
        run()
        st.stop()


def _ready() -> bool:
    """Whether profile and store can be used; else the reader is told what to do."""
    lang = st.session_state.get("view", View()).lang
    try:
        current_profile()
    except ProfileError as error:
        st.error(t("frame.profile_bad", lang))
        st.code("\n".join(error.problems), language=None)
        return False
    try:
        load.rev()
    except Exception:  # noqa: BLE001 (whatever the driver raises, the reader needs the same advice)
        st.error(f"**{t('frame.store_down', lang)}**  \n{t('frame.store_down_help', lang)}")
        return False
    return True


def _language(view: View) -> None:
    key = "f_lang"
    state.hold(key, view.lang, view.lang)

    def changed() -> None:
        state.change(lang=st.session_state[key] or view.lang)  # a second click on the choice clears it

    with st.container(key="language", horizontal=True, vertical_alignment="center", gap="small"):
        scheme.switch(view.lang, ("", *PAGES[1:]))
        st.segmented_control(t("frame.language", view.lang), LANGS, key=key, format_func=NAMES.__getitem__,
                             label_visibility="collapsed", on_change=changed)


def _filters() -> None:
    view, profile = state.current(), current_profile()
    at = load.moment(view.asof)
    filters.sidebar(view, profile, at.today, at.first_day, list(at.sources))
