"""What an import did: read = added + updated + unchanged + merged + skipped + quarantined, and why."""

from dataclasses import asdict, is_dataclass
from html import escape
from typing import Any

import streamlit as st

from nakhon_dash.domain.view import View
from nakhon_dash.i18n import numbers, t
from nakhon_dash.ui import cards
from nakhon_dash.ui.data import markup
from nakhon_dash.ui.data.wording import named

COUNTS = ("inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
TALLIES = ("merged_by", "skipped_by", "flags")
_LAST = "data_result"


def plain(result: Any) -> dict[str, Any]:  # noqa: ANN401 (the writer's result, or that of the boundaries)
    return asdict(result) if is_dataclass(result) and not isinstance(result, type) else dict(result)


def keep(result: Any, name: str) -> None:  # noqa: ANN401
    """Remembers the result of the last import until the reader closes it or takes the next file."""
    st.session_state[_LAST] = (plain(result), name)


def forget() -> None:
    st.session_state.pop(_LAST, None)


def last(view: View) -> None:
    """The result of this reader's last import, with the way to what was held back."""
    kept = st.session_state.get(_LAST)
    if kept is None:
        return
    result, name = kept
    lang = view.lang
    with st.container(key="data_result"):
        took = f"{result['seconds']:,.1f}"
        markup.strip(t("data.outcome.done", lang, file=escape(name), seconds=took), calm=True)
        show(result, lang)
        st.button(t("data.button.close", lang), key="data_result_close", type="tertiary", on_click=forget)


def show(result: dict[str, Any], lang: str) -> None:
    cards.html(equation(result, lang) + bar(result, lang) + _why(result, lang))


def equation(result: dict[str, Any], lang: str) -> str:
    """The sum as numbers with their names under them."""
    terms = [_term("read", result["read"], lang)]
    for at, name in enumerate(COUNTS):
        terms.append(f"<i>{'+' if at else '='}</i>{_term(name, result[name], lang)}")
    return f'<div class="nkd-sum">{"".join(terms)}</div>'


def _term(name: str, n: int, lang: str) -> str:
    kind = ' class="nkd-zero"' if not n else ' class="nkd-bad"' if name == "quarantined" else ""
    return f'<div{kind}><b>{numbers.decimal(n, 0)}</b><span>{t(f"data.count.{name}", lang)}</span></div>'


def bar(result: dict[str, Any], lang: str) -> str:
    """The same sum as lengths; its label says it in words."""
    if not result["read"]:
        return ""
    parts = "".join(f'<i class="k-{name}" style="flex:{result[name]}"></i>' for name in COUNTS if result[name])
    label = escape(sentence(result, lang))
    return f'<div class="nkd-bar" role="img" aria-label="{label}" title="{label}">{parts}</div>'


def sentence(result: dict[str, Any], lang: str) -> str:
    """The sum in one line, for quoting."""
    terms = " + ".join(f"{t(f'data.count.{name}', lang)} {numbers.decimal(result[name], 0)}" for name in COUNTS)
    return f"{t('data.count.read', lang)} {numbers.decimal(result['read'], 0)} = {terms}"


def _why(result: dict[str, Any], lang: str) -> str:
    """Codes in words: refused records with advice, then merged, skipped, and remarks on accepted ones."""
    out = ""
    if result.get("reasons"):
        link = f'<a href="#quarantine">{t("data.outcome.see_held", lang)}</a>' if result.get("batch") else ""
        out += markup.step_text(t("data.outcome.held", lang), link) + markup.reasons(result["reasons"], lang)
    for field in TALLIES:
        if result.get(field):
            items = " · ".join(f"{escape(_code(field, code, lang))} {numbers.decimal(n, 0)}"
                               for code, n in sorted(result[field].items(), key=lambda item: -item[1]))
            out += f'<p class="nkd-note"><b>{t(f"data.outcome.{field}", lang)}</b> {items}</p>'
    return out


def _code(field: str, code: str, lang: str) -> str:
    if field == "flags":
        return named(f"flag.{code}", lang)
    return named(f"data.merged.{code}" if field == "merged_by" else f"skipped.{code}", lang)
