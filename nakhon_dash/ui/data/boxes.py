"""A select box whose value is a code of ours and outlives a switch of language.

Streamlit sends the words of the choice; after a switch the browser still holds those of the other language. So the
value is written before the box when it or the language changed. Not on every run: that would take back a choice made
while the page is still being drawn.
"""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def box(label: str, options: Sequence[Any], *, key: str, value: Any, words: Callable[[Any], str], lang: str,  # noqa: ANN401
        changed: Callable[[Any], None], place: Any = st, width: int | str = "stretch") -> None:  # noqa: ANN401
    """Shows `value`, or the first option when it is none of them; `changed` is told the code chosen."""
    held, spoken = value if value in options else options[0], f"{key}_spoken"
    if key not in st.session_state or st.session_state[key] != held or st.session_state.get(spoken) != lang:
        st.session_state[key] = held
    st.session_state[spoken] = lang
    place.selectbox(label, options, key=key, format_func=words, width=width,
                    on_change=lambda: changed(st.session_state[key]))
