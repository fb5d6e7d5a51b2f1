"""What one more crew would change, for the division the reader asks about: played on demand, checked, or refused."""

from dataclasses import dataclass

import streamlit as st

from nakhon_dash.domain.view import Scope, day_of
from nakhon_dash.figures.staffing import Row, staffing_rows
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.staffing import RUNS, Estimate, Staffing, WhatIf, candidates, staffing
from nakhon_dash.ui import load, state
from nakhon_dash.ui.cards import Card, card, command, delta, html, line, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.backlog import everything_open
from nakhon_dash.ui.page import Page, department_name

MOST = 10  # crews that may be added


@dataclass(frozen=True)
class Asked:
    department: str
    weekday: int
    weekend: int


def show(page: Page) -> None:
    source = Scope(source=page.scope.source, due_from=page.scope.due_from)
    codes = load.kept(page.at, candidates, source)
    asked = _asked(page, codes)
    found = _answer(asked, source)
    scope = everything_open(page).scope
    if asked is not None:
        scope = Scope(department=(asked.department,), source=scope.source)
    spec = Card(
        key="staffing", title=page.t("staffing.title"), about="staffing",
        sentence=_sentence(page, found) if found else "", command=command("staffing", scope, page.at),
    )  # fmt: skip
    with card(spec, page.view):
        if asked is None:
            html(line(page.t("staffing.none")))
            return
        _choose(page, codes, asked, source)
        if found is None:
            html(line(page.t("staffing.ask", runs=RUNS)))
        else:
            _result(page, found)
        html(source_line(page.source, page.at, page.view))


def _asked(page: Page, codes: list[str]) -> Asked | None:
    """What the fields say; at first the first division of the view that can be asked about, one crew at weekends."""
    if not codes:
        return None
    first = next((code for code in page.scope.department if code in codes), codes[0])
    kept = st.session_state.get("staffing_kept", Asked(first, 0, 1))
    return kept if kept.department in codes else Asked(first, kept.weekday, kept.weekend)


def _choose(page: Page, codes: list[str], asked: Asked, source: Scope) -> None:
    def keep() -> None:
        values = (st.session_state[f"staffing_{name}"] for name in ("department", "weekday", "weekend"))
        st.session_state["staffing_kept"] = Asked(*values)

    def play() -> None:
        keep()
        now: Asked = st.session_state["staffing_kept"]
        more = ((now.weekday, now.weekend),)
        found = load.kept(page.at, staffing, source, now.department, more)
        st.session_state["staffing_found"] = (now, source, found)

    who, weekday, weekend, button = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    for name in ("department", "weekday", "weekend"):
        state.hold(f"staffing_{name}", getattr(asked, name), page.lang)
    who.selectbox(page.t("staffing.department"), codes, key="staffing_department", on_change=keep,
                  format_func=lambda code: department_name(page, code))  # fmt: skip
    for column, name in ((weekday, "weekday"), (weekend, "weekend")):
        column.number_input(page.t(f"staffing.{name}"), 0, MOST, key=f"staffing_{name}", on_change=keep)
    button.button(page.t("staffing.play"), key="staffing_play", on_click=play, width="stretch",
                  disabled=not asked.weekday + asked.weekend)  # fmt: skip


def _answer(asked: Asked | None, source: Scope) -> Staffing | None:
    """The answer last played, if it is the answer to what the fields ask now."""
    question, of, found = st.session_state.get("staffing_found", (None, None, None))
    return found if asked is not None and question == asked and of == source else None


def _result(page: Page, found: Staffing) -> None:
    if found.options:
        best = found.options[0]
        html(delta(f"<b>{_sentence(page, found)}</b>", real=best.gain.low > 0))
    else:
        html(line(f"<b>{_sentence(page, found)}</b>"))
    if found.checked is None or found.now is None or found.actual is None:
        return
    rows = [Row(page.t("staffing.check"), found.checked.value, found.checked.low, found.checked.high,
                _share(page, found.checked), found.actual)]  # fmt: skip
    if found.options:
        best = found.options[0]
        rows.append(_row(page.t("staffing.now"), found.now, page, strong=False))
        rows.append(_row(_more(page, best), best.on_time, page, strong=True))
    picture(staffing_rows(rows, label=_sentence(page, found)))
    html(line(page.t("staffing.diamond", came=numbers.percent(found.actual))))
    rows_of_words = "".join(f'<li style="font-size:14px">{words}</li>' for words in _assumptions(page, found))
    html(line(f"<b>{page.t('staffing.assumes')}</b><ul style='margin:0;padding-left:6px'>{rows_of_words}</ul>"))


def _row(name: str, estimate: Estimate, page: Page, *, strong: bool) -> Row:
    return Row(name, estimate.value, estimate.low, estimate.high, _share(page, estimate), strong=strong)


def _share(page: Page, estimate: Estimate) -> str:
    return f"{numbers.percent(estimate.value)}% ({numbers.share_span(estimate.low, estimate.high, page.lang)})"


def _more(page: Page, option: WhatIf) -> str:
    parts = [page.t(f"staffing.more_{name}", n=n)
             for name, n in (("weekday", option.weekday), ("weekend", option.weekend)) if n]  # fmt: skip
    return page.t("staffing.and").join(parts)


def _sentence(page: Page, found: Staffing) -> str:
    name = department_name(page, found.department)
    if found.checked is None or found.now is None or found.actual is None:
        return page.t("staffing.few", department=name, n=numbers.count(found.n, page.lang))
    if found.reason == "misses":
        return page.t("staffing.misses", department=name, said=_share(page, found.checked),
                      came=numbers.percent(found.actual))  # fmt: skip
    if found.reason == "no_queue":
        return page.t("staffing.no_queue", department=name)
    option = found.options[0]
    key = "staffing.helps" if option.gain.low > 0 else "staffing.no_help"
    return page.t(key, department=name, more=_more(page, option), now=numbers.percent(found.now.value),
                  then=numbers.percent(option.on_time.value),
                  span=numbers.share_span(option.on_time.low, option.on_time.high, page.lang))  # fmt: skip


def _assumptions(page: Page, found: Staffing) -> list[str]:
    days = dates.day_range(day_of(found.first_day), day_of(found.last_day), page.lang)
    out = [page.t("staffing.assume_data", days=days, n=numbers.count(found.n, page.lang), runs=RUNS)]
    if found.crews is not None:
        on = [hour for hour, work in enumerate(found.crews.hours) if work]
        out.append(page.t("staffing.assume_given" if found.given else "staffing.assume_crews",
                          weekday=found.crews.weekday, weekend=found.crews.weekend,
                          opens=f"{on[0]:02d}:00", closes=f"{on[-1] + 1:02d}:00"))  # fmt: skip
        out.append(page.t("staffing.assume_hours"))
    return [*out, page.t("staffing.assume_order"), page.t("staffing.assume_left_out")]
