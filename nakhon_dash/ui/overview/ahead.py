"""Which open cases will pass their due time today, by division."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from nakhon_dash.domain.view import moment_of
from nakhon_dash.figures.lanes import LIKELY, Lane, breach_lanes, dots_key
from nakhon_dash.i18n import dates, numbers
from nakhon_dash.measures.ahead import Board, breach_board
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.ui import load
from nakhon_dash.ui.cards import Card, card, command, html, number
from nakhon_dash.ui.components import picture
from nakhon_dash.ui.overview.backlog import everything_open
from nakhon_dash.ui.page import Page, department_name


def board(page: Page) -> Board:
    return load.kept(page.at, breach_board, everything_open(page).scope)


@dataclass(frozen=True)
class Urgent:
    """The division with most cases that will probably be late, how many, and when the last of them falls due."""

    department: str
    cases: int
    before: str


def urgent(page: Page) -> Urgent | None:
    rows = board(page).cases
    likely = rows[rows["chance"] >= LIKELY] if len(rows) else rows
    if likely.empty:
        return None
    counts = likely.groupby("department", dropna=False).size().sort_values(ascending=False, kind="stable")
    code, n = counts.index[0], int(counts.iloc[0])
    chosen = likely[likely["department"].isna()] if pd.isna(code) else likely[likely["department"] == code]
    last = moment_of(int(chosen["due"].max())).astimezone(page.profile.tz)
    shown = dates.clock(last, page.lang)
    if last.date() != page.local.date():
        shown = page.t("ahead.tomorrow", clock=shown)
    return Urgent(department_name(page, None if pd.isna(code) else str(code)), n, shown)


def show(page: Page) -> None:
    found = board(page)
    day = found.within[24]
    spec = Card(
        key="ahead", title=page.t("ahead.title", hours=numbers.decimal(page.profile.promise.hours, 0)), measures=(day,),
        sentence=_sentence(page, found), table=_table(page, found),
        command=command("breach_ahead", everything_open(page).scope, page.at, by="department"),
    )  # fmt: skip
    with card(spec, page.view):
        span = numbers.span(numbers.decimal(day.low or 0, 0), numbers.decimal(day.high or 0, 0), page.lang)
        shown = number(numbers.decimal(day.value or 0, 0), page.t("ahead.unit", span=span), key="ahead")
        html(f'<div class="nk-pair">{shown}<span class="nk-ci">{_within(page, found)}</span></div>')
        if found.departments:
            html(dots_key(*(page.t(f"ahead.{name}") for name in ("probably", "either", "unlikely", "dot"))))
            picture(_lanes(page, found))
        else:
            html(f'<div class="nk-ci">{page.t("ahead.none")}</div>')
        html(f'<div class="nk-src">{_method(page, found)}</div>')


def _within(page: Page, found: Board) -> str:
    six, twelve = (numbers.decimal(found.within[h].value or 0, 1) for h in (6, 12))
    return page.t("ahead.within", six=six, twelve=twelve, n=numbers.decimal(found.open, 0))


def _method(page: Page, found: Board) -> str:
    words = page.t("ahead.method")
    if found.check is None:
        return words
    check = found.check
    return f"{words} · " + page.t("ahead.backtest", days=check.days, expected=numbers.decimal(check.expected, 0),
                                  actual=numbers.decimal(check.actual, 0))  # fmt: skip


def _lanes(page: Page, found: Board) -> str:
    lanes = []
    for department in found.departments:
        rows = found.cases
        same = rows["department"].isna() if department.code is None else rows["department"] == department.code
        due = (rows.loc[same, "due"].to_numpy("int64") - page.at.as_of) / HOUR
        dots = tuple(zip(due.tolist(), rows.loc[same, "chance"].tolist(), strict=True))
        expected = numbers.decimal(department.expected[24], 1)
        lanes.append(Lane(department_name(page, department.code), dots, expected))

    def clock(hours: int) -> str:
        return dates.clock(page.local + timedelta(hours=hours), page.lang)

    ticks = [(0.0, page.t("ahead.now", clock=clock(0))), (6.0, clock(6)), (12.0, clock(12)),
             (24.0, page.t("ahead.tomorrow", clock=clock(24)))]  # fmt: skip
    return breach_lanes(lanes, label=_sentence(page, found), ticks=ticks, expected_head=page.t("ahead.expected"))


def _sentence(page: Page, found: Board) -> str:
    rows = [(department_name(page, d.code), numbers.decimal(d.expected[24], 1)) for d in found.departments]
    names = ", ".join(" ".join(row) for row in rows)
    return page.t("ahead.sentence", n=numbers.decimal(found.within[24].value or 0, 1), names=names or "–")


def _table(page: Page, found: Board) -> pd.DataFrame:
    """Cases due in 24 hours without anything personal: number, division, category, due time, chance."""
    rows = found.cases
    tz = page.profile.tz
    return pd.DataFrame(
        {
            "case": rows["source_id"],
            "department": rows["department"],
            "category": rows["category"],
            "zone": rows["zone"],
            "due": [moment_of(int(due)).astimezone(tz).isoformat(timespec="minutes") for due in rows["due"]],
            "chance_late": rows["chance"].round(3),
        }
    )
