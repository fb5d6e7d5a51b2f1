"""How long do people wait? The median with its interval, on the one ruler for every waiting time.

Always calendar time, as the promise and the ruler are; the office clock is for the page of waiting times.
"""

import pandas as pd

from nakhon_dash.figures.ruler import Waits, Words, hour_ruler
from nakhon_dash.i18n import numbers
from nakhon_dash.measures import waiting
from nakhon_dash.measures.asking import Part
from nakhon_dash.measures.comparison import compare
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.ui.cards import Card, card, command, few, html, line, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.promise import moved_line
from nakhon_dash.ui.page import Page, department_name

SHARES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.95)


def quantiles(part: Part) -> tuple[float | None, ...]:
    """Hours within which 5, 25, 50, 75, 90, 95 in 100 cases are answered; None = not reached."""
    if not len(part.waits):
        return (None,) * len(SHARES)
    curve = waiting.waiting_curve(part)
    found = (curve.quantile(share) for share in SHARES)
    return tuple(None if value is None else value / HOUR for value in found)


def show(page: Page) -> None:
    part = page.now.calendar.whole
    median, ninth = waiting.median_hours(part), waiting.p90_hours(part)
    spec = Card(
        key="wait", title=page.t("wait.title"), measures=(median, ninth, waiting.p_within(part)),
        sentence=_sentence(page), table=_table(page), command=command("median_hours", page.now.calendar.scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        if not median.n:
            html(few(0, page.lang))
        else:
            _number(page)
            picture(_ruler(page))
            _change(page)
        html(source_line(page.source, page.at, page.view, sum(median.excluded.values())))


def _number(page: Page) -> None:
    median = waiting.median_hours(page.now.calendar.whole)
    n = numbers.decimal(median.n, 0)
    if median.value is None:
        html(number(page.t("number.not_reached"), "", key="wait"))
    else:
        shown, unit = numbers.hours_number(median.value)
        html(number(shown, page.t(f"wait.median_{unit}"), key="wait"))
    html(line(page.t("wait.interval", span=numbers.duration_span(median.low, median.high, page.lang), n=n)))


def _ruler(page: Page) -> str:
    values = quantiles(page.now.calendar.whole)
    half, ninth = values[2], values[4]
    lang, profile = page.lang, page.profile
    words = Words(
        half=page.t("wait.half", value=numbers.duration(half, lang)) if half is not None else "",
        ninth=page.t("wait.ninth", value=numbers.duration(ninth, lang)) if ninth is not None else "",
        first=numbers.duration(1, lang),
        promise=numbers.duration(profile.promise.hours, lang),
        before=profile.baseline.title_th if lang == "th" else page.t("wait.before", value=_baseline(page)),
    )
    label = " · ".join(part for part in (words.half, words.ninth) if part)
    return hour_ruler(Waits(*values), words, label=label, promise=profile.promise.hours, before=profile.baseline.hours)


def _baseline(page: Page) -> str:
    return numbers.duration(page.profile.baseline.hours, page.lang).replace(".0", "")


def _change(page: Page) -> None:
    if page.before is None:
        return
    now, before = (waiting.median_hours(ask.calendar.whole) for ask in (page.now, page.before))
    moved = compare("median_hours", now, before)
    if moved.difference is None:
        return
    digits = 0 if abs(moved.difference) >= 1 else 1
    hours = page.t("number.duration_hours", value=numbers.signed(moved.difference, digits))
    html(moved_line(page, moved, hours))


def _sentence(page: Page) -> str:
    values = quantiles(page.now.calendar.whole)
    if values[2] is None or values[4] is None:
        return ""
    half, ninth = (numbers.duration(v, page.lang) for v in (values[2], values[4]))
    return f"{page.range}: " + page.t("brief.wait", link=half, ninth=ninth)


def _table(page: Page) -> pd.DataFrame:
    rows = [waiting.median_hours(part) for part in page.now.calendar.parts("department")]
    return pd.DataFrame(
        [{"department": m.group, "name": department_name(page, m.group), "median_hours": m.value, "low_95": m.low,
          "high_95": m.high, "n": m.n} for m in rows]
    )  # fmt: skip
