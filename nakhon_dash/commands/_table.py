"""Figures as a small table for the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS, Unit
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.domain.view import Scope, day_of, moment_of
from nakhon_dash.i18n import t
from nakhon_dash.i18n.dates import day_medium, moment_short
from nakhon_dash.i18n.numbers import (
    decimal,
    duration,
    duration_span,
    hours_change,
    hours_change_span,
    points,
    points_span,
    share,
    share_span,
    span,
)

if TYPE_CHECKING:
    import pandas as pd


def figures_table(found: Sequence[Measure], scope: Scope, profile: Profile, lang: str, by: str | None) -> str:
    """One line a figure, then the view, the moment and what is left out."""
    heads = (["group"] if by else ["metric"]) + ["value", "interval", "fraction", "n"]
    table = Table(*(t(f"show.{head}", lang) for head in heads), box=None, pad_edge=False)
    for one in found:
        label = _group_name(one.group, by, profile, lang) if by else t(f"metric.{one.metric}.name", lang)
        table.add_row(label, _value(one, lang), _interval(one, lang), _fraction(one), decimal(one.n, 0))
    lines = [_text(table)]
    if len(found) == 1:
        lines += [f"  {name} = {_plain(value)}" for name, value in found[0].parts.items()]
    lines.append(_days(scope, lang))
    if found:
        moment = moment_short(moment_of(found[0].as_of).astimezone(profile.tz), lang)
        lines.append(t("show.as_of", lang, moment=moment, rev=found[0].rev))
    return "\n".join([*lines, *_left_out(found, lang)])


def metrics_table(lang: str) -> str:
    table = Table(*(t(f"show.{head}", lang) for head in ("metric", "name", "unit")), box=None, pad_edge=False)
    for metric in METRICS.values():
        table.add_row(metric.id, t(f"metric.{metric.id}.name", lang), t(f"unit.{metric.unit}", lang))
    for name in TABLES:
        table.add_row(name, t(f"table.{name}.name", lang), t("show.a_table", lang))
    return _text(table)


def rows_table(
    name: str, rows: "pd.DataFrame", scope: Scope, profile: Profile, moment: int, rev: int, lang: str
) -> str:
    """A table of record for the terminal: its name, its columns as scripts have them, the view, the moment."""
    table = Table(*rows.columns, box=None, pad_edge=False)
    for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    shown = moment_short(moment_of(moment).astimezone(profile.tz), lang)
    head = [t(f"table.{name}.name", lang), _text(table) if len(rows) else t("show.nothing", lang)]
    return "\n".join([*head, _days(scope, lang), t("show.as_of", lang, moment=shown, rev=rev)])


def _cell(value: object) -> str:
    return str(value) if isinstance(value, str | bool) else _plain(value)  # type: ignore[arg-type]


def _text(table: Table) -> str:
    console = Console(width=160, color_system=None)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().rstrip().splitlines())


def _value(one: Measure, lang: str) -> str:
    if one.value is None:
        return t(f"unknown.{one.reason}", lang)
    if one.unit == Unit.SHARE:
        return share(one.value, one.n)
    if METRICS[one.metric].signed:
        number, unit = hours_change(one.value)
        return t(f"number.duration_{unit}", lang, value=number)
    if one.unit == Unit.HOURS:
        return duration(one.value, lang)
    if one.unit == Unit.POINTS:
        return points(one.value, lang, one.n)
    return f"{decimal(one.value, METRICS[one.metric].decimals)} {t(f'unit.{one.unit}', lang)}"


def _interval(one: Measure, lang: str) -> str:
    if one.low is None and one.high is None:
        return ""
    if METRICS[one.metric].signed:
        return hours_change_span(one.low, one.high, lang)
    if one.unit == Unit.HOURS:
        return duration_span(one.low, one.high, lang)
    if one.low is None or one.high is None:
        return ""
    if one.unit == Unit.SHARE:
        return share_span(one.low, one.high, lang, one.n)
    if one.unit == Unit.POINTS:
        return points_span(one.low, one.high, lang, one.n)
    digits = METRICS[one.metric].decimals
    return span(decimal(one.low, digits), decimal(one.high, digits), lang)


def _fraction(one: Measure) -> str:
    if one.numerator is None or one.denominator is None:
        return ""
    return f"{_plain(one.numerator)} / {_plain(one.denominator)}"


def _plain(value: float | int | None) -> str:
    if value is None:
        return "–"
    return decimal(value, 0) if float(value).is_integer() else decimal(value, 4)


def _group_name(code: str | None, by: str | None, profile: Profile, lang: str) -> str:
    if not code:
        return t("show.no_group", lang)
    if by == "outcome":
        return code
    named = {row.code: row for row in getattr(profile, by or "", [])}
    if by == "denominator":
        return f"{code} {getattr(named[code], f'title_{lang}')}"
    return f"{code} {named[code].name(lang)}" if code in named else code


def _days(scope: Scope, lang: str) -> str:
    if scope.first_day is None and scope.last_day is None:
        return t("show.all_days", lang)
    first, last = (
        "…" if number is None else day_medium(day_of(number), lang) for number in (scope.first_day, scope.last_day)
    )
    return t("show.days", lang, first=first, last=last)


def _left_out(found: Sequence[Measure], lang: str) -> list[str]:
    total: dict[str, int] = {}
    for one in found:
        for reason, n in one.excluded.items():
            total[reason] = total.get(reason, 0) + n
    if not total:
        return []
    words = ", ".join(f"{t(f'excluded.{reason}', lang)} {decimal(n, 0)}" for reason, n in total.items())
    return [t("show.left_out", lang, reasons=words)]
