"""The Methods page: what every number means and how to redo it, made from the metric registry and the profile."""

from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import COUNTED, METRICS, Metric, Unit
from nakhon_dash.domain.profile import Profile, current_profile
from nakhon_dash.domain.tables import TABLES, Table
from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.i18n import LANGS, catalogue, dates, numbers, t
from nakhon_dash.measures import compute_many
from nakhon_dash.queries import Reader
from nakhon_dash.ui import cards, header, live, load, state
from nakhon_dash.ui.methods_rules import SECTIONS, section

_WORDS = "methods_words"
ORDERED = tuple(METRICS)
SHEET = Path(__file__).with_name("methods.css")


@cache
def _css() -> str:
    return f"<style>{SHEET.read_text('utf-8')}</style>"


def head() -> None:
    """Day and live status, what this page promises, and the days its values are for."""
    view = state.current()
    at = load.moment(view.asof)
    st.html(_css())
    if at.known is None:
        live.follow(at.rev, datetime.now(UTC).timestamp(), fresh=not at.stale_days)
    header.meta(view, at)
    scope, _before = load.scopes(view, at, current_profile())
    days = dates.day_range(day_of(scope.first_day or 0), day_of(scope.last_day or 0), view.lang)
    cards.html(f'<h1 class="nk-claim">{t("methods.claim", view.lang, n=len(METRICS))}</h1>'
               f'<p class="nk-lede">{t("methods.lede", view.lang, days=days)}</p>')


def body() -> None:
    """Search and jump list beside the definitions and the rules they share."""
    view, profile = state.current(), current_profile()
    at = load.moment(view.asof)
    side, wide = st.columns([3, 9], gap="large")
    with side, st.container(key="methods_side"):
        hint = t("methods.placeholder", view.lang)
        words = st.text_input(t("methods.search", view.lang), key=_WORDS, placeholder=hint)
        found = [m for m in METRICS.values() if matches(f"metric.{m.id}", words, m.id)]
        tables = [table for table in TABLES.values() if matches(f"table.{table.id}", words, table.id)]
        rules = [name for name in SECTIONS if matches(f"methods.{name}", words)]
        cards.html(_jump(found, tables, rules, view.lang))
    with wide, st.container(key="methods_body"):
        if not found and not tables and not rules:
            cards.html(f'<p class="nkm-say">{t("methods.nothing", view.lang, words=escape(words))}</p>')
        scope, _before = load.scopes(view, at, profile)
        values = load.kept(at, _values, scope)
        for metric in found:
            cards.html(_metric(metric, values[metric.id], view.lang))
            st.code(cards.command(metric.id, scope, at), language=None, wrap_lines=True)
        for table in tables:
            cards.html(_table(table, view.lang))
            split = table.parts[0] if table.parts else ""
            compare = view.compare if table.compared and view.compare != "none" else "previous" * table.compared
            st.code(cards.command(table.id, scope, at, by=split, compare=compare), language=None, wrap_lines=True)
        for name in rules:
            cards.html(section(name, profile, at, values["on_time"], view.lang))


