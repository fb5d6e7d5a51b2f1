"""Is it really getting better? The promise and the wait by month of receipt, with limits of ordinary variation."""

from typing import Any

import streamlit as st

from nakhon_dash.domain.view import day_no, day_of
from nakhon_dash.figures import monthly as figure
from nakhon_dash.figures.monthly import Point
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.monthly import GRAINS, Course, Period, course_of, month_before, months_table
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, command, html, line
from nakhon_dash.ui.components import plot
from nakhon_dash.ui.page import Page
from nakhon_dash.ui.resolution.months_words import axis_names, hover, method, sentences

SPANS = (12, 24, 36)


def show(page: Page) -> None:
    grain, span = _chosen("months_grain", GRAINS), _chosen("months_span", SPANS)
    course = _course(page, grain, span)
    said = sentences(page, course)
    begin = day_no(course.periods[0].first_day) if course.periods else page.scope.first_day
    spec = Card(
        key="months", title=page.t("months.title"), sentence=" ".join(said), about="months", table=months_table(course),
        measures=tuple(m for p in course.periods[-1:] for m in (p.on_time, p.median)),
        command=command("months", page.scope.days(begin, page.scope.last_day), page.at, by=grain),
    )  # fmt: skip
    with card(spec, page.view):
        with st.container(key="months_controls", horizontal=True, gap="small"):
            _choice(page, "months_grain", GRAINS, grain)
            if grain == "month":
                _choice(page, "months_span", SPANS, span)
        html("".join(line(words) for words in said))
        if any(p.on_time.value is not None for p in course.periods):
            _pictures(page, course)
        html(f'<div class="nk-src">{method(page, course)}</div>')


def _course(page: Page, grain: str, span: int) -> Course:
    """So many months up to the end of the view, or every year of the data."""
    first = day_no(month_before(day_of(page.now.last_day), span)) if grain == "month" else None
    return load.kept(page.at, course_of, page.scope.days(first, page.scope.last_day), grain)


def _chosen(key: str, options: tuple) -> Any:  # noqa: ANN401 (one of the options)
    """The reader's choice, kept over pages and languages."""
    value = st.session_state.get(f"{key}_kept")
    return value if value in options else options[0]


def _choice(page: Page, key: str, options: tuple, value: str | int) -> None:
    state.hold(key, value, page.lang)

    def choose() -> None:
        st.session_state[f"{key}_kept"] = st.session_state[key] or value

    st.segmented_control(page.t(f"months.{key}"), options, key=key, on_change=choose, label_visibility="collapsed",
                         format_func=lambda code: page.t(f"months.by_{code}"))  # fmt: skip


def _pictures(page: Page, course: Course) -> None:
    """Shares above, waits below, over the same columns."""
    years = course.grain != "month"
    names, short = axis_names(page, course), axis_names(page, course, short=True)
    unripe = page.t("months.cut" if years else "figure.unripe")
    shares = [_share(page, course, p) for p in course.periods]
    waits = [_wait(page, course, p) for p in course.periods]
    said = sentences(page, course)
    same: dict[str, Any] = {"years": years, "names": names}
    same["fiscal_start"] = page.profile.city.fiscal_year_start_month
    html(line(page.t("months.share_name")))
    chart = figure.by_receipt(shares, figure.share_scale(shares), page.lang, unripe=unripe, upper=True, **same)
    plot(chart, key="months_shares", height=figure.UPPER, label=said[0],
         narrow=figure.narrow(shares, page.lang, short, upper=True))  # fmt: skip
    office = page.view.clock == "working"
    html(line(page.t("months.wait_office" if office else "months.wait_name")))
    if not any(p.value is not None for p in waits):
        html(f'<span class="nk-few">{page.t("number.not_reached")}</span>')
        return
    promise = "" if office else numbers.duration(figure.PROMISE, page.lang)
    lower = figure.by_receipt(waits, figure.hour_scale(waits, page.lang, promise), page.lang, promise=promise, **same)
    plot(lower, key="months_waits", height=figure.LOWER, label=" ".join(said[1:]) or said[0],
         narrow=figure.narrow(waits, page.lang, short))  # fmt: skip


def _ripe(course: Course, p: Period) -> bool:
    return p.mature if course.grain == "month" else p.mature and p.whole


def _share(page: Page, course: Course, p: Period) -> Point:
    m = p.on_time
    ends = (m.low, m.high) if m.low is not None and m.high is not None else None
    written = "" if m.value is None else numbers.share(m.value, m.n)
    return Point(p.first_day, m.value, ends, p.share_limits, _ripe(course, p), bool(p.share_out), written,
                 hover(page, course, p, m, written))  # fmt: skip


def _wait(page: Page, course: Course, p: Period) -> Point:
    m = p.median
    ends = (m.low, m.high) if m.value is not None and m.low is not None and m.high is not None else None
    written = "" if m.value is None else numbers.duration(m.value, page.lang)
    return Point(p.first_day, m.value, ends, p.median_limits, _ripe(course, p), bool(p.median_out), written,
                 hover(page, course, p, m, written))  # fmt: skip
