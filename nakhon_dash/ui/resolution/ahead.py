"""Which open cases will pass their due time, where that can still be prevented, and whether such forecasts hold."""

from datetime import timedelta
from html import escape

import pandas as pd
import streamlit as st

from nakhon_dash.domain.view import moment_of
from nakhon_dash.figures.lanes import Lane, breach_lanes, dots_key
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.ahead import HOURS, Board, Department
from nakhon_dash.measures.ahead_tables import breach_board
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import Card, card, command, html, line, number, source_line
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.ahead import board
from nakhon_dash.ui.overview.backlog import everything_open
from nakhon_dash.ui.page import Page, department_name, name_of
from nakhon_dash.ui.resolution import foretold

MOST = 10  # cases listed
STEPS = {6: (0, 2, 4, 6), 12: (0, 3, 6, 12), 24: (0, 6, 12, 24)}  # clock times on the axis, hours from now
NONE = "-"  # stands for cases without a division in the choice


def show(page: Page) -> None:
    found, hours = board(page), _hours()
    rows = _in_order(found, hours)
    ask = everything_open(page)
    spec = Card(
        key="board", title=page.t("board.title"), measures=(found.within[24],), about="breach_board",
        sentence=_sentence(page, found, rows, hours), table=breach_board(ask, "department"),
        command=command("breach_board", ask.scope, page.at, by="department"),
    )  # fmt: skip
    with card(spec, page.view):
        _choose_hours(page, hours)
        if rows:
            _numbers(page, found, rows, hours)
            html(dots_key(*(page.t(f"ahead.{name}") for name in ("probably", "either", "unlikely", "dot"))))
            picture(_lanes(page, found, rows, hours, spec.sentence))
            _cases(page, found, rows, hours)
        else:
            html(line(page.t("board.none", hours=hours)))
        foretold.show(page, hours)
        html(source_line(page.source, page.at, page.view))


def _hours() -> int:
    return int(st.session_state.get("board_hours_kept", HOURS[-1]))


def _choose_hours(page: Page, hours: int) -> None:
    """Six, twelve or 24 hours; the choice stays when the language changes."""

    def keep() -> None:
        st.session_state["board_hours_kept"] = st.session_state["board_hours"] or HOURS[-1]

    state.hold("board_hours", hours, page.lang)
    st.segmented_control(page.t("board.hours_label"), HOURS, key="board_hours", label_visibility="collapsed",
                         on_change=keep, format_func=lambda h: page.t("board.hours", hours=h))  # fmt: skip


def _in_order(found: Board, hours: int) -> list[Department]:
    """Divisions with a case due in time, first where most can still be saved."""
    due = found.cases[found.cases["due"] <= found.within[24].as_of + hours * HOUR]
    with_cases = {None if pd.isna(code) else str(code) for code in due["department"].unique()}
    rows = [d for d in found.departments if d.code in with_cases]
    return sorted(rows, key=lambda d: (-d.savable[hours], -d.expected[hours]))


def _numbers(page: Page, found: Board, rows: list[Department], hours: int) -> None:
    within, saved = found.within[hours], sum(d.savable[hours] for d in rows)
    span = numbers.span(numbers.decimal(within.low or 0, 0), numbers.decimal(within.high or 0, 0), page.lang)
    shown = number(numbers.decimal(saved, 1), page.t("board.unit"), key="board")
    rest = page.t("board.of", n=numbers.decimal(within.value or 0, 1), span=span, hours=hours,
                  due=numbers.decimal(within.n, 0))  # fmt: skip
    html(f'<div class="nk-pair">{shown}<span class="nk-ci">{rest}</span></div>')


def _lanes(page: Page, found: Board, rows: list[Department], hours: int, label: str) -> str:
    lanes = []
    for department in rows:
        own = _own(found, department.code, hours, page.at.as_of)
        left = (own["due"].to_numpy("int64") - page.at.as_of) / HOUR
        expected, saved = (numbers.decimal(each[hours], 1) for each in (department.expected, department.savable))
        lanes.append(Lane(department_name(page, department.code), tuple(zip(left, own["chance"], strict=True)),
                          expected, saved, page.t("board.both", expected=expected, saved=saved)))  # fmt: skip
    ticks = [(float(step), _clock(page, step) if step else page.t("ahead.now", clock=_clock(page, 0)))
             for step in STEPS[hours]]  # fmt: skip
    return breach_lanes(lanes, label=label, ticks=ticks, expected_head=page.t("ahead.expected"),
                        saved_head=page.t("board.saved"), hours=hours, name="board")  # fmt: skip


def _clock(page: Page, step: int) -> str:
    then = page.local + timedelta(hours=step)
    clock = dates.clock(then, page.lang)
    return clock if then.date() == page.local.date() else page.t("ahead.tomorrow", clock=clock)


def _own(found: Board, code: str | None, hours: int, as_of: int) -> pd.DataFrame:
    due = found.cases[found.cases["due"] <= as_of + hours * HOUR]
    return due[due["department"].isna()] if code is None else due[due["department"] == code]


def _cases(page: Page, found: Board, rows: list[Department], hours: int) -> None:
    codes = [d.code or NONE for d in rows]
    kept = st.session_state.get("board_department_kept")

    def keep() -> None:
        st.session_state["board_department_kept"] = st.session_state["board_department"]

    chosen = kept if kept in codes else codes[0]
    state.hold("board_department", chosen, page.lang)
    st.selectbox(page.t("board.choose"), codes, key="board_department", on_change=keep,
                 format_func=lambda code: department_name(page, None if code == NONE else code))  # fmt: skip
    own = _own(found, None if chosen == NONE else chosen, hours, page.at.as_of)
    html(f'<ul class="nk-rows">{"".join(_case(page, row) for row in own.head(MOST).to_dict("records"))}</ul>')
    if len(own) > MOST:
        html(line(page.t("board.more", n=numbers.decimal(len(own) - MOST, 0))))


def _case(page: Page, row: dict) -> str:
    due = moment_of(row["due"]).astimezone(page.profile.tz)
    left = numbers.duration((row["due"] - page.at.as_of) / HOUR, page.lang)
    category, zone = (name_of(page, by, None if pd.isna(row[by]) else row[by]) for by in ("category", "zone"))
    what = f"{escape(category)} · {escape(zone)} · {escape(str(row['source_id']))}"
    saved = f' <span class="nk-tag nk-in">{page.t("board.saved")}</span>' if row["savable"] else ""
    chance = page.t("board.chance", n=numbers.in_hundred(row["chance"]))
    return (f"<li><time><span class='nk-nb' style='margin-right:6px'>{dates.clock(due, page.lang)}</span> "
            f"<span class='nk-nb'>{page.t('board.left', left=left)}</span></time>"
            f"<span>{what}{saved}</span><b>{chance}</b></li>")  # fmt: skip


def _sentence(page: Page, found: Board, rows: list[Department], hours: int) -> str:
    if not rows:
        return page.t("board.none", hours=hours)
    total = numbers.decimal(found.within[hours].value or 0, 1)
    saved = sum(d.savable[hours] for d in rows)
    if not saved:
        return page.t("board.sentence_none", hours=hours, n=total)
    return page.t("board.sentence", hours=hours, n=total, saved=numbers.decimal(saved, 1),
                  department=department_name(page, rows[0].code),
                  first=numbers.decimal(rows[0].savable[hours], 1))  # fmt: skip