def _values(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> dict[str, Measure]:
    return compute_many(ORDERED, reader, profile, scope, as_of)


def matches(subject: str, words: str, code: str = "") -> bool:
    """Whether every word searched for stands somewhere in the subject's texts, in either language."""
    texts = [words_of[lang] for key, words_of in catalogue().items() if key.startswith(f"{subject}.") for lang in LANGS]
    whole = " ".join([code, *texts]).casefold()
    return all(word in whole for word in words.casefold().split())


def _jump(found: list[Metric], tables: list[Table], rules: list[str], lang: str) -> str:
    parts = [(t("methods.figures", lang), [(m.id, t(f"metric.{m.id}.name", lang)) for m in found]),
             (t("methods.tables", lang), [(one.id, t(f"table.{one.id}.name", lang)) for one in tables]),
             (t("methods.rules", lang), [(name, t(f"methods.{name}.title", lang)) for name in rules])]
    lists = "".join(
        f'<b>{title}</b><ul>{"".join(f"<li><a href=#{code}>{escape(name)}</a></li>" for code, name in rows)}</ul>'
        for title, rows in parts if rows)
    return f'<nav class="nkm-jump" aria-label="{t("methods.jump", lang)}">{lists}</nav>'


def _metric(metric: Metric, value: Measure, lang: str) -> str:
    key = f"metric.{metric.id}"
    name, question = t(f"{key}.name", lang), t(f"{key}.question", lang)
    definition = t(f"{key}.definition", lang)
    facts = "".join(f"<dt>{t(f'methods.{label}', lang)}</dt><dd>{words}</dd>"
                    for label, words in _facts(metric, value, lang) if words)
    return (f'<section class="nkm" id="{metric.id}"><div class="nkm-head"><div><h2>{escape(name)}</h2>'
            f'<p class="nkm-q">{escape(question)}</p></div>{_now(value, lang)}</div>'
            f'<p class="nkm-say">{escape(definition)}</p><dl>{facts}</dl></section>')


def _table(table: Table, lang: str) -> str:
    """What a table of record holds, how it is made, and what to mind."""
    key = f"table.{table.id}"
    method = t("methods.counted", lang) if table.method == COUNTED else f'<span lang="en">{escape(table.method)}</span>'
    lines = [("method", method), ("caveat", escape(t(f"{key}.caveat", lang))), ("command", " ")]
    facts = "".join(f"<dt>{t(f'methods.{label}', lang)}</dt><dd>{words}</dd>" for label, words in lines)
    name = escape(t(f"{key}.name", lang))
    return (f'<section class="nkm" id="{table.id}"><div class="nkm-head"><h2>{name}</h2></div>'
            f'<p class="nkm-say">{escape(t(f"{key}.definition", lang))}</p><dl>{facts}</dl></section>')


def _facts(metric: Metric, value: Measure, lang: str) -> list[tuple[str, str]]:
    """The lines of a definition: label under `methods.`, words."""
    key = f"metric.{metric.id}"
    cited = f'<span lang="en">{escape(metric.method)}</span>'
    method = t("methods.counted", lang) if metric.method == COUNTED else cited
    return [
        ("formula", escape(t(f"{key}.formula", lang))),
        ("symbols", f'<code lang="en">{escape(metric.formula)}</code>'),
        ("unit", f"{t(f'unit.{metric.unit}', lang)} · {t(f'better.{metric.better}', lang)}"),
        ("fraction", _fraction(value, lang)),
        ("method", method),
        ("left_out", _left_out(value, lang) if metric.source == "complaints" else ""),
        ("smallest", t("methods.few", lang, n=metric.min_n) if metric.min_n else ""),
        ("caveat", escape(t(f"{key}.caveat", lang))),
        ("command", " "),
    ]


def _fraction(value: Measure, lang: str) -> str:
    if value.numerator is None or value.denominator is None:
        return ""
    return t("methods.of", lang, a=_plain(value.numerator), b=_plain(value.denominator))


def _plain(value: float) -> str:
    return numbers.decimal(value, 0 if float(value).is_integer() else 2)


def _left_out(value: Measure, lang: str) -> str:
    rows = [f"{escape(cards.excluded_name(code, lang))} {numbers.decimal(n, 0)}" for code, n in value.excluded.items()]
    return " · ".join(rows) or t("methods.nothing_left_out", lang)


def _now(value: Measure, lang: str) -> str:
    """The value in the reader's view, small, with interval and n."""
    if value.value is None:
        return f'<div class="nkm-now"><span class="nk-few">{t(f"unknown.{value.reason}", lang)}</span></div>'
    small = [interval(value, lang), t("methods.n", lang, n=numbers.decimal(value.n, 0))]
    return (f'<div class="nkm-now" data-figure="{value.metric}"><b>{shown(value, lang)}</b>'
            f'<span>{" · ".join(part for part in small if part)}</span></div>')


def shown(value: Measure, lang: str) -> str:
    """The value with its unit, as a card writes it."""
    if value.value is None:
        return t(f"unknown.{value.reason}", lang)
    if value.unit == Unit.SHARE:
        return numbers.share(value.value, value.n)
    if METRICS[value.metric].signed:
        number, unit = numbers.hours_change(value.value)
        return t(f"number.duration_{unit}", lang, value=number)
    if value.unit == Unit.HOURS:
        return numbers.duration(value.value, lang)
    if value.unit == Unit.POINTS:
        return numbers.points(value.value, lang, value.n)
    number = numbers.decimal(value.value, METRICS[value.metric].decimals)
    return f"{number} <small>{t(f'unit.{value.unit}', lang)}</small>"


def interval(value: Measure, lang: str) -> str:
    """Level and ends of the interval; blank when the figure has none."""
    if value.level is None or (value.low is None and value.high is None):
        return ""
    if METRICS[value.metric].signed:
        ends = numbers.hours_change_span(value.low, value.high, lang)
    elif value.unit == Unit.HOURS:
        ends = numbers.duration_span(value.low, value.high, lang)
    elif value.low is None or value.high is None:
        return ""
    elif value.unit == Unit.SHARE:
        ends = numbers.share_span(value.low, value.high, lang, value.n)
    elif value.unit == Unit.POINTS:
        ends = numbers.points_span(value.low, value.high, lang, value.n)
    else:
        digits = METRICS[value.metric].decimals
        ends = numbers.span(numbers.decimal(value.low, digits), numbers.decimal(value.high, digits), lang)
    return t("methods.interval", lang, level=f"{value.level * 100:g}", span=ends)
