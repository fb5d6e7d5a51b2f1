"""Which open cases will pass their due time soon, which can still be saved, and how forecasts have done."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from nakhon_dash.analysis import breach
from nakhon_dash.analysis import calibration as calibrate
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
CHECK_WEEKS = 2
CALIBRATION_WEEKS = 12


@dataclass(frozen=True)
class Department:
    """One department within each of HOURS: breaches expected, their interval, and the part that can still be saved.

    `n` cases are due within the longest of HOURS.
    """

    code: str | None
    n: int
    expected: dict[int, float]
    interval: dict[int, tuple[int, int]]
    savable: dict[int, float]


@dataclass(frozen=True)
class Board:
    """`within[h]` has the expected number and its interval; `cases` one row a case due within the longest of HOURS:
    source, source_id, category, department, zone, received_at, due (µs), chance, savable; first due first. `open`
    counts all open cases that are not due yet. `check` is None without enough history."""

    within: dict[int, Measure]
    departments: list[Department]
    cases: pd.DataFrame
    open: int
    check: calibrate.Check | None


@dataclass(frozen=True)
class Known:
    """The history that forecasts learn from, and the categories that its whole numbers stand for."""

    history: breach.History
    categories: pd.Index

    def kinds(self, category: pd.Series, limit: np.ndarray) -> np.ndarray:
        return breach.kinds(self.categories.get_indexer(pd.Index(category)), limit)


def _known(ask: Ask, weeks: int = 0) -> Known:
    """A year before the weeks to check, of every case of the chosen sources: other filters would thin the curves."""

    def read() -> Known:
        scope = Scope(source=ask.scope.source, due_from=ask.scope.due_from)
        since = ask.as_of - (LEARN_DAYS + 7 * weeks) * DAY
        rows = cases.histories(ask.reader, scope, ask.as_of, since, ask.profile.promise)
        received = rows["received_at"].to_numpy("int64")
        never = [rows[name].fillna(breach.NEVER).to_numpy("int64") for name in ("answered_at", "left_at")]
        codes, categories = pd.factorize(rows["category"])
        return Known(breach.History(received, never[0], never[1], rows["due"].to_numpy("int64"), codes),
                     pd.Index(categories))  # fmt: skip

    return ask.once(("history", weeks), read)


def due_within(ask: Ask) -> tuple[pd.DataFrame, int]:
    """Open cases due within the longest of HOURS as in `Board.cases`, and the number of open cases not due yet.

    Savable is a case with as much of the city's own time left as the quickest quarter of its kind needed.
    """

    def find() -> tuple[pd.DataFrame, int]:
        rows = cases.open_cases(ask.reader, ask.scope, ask.as_of, ask.profile.promise)
        rows = rows[rows["due"].notna()]
        rows = rows[rows["due"] > ask.as_of]
        waiting = len(rows)
        rows = rows[rows["due"] <= ask.as_of + HOURS[-1] * HOUR].sort_values(["due", "id"], ignore_index=True)
        received, due = rows["received_at"].to_numpy("int64"), rows["due"].to_numpy("int64")
        chance, savable = np.zeros(0), np.zeros(0, bool)
        if len(rows):
            known = _known(ask, CHECK_WEEKS)
            forecast = breach.learn_at(known.history, ask.as_of, LEARN_DAYS * DAY)
            kind = known.kinds(rows["category"], due - received)
            chance = forecast.chances(kind, received, ask.as_of, due)
            savable = forecast.tempo.between(np.full(len(due), ask.as_of), due) >= forecast.quick(kind)
        return rows.assign(due=due, chance=chance, savable=savable).drop(columns="id"), waiting

    return ask.once("due within", find)


def _within(part: Part, rows: pd.DataFrame, hours: int) -> Measure:
    chosen = rows[rows["due"] <= part.ask.as_of + hours * HOUR]["chance"].to_numpy()
    low, high = breach.count_interval(chosen, LEVEL)
    return part.measure("breach_ahead", float(chosen.sum()), len(chosen), denominator=len(chosen), low=low, high=high,
                        level=LEVEL)  # fmt: skip


def breach_ahead(part: Part) -> Measure:
    """Expected breaches within 24 hours; `parts` hold those within 6 and 12 hours and the open cases not due yet."""
    rows, waiting = due_within(part.ask)
    if part.by is not None:
        column = rows[part.by]
        rows = rows[column.isna()] if part.key is None else rows[column == part.key]
    found = {hours: _within(part, rows, hours) for hours in HOURS}
    parts = {f"within_{hours}": found[hours].value for hours in HOURS}
    whole = {"not_yet_due": waiting} if part.by is None else {}
    return replace(found[HOURS[-1]], parts=parts | whole)


def breach_board(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> Board:
    """The forecast of `scope` at `as_of`, checked on the last 14 days with what was known before each week of them."""
    ask = Ask(reader, profile, scope, as_of)
    rows, waiting = due_within(ask)
    return Board(
        {hours: _within(ask.whole, rows, hours) for hours in HOURS}, departments(ask), rows, waiting, _check(ask)
    )  # fmt: skip


def departments(ask: Ask, by: str = "department") -> list[Department]:
    """In the order of the profile; departments (or other parts) without a case due are not listed."""
    out = []
    for code, group in due_within(ask)[0].groupby(by, dropna=False, sort=False):
        part = Part(ask, by, None if pd.isna(code) else str(code))
        soon = {h: group[group["due"] <= ask.as_of + h * HOUR] for h in HOURS}
        out.append((part.rank, Department(
            part.group or None, len(group),
            {h: float(rows["chance"].sum()) for h, rows in soon.items()},
            {h: breach.count_interval(rows["chance"].to_numpy(), LEVEL) for h, rows in soon.items()},
            {h: float(rows["chance"][rows["savable"]].sum()) for h, rows in soon.items()},
        )))  # fmt: skip
    return [department for _, department in sorted(out, key=lambda pair: pair[0])]


def _foretold(ask: Ask, weeks: int, horizons: tuple[int, ...]) -> dict[int, calibrate.Foretold] | None:
    """Past forecasts; None when too little had been answered before the first of them."""
    history = _known(ask, weeks).history
    learnt = (history.left > 0) & (history.ended <= ask.as_of - weeks * 7 * DAY)
    if learnt.sum() < breach.FEWEST_EVENTS:
        return None
    return calibrate.foretell(history, ask.as_of, horizons=horizons, weeks=weeks, window=LEARN_DAYS * DAY)


def _check(ask: Ask) -> calibrate.Check | None:
    found = _foretold(ask, CHECK_WEEKS, (24,))
    if found is None:
        return None
    return calibrate.check(found[24], ask.as_of - CHECK_WEEKS * 7 * DAY, CHECK_WEEKS * 7, DAY, LEVEL)


@dataclass(frozen=True)
class Calibration:
    """Past forecasts of one horizon: `n` of them, chance said and share that broke it on average, groups, scores.

    `common` is the Brier score of always saying the share that broke in the end; lower is better.
    """

    hours: int
    n: int
    foretold: float
    broken: int
    groups: list[calibrate.Group]
    brier: float
    common: float


def calibration(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> dict[int, Calibration]:
    """Forecasts of the last 12 weeks for each of HOURS, of every case of the sources in `scope`; empty without any."""
    ask = Ask(reader, profile, Scope(source=scope.source, due_from=scope.due_from), as_of)
    found = _foretold(ask, CALIBRATION_WEEKS, HOURS) or {}
    return {
        hours: Calibration(hours, len(f.chance), float(f.chance.mean()), int(f.broken.sum()), calibrate.groups(f),
                           f.brier or 0.0, f.brier_of_common_share or 0.0)
        for hours, f in found.items() if len(f.chance)
    }  # fmt: skip
