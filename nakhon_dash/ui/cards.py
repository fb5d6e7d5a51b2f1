"""One card for every figure: rule, question, number with interval and n, change, one picture, source line.

Words are put on here; numbers come ready as `Measure`. The `?` opens the definition with numerator, denominator and
what was left out; the `⋯` opens sentence, table, command and link.
"""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import Scope, View, moment_of
from nakhon_dash.i18n import dates, has, numbers, t
from nakhon_dash.ui.load import Moment


@dataclass(frozen=True)
class Card:
    """What a card is about. `table` is what its download holds, `about` its id in the registry of tables; `sentence`
    says the finding in words."""

    key: str
    title: str
    measures: tuple[Measure, ...] = ()
    sentence: str = ""
    table: pd.DataFrame | None = field(default=None, compare=False)
    command: str = ""
    lead: bool = False
    note: str = ""
    about: str = ""


def html(text: str) -> None:
    """Markup of ours on the page; every word from data must be escaped by the caller."""
    st.markdown(text, unsafe_allow_html=True)


@contextmanager
def card(spec: Card, view: View) -> Iterator[None]:
    """The frame of one card: rule and head now, the body inside, the same key on every run."""
    with st.container(key=f"card-{'lead-' if spec.lead else ''}{spec.key}"):
        title, ask, more = st.columns([10, 1, 1], gap="small", vertical_alignment="top")
        title.markdown(f'<div id="{spec.key}"><h3 class="nk-title">{spec.title}</h3></div>', unsafe_allow_html=True)
        with ask.popover("?", type="tertiary", help=t("card.about", view.lang)):
            _about(spec, view)
        with more.popover("⋯", type="tertiary", help=t("card.more", view.lang)):
            _more(spec, view)
        yield


def _about(spec: Card, view: View) -> None:
    lang = view.lang
    if spec.note:
        st.markdown(spec.note)
    if spec.about:
        name, definition, caveat = (t(f"table.{spec.about}.{part}", lang) for part in ("name", "definition", "caveat"))
        st.markdown(f"**{name}**  \n{definition}")
        st.caption(caveat)
    for measure in spec.measures:
        key = f"metric.{measure.metric}"
        st.markdown(f"**{t(f'{key}.name', lang)}**  \n{t(f'{key}.definition', lang)}")
        if measure.denominator is not None and measure.numerator is not None:
            a, b = numbers.decimal(measure.numerator, 0), numbers.decimal(measure.denominator, 0)
            st.caption(t("card.fraction", lang, numerator=a, denominator=b))
        if has(f"{key}.caveat") and t(f"{key}.caveat", lang):
            st.caption(t(f"{key}.caveat", lang))
    left_out = spec.measures[0].excluded if spec.measures else {}
    if left_out:
        st.caption(t("card.left_out_head", lang))
        st.markdown("\n".join(f"- {excluded_name(code, lang)}: {numbers.count(n, lang)}"
                              for code, n in sorted(left_out.items(), key=lambda item: -item[1])))
    st.page_link("pages/methods.py", label=t("card.methods", lang))


def excluded_name(code: str, lang: str) -> str:
    """Why rows were left out, in words."""
    return t(f"excluded.{code}", lang) if has(f"excluded.{code}") else code


def _more(spec: Card, view: View) -> None:
    lang = view.lang
    if spec.sentence:
        st.caption(t("card.sentence", lang))
        st.code(spec.sentence, language=None, wrap_lines=True)
    if spec.table is not None and not spec.table.empty:
        st.caption(t("card.table", lang))
        st.dataframe(spec.table, hide_index=True, height=min(35 * (len(spec.table) + 1) + 3, 260))
        st.download_button(t("card.csv", lang), partial(_csv, spec.table),
                           file_name=f"nakhon-{spec.key}.csv", on_click="ignore", key=f"csv-{spec.key}")
    if spec.command:
        st.caption(t("card.command", lang))
        st.code(spec.command, language=None, wrap_lines=True)
    st.caption(t("card.address", lang))
    query = "&".join(f"{name}={value}" for name, value in view.to_query().items())
    st.code(f"{st.context.url or ''}".split("?")[0] + (f"?{query}" if query else ""), language=None, wrap_lines=True)


def _csv(table: pd.DataFrame) -> bytes:
    """UTF-8 with BOM, so that Excel reads Thai."""
    return table.to_csv(index=False).encode("utf-8-sig")


def number(value: str, unit: str = "", *, lead: bool = False, key: str = "") -> str:
    """The big number with its unit; it marks itself once when it changed since the last look."""
    flash = _flash(key, value) if key else ""
    size = " nk-xl" if lead else ""
    small = f"<small>{escape(unit)}</small>" if unit and unit != "%" else ""
    sign = '<span class="nk-pc">%</span>' if unit == "%" else ""
    return f'<div class="nk-num{size}{flash}" data-figure="{key}">{escape(value)}{sign}{small}</div>'


def _flash(key: str, value: str) -> str:
    """Alternating class names, so that the same animation starts again at every change."""
    last, turn = st.session_state.get(f"_shown_{key}", (value, None))
    if last != value:
        turn = 0 if turn else 1
    st.session_state[f"_shown_{key}"] = (value, turn)
    return "" if turn is None else f" nk-new{turn}"


def few(n: int, lang: str) -> str:
    """The dashed tag that stands where a number would, when there are too few cases."""
    return f'<span class="nk-few">{t("card.few", lang)}</span><span class="nk-ci"> n = {numbers.decimal(n, 0)}</span>'


def line(words: str, kind: str = "ci") -> str:
    return f'<div class="nk-{kind}">{words}</div>'


def delta(words: str, *, real: bool, up: bool = True) -> str:
    """A change in words: grey bar inside noise, ink triangle outside. Never green or red."""
    if real:
        mark = '<i class="nk-up"></i>' if up else '<i class="nk-down"></i>'
        return f'<div class="nk-delta nk-real">{mark}{words}</div>'
    return f'<div class="nk-delta"><i class="nk-flat"></i>{words}</div>'


def source_line(source: str, at: Moment, view: View, excluded: int = 0, more: str = "") -> str:
    """Where the number comes from, up to when, how many rows were left out, and what `more` there is to say."""
    tz, lang = current_profile().tz, view.lang
    words = [escape(source), t("card.until", lang, moment=dates.moment_short(moment_of(at.as_of).astimezone(tz), lang))]
    if at.synthetic != "none":
        words[0] += t("card.synthetic_short", lang)
    if excluded:
        words.append(t("card.left_out", lang, n=numbers.decimal(excluded, 0)))
    if more:
        words.append(escape(more))
    return f'<div class="nk-src">{" · ".join(words)}</div>'


def command(metric: str, scope: Scope, at: Moment, *, by: str = "", compare: str = "") -> str:
    """The line that prints the same figure or table: `nakhon show …`."""
    tz = current_profile().tz
    days = scope.as_dict()
    parts = ["nakhon", "show", metric]
    parts += [arg for name in ("from", "to") if days[name] for arg in (f"--{name}", days[name])]
    parts += ["--as-of", moment_of(at.as_of).astimezone(tz).isoformat()]
    for name in ("category", "department", "zone", "dimension", "channel", "source", "cell"):
        parts += [arg for code in getattr(scope, name) for arg in (f"--{name}", code)]
    if at.known is not None:
        then = [] if at.known == at.as_of else ["--known-at", moment_of(at.known).astimezone(tz).isoformat()]
        parts += then or ["--as-known"]
    options = {"clock": scope.clock, "compare": compare, "by": by}
    return shlex.join(parts + [arg for name, value in options.items() if value for arg in (f"--{name}", value)])
