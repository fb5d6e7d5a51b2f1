"""Which open cases will pass their due time in the next hours, by department, and how such forecasts have done."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from nakhon_dash.analysis import breach
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries.conditions import HOUR

HOURS = (6, 12, 24)
LEVEL = 0.9
DAY = 24 * HOUR
LEARN_DAYS = 365
CHECK_DAYS = 14


@dataclass(frozen=True)
class Department:
    """Expected breaches of one department within each of HOURS, of `n` cases due within the longest."""

    code: str | None
    n: int
    expected: dict[int, float]


@dataclass(frozen=True)
class Board:
    """`within[h]` has the expected number and its interval; `cases` one row a case due within the longest of HOURS:
    source, source_id, category, department, zone, received_at, due (µs), chance; first due first. `open` counts all
    open cases that are not due yet. `check` is None without enough history."""

    within: dict[int, Measure]
    departments: list[Department]
    cases: pd.DataFrame
    open: int
    check: breach.Check | None


def _history(ask: Ask) -> breach.History:
    """A year and the days to check, of every case of the chosen sources: other filters would thin the curves."""

    def read() -> breach.History:
        scope = Scope(source=ask.scope.source, due_from=ask.scope.due_from)
        since = ask.as_of - (LEARN_DAYS + CHECK_DAYS) * DAY
        rows = cases.histories(ask.reader, scope, ask.as_of, since, ask.profile.promise)
        received = rows["received_at"].to_numpy("int64")
        never = [rows[name].fillna(breach.NEVER).to_numpy("int64") for name in ("answered_at", "left_at")]
        return breach.History(received, never[0], never[1], rows["due"].to_numpy("int64"),
                              rows["category"].to_numpy().astype(str))  # fmt: skip

    return ask.once("history", read)


def _due_soon(ask: Ask) -> tuple[pd.DataFrame, int]:
    """Open cases due within the longest of HOURS with their chance, and the number of open cases not due yet."""

    def find() -> tuple[pd.DataFrame, int]:
        rows = cases.open_cases(ask.reader, ask.scope, ask.as_of, ask.profile.promise)
        rows = rows[rows["due"].notna()]
        rows = rows[rows["due"] > ask.as_of]
        waiting = len(rows)
        rows = rows[rows["due"] <= ask.as_of + HOURS[-1] * HOUR].sort_values(["due", "id"], ignore_index=True)
        received, due = rows["received_at"].to_numpy("int64"), rows["due"].to_numpy("int64")
        chance = np.zeros(0)
        if len(rows):
            curves = breach.learn_at(_history(ask), ask.as_of, LEARN_DAYS * DAY)
            category = rows["category"].to_numpy().astype(str)
            chance = breach.chances(curves, category, ask.as_of - received, due - received)
        return rows.assign(due=due, chance=chance).drop(columns="id"), waiting

    return ask.once("due soon", find)


def _within(part: Part, rows: pd.DataFrame, hours: int) -> Measure:
    chosen = rows[rows["due"] <= part.ask.as_of + hours * HOUR]["chance"].to_numpy()
    low, high = breach.count_interval(chosen, LEVEL)
    return part.measure("breach_ahead", float(chosen.sum()), len(chosen), denominator=len(chosen), low=low, high=high,
                        level=LEVEL)  # fmt: skip


def breach_ahead(part: Part) -> Measure:
    """Expected breaches within 24 hours; `parts` hold those within 6 and 12 hours and the open cases not due yet."""
    rows, waiting = _due_soon(part.ask)
    if part.by is not None:
        column = rows[part.by]
        rows = rows[column.isna()] if part.key is None else rows[column == part.key]
    found = {hours: _within(part, rows, hours) for hours in HOURS}
    parts = {f"within_{hours}": found[hours].value for hours in HOURS}
    whole = {"not_yet_due": waiting} if part.by is None else {}
    return replace(found[HOURS[-1]], parts=parts | whole)


def breach_board(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> Board:
    """The forecast of `scope` at `as_of`, checked on the last 14 days with curves learnt before them."""
    ask = Ask(reader, profile, scope, as_of)
    rows, waiting = _due_soon(ask)
    return Board(
        {hours: _within(ask.whole, rows, hours) for hours in HOURS}, _departments(ask, rows), rows, waiting, _check(ask)
    )  # fmt: skip


def _departments(ask: Ask, rows: pd.DataFrame) -> list[Department]:
    """In the order of the profile; departments without a case due are not listed."""
    out = []
    for code, group in rows.groupby("department", dropna=False, sort=False):
        part = Part(ask, "department", None if pd.isna(code) else str(code))
        expected = {h: float(group["chance"][group["due"] <= ask.as_of + h * HOUR].sum()) for h in HOURS}
        out.append((part.rank, Department(part.group or None, len(group), expected)))
    return [department for _, department in sorted(out, key=lambda pair: pair[0])]


def _check(ask: Ask) -> breach.Check | None:
    history = _history(ask)
    start = ask.as_of - CHECK_DAYS * DAY
    learnt = (history.received <= start) & (np.minimum(history.closed, history.left) <= start)
    if learnt.sum() < breach.FEWEST_EVENTS:
        return None
    return breach.backtest(history, ask.as_of, day=DAY, days=CHECK_DAYS, window=LEARN_DAYS * DAY, level=LEVEL)
