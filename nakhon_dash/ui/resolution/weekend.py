"""Do cases received on days off wait longer? The difference, what may be claimed, and every hour of the week."""

import streamlit as st

from nakhon_dash.domain.measure import Measure
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.weekend import holidays, weekend_penalty, weekend_penalty_on_time
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import Card, card, command, delta, few, html, line, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.page import Page
from nakhon_dash.ui.resolution.weekgrid import FEWEST, SHOWN, week_picture

CHOICE = "weekend_choice"
CHANCE = 0.05


def show(page: Page) -> None:
    wait, kept = weekend_penalty(page.now.whole), weekend_penalty_on_time(page.now.whole)
    spec = Card(
        key="weekend", title=page.t("metric.weekend_penalty.question"), measures=(wait, kept), about="weekday_hour",
        sentence=_sentence(page, wait), table=table("weekday_hour", page.now),
        command=command("weekend_penalty", page.scope, page.at), note=_note(page),
    )  # fmt: skip
    with card(spec, page.view):
        _finding(page, wait, kept)
        if wait.n:
            picture(week_picture(page, _choice(page), _sentence(page, wait)))
        if (said := office_words(page, wait)) and _enough(wait):
            html(line(said))
        html(f'<div class="nk-src">{_source(page)}</div>')


def _enough(wait: Measure) -> bool:
    return min(_part(wait, "off_n"), _part(wait, "working_n")) >= FEWEST


def _part(measure: Measure, name: str) -> float:
    return float(measure.parts.get(name) or 0)


def verdict(wait: Measure) -> str:
    """What the interval allows: longer, shorter, unclear (it holds 0), open (an end is not known)."""
    if wait.low is not None and wait.low > 0:
        return "longer"
    if wait.high is not None and wait.high < 0:
        return "shorter"
    return "open" if wait.low is None or wait.high is None else "unclear"


def _finding(page: Page, wait: Measure, kept: Measure) -> None:
    if wait.reason not in (None, "not_reached"):
        html(line(page.t(f"unknown.{wait.reason}")))
        return
    if not _enough(wait):
        html(few(int(min(_part(wait, "off_n"), _part(wait, "working_n"))), page.lang))
    elif wait.value is None:
        html(number(page.t("number.not_reached"), "", key="weekend"))
    else:
        html(number(*_shown(page, wait), key="weekend"))
        found = verdict(wait)
        html(delta(page.t(f"weekend.{found}"), real=found in ("longer", "shorter"), up=found == "longer"))
    html(line(_cases(page, wait, kept)))


def _shown(page: Page, wait: Measure) -> tuple[str, str]:
    """The number, and its unit with the interval; office hours are never turned into days."""
    longest = max(abs(end) for end in (wait.low, wait.value, wait.high) if end is not None)
    office = page.scope.clock is not None
    size = min(longest, numbers.HOURS_UNTIL - 1) if office else longest
    shown, unit = numbers.hours_change(wait.value or 0.0, size)
    low, high = (
        page.t("number.open_end") if end is None else numbers.hours_change(end, size)[0]
        for end in (wait.low, wait.high)
    )
    span = page.t("number.span_signed", low=low, high=high)
    return shown, page.t("weekend.unit_office" if office else f"weekend.unit_{unit}", span=span)


def _cases(page: Page, wait: Measure, kept: Measure) -> str:
    """How many cases each side has, how many holidays, and the difference on time."""
    said = [page.t("weekend.cases", off=numbers.decimal(_part(wait, "off_n"), 0),
                   working=numbers.decimal(_part(wait, "working_n"), 0))]  # fmt: skip
    days = holidays(page.now)
    if days:
        said.append(page.t("weekend.holidays", days=numbers.count(days, page.lang, "days")))
    sides = min(_part(kept, "off_due"), _part(kept, "working_due"))
    if kept.value is not None and kept.low is not None and kept.high is not None and sides >= FEWEST:
        base = int(sides)
        said.append(page.t("weekend.on_time_gap", points=numbers.points(kept.value, page.lang, base),
                           span=numbers.points_span(kept.low, kept.high, page.lang, base)))  # fmt: skip
    return " · ".join(said)


def office_words(page: Page, wait: Measure) -> str:
    """What office time says: a difference on the calendar alone may be nothing but closed offices."""
    p = wait.parts.get("office_p")
    if p is None:
        return ""
    off, working = wait.parts.get("office_off_hours"), wait.parts.get("office_working_hours")
    if p >= CHANCE:
        calendar = page.scope.clock is None and verdict(wait) == "longer"
        return page.t("weekend.office_same_closed" if calendar else "weekend.office_same")
    if off is None or working is None or off == working:
        return page.t("weekend.office_differs")
    said = {"off": _hours(off), "working": _hours(working)}
    if off > working:
        return page.t("weekend.office_longer", **said)
    return page.t("weekend.office_before_opening" if off == 0 else "weekend.office_shorter", **said)


def _hours(value: float) -> str:
    return numbers.decimal(value, 1 if value else 0)


def _sentence(page: Page, wait: Measure) -> str:
    if wait.value is None or not _enough(wait):
        return ""
    shown, unit = _shown(page, wait)
    said = page.t(
        "weekend.sentence", days=page.range, value=shown, unit=unit, verdict=page.t(f"weekend.{verdict(wait)}")
    )
    return f"{said} {office_words(page, wait)}".strip()


def _choice(page: Page) -> str:
    """Hours or share on time in the cells; kept over pages and languages."""
    key = "weekend_shown"
    chosen = st.session_state.setdefault(CHOICE, SHOWN[0])
    state.hold(key, chosen, page.lang)

    def changed() -> None:
        st.session_state[CHOICE] = st.session_state[key] or chosen

    st.segmented_control(page.t("weekend.show"), SHOWN, key=key, label_visibility="collapsed", on_change=changed,
                         format_func=lambda code: page.t(f"weekend.show_{code}"))  # fmt: skip
    return chosen


def _note(page: Page) -> str:
    clock = page.profile.clock
    return page.t("weekend.note", opens=clock.opens, closes=clock.closes)


def _source(page: Page) -> str:
    return page.t("weekend.source_office" if page.scope.clock else "weekend.source")
