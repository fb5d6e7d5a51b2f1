"""A select box whose value is a code of ours and outlives a switch of language."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from nakhon_dash.ui import state


def box(label: str, options: Sequence[Any], *, key: str, value: Any, words: Callable[[Any], str], lang: str,  # noqa: ANN401
        changed: Callable[[Any], None], place: Any = st, width: int | str = "stretch") -> None:  # noqa: ANN401
    """Shows `value`, or the first option when it is none of them; `changed` is told the code chosen."""
    state.hold(key, value if value in options else options[0], lang)
    place.selectbox(label, options, key=key, format_func=words, width=width,
                    on_change=lambda: changed(st.session_state[key]))
