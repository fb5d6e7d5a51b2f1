"""What comes in, what ends and what stays open: by day, week or month, and the open cases by age.

For every period, open at its end = open at its start + received - ended, exactly. Cases that ended nobody knows when
are in none of the three; `Flow.undated` counts them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import z_of
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.view import day_no, day_of, moment_of
from nakhon_dash.measures.asking import Ask, Part, key_of
from nakhon_dash.queries import backlog
from nakhon_dash.queries.conditions import ANSWERS, HOUR

GRAINS = ("day", "week", "month")
DAYS_BY_DAY, DAYS_BY_WEEK = 45, 400  # the longest views drawn by day and by week
EDGES = (0, 24, 48, 7 * 24, 15 * 24, 30 * 24)  # hours
AGES = ("day", "two_days", "week", "fortnight", "month", "older")


@dataclass(frozen=True)
class Flow:
    """`rows`: first_day, last_day (dates), received, answered, left, ended (= answered + left), open (at the end of the
    last day, or now), whole (the period lies wholly in the view and is over). `start`: open before the first of them,
    which means nothing unless cases are `known_before`.
    """

    grain: str
    rows: pd.DataFrame
    start: int
    undated: int
    known_before: bool

    @property
    def received(self) -> int:
        return int(self.rows["received"].sum())

    @property
    def ended(self) -> int:
        return int(self.rows["ended"].sum())

    @property
    def end(self) -> int:
        return self.start + self.received - self.ended

    @property
    def moved(self) -> bool:
        """Whether open at the end differs from the start by more than two Poisson counts would by chance (95 %)."""
        return self.known_before and abs(self.end - self.start) > z_of() * (self.start + self.end) ** 0.5


def grain_of(days: int) -> str:
    """Bars of a view so many days long."""
    return "day" if days <= DAYS_BY_DAY else "week" if days <= DAYS_BY_WEEK else "month"


def flow(ask: Ask, grain: str | None = None) -> Flow:
    """The flow of the view's days up to now; its filters hold, its period chooses days, not cases."""
    return ask.once(("flow", grain), lambda: _flow(ask, grain))


def _flow(ask: Ask, grain: str | None) -> Flow:
    came = backlog.received_by_day(ask.reader, ask.scope, ask.as_of)
    went = _went(ask)
    dated = came[came["undated"] == 0]
    days = dated["day"].to_numpy("int64")
    first = ask.scope.first_day
    if first is None:
        first = int(came["day"].min()) if len(came) else ask.last_day
    last = max(ask.last_day, first)
    received = _by_day(dated, first, last)
    answer = went["outcome"].isin(ANSWERS).to_numpy(bool)
    answered, left = _by_day(went[answer], first, last), _by_day(went[~answer], first, last)
    start = int(dated["n"][days < first].sum()) - int(went["n"][went["day"].to_numpy("int64") < first].sum())
    outside = came[(came["undated"] == 1) & came["day"].between(first, last)]
    chosen = grain or grain_of(last - first + 1)
    rows = _grouped(chosen, first, last, np.stack([received, answered, left]), day_no(ask.today))
    rows["ended"] = rows["answered"] + rows["left"]
    rows["open"] = start + (rows["received"] - rows["ended"]).cumsum()
    return Flow(chosen, rows, start, int(outside["n"].sum()), bool((came["day"] < first).any()))


def _by_day(rows: pd.DataFrame, first: int, last: int) -> np.ndarray:
    """Numbers of each day from `first` to `last`."""
    day, n = rows["day"].to_numpy("int64"), rows["n"].to_numpy("int64")
    inside = (day >= first) & (day <= last)
    return np.bincount(day[inside] - first, weights=n[inside], minlength=last - first + 1).astype("int64")


def _grouped(grain: str, first: int, last: int, daily: np.ndarray, today: int) -> pd.DataFrame:
    """Periods of the days; the first and the last may be cut by the view, the one that holds today is not over."""
    starts, step = [], first
    while step <= last:
        starts.append(step)
        step = _next(grain, step)
    ends = [*(start - 1 for start in starts[1:]), last]
    sums = np.add.reduceat(daily, [start - first for start in starts], axis=1)
    spans = zip(starts, ends, strict=True)
    whole = [_begin(grain, a) == a and _next(grain, a) == b + 1 and b < today for a, b in spans]
    named = {name: sums[i] for i, name in enumerate(("received", "answered", "left"))}
    return pd.DataFrame({"first_day": [day_of(a) for a in starts], "last_day": [day_of(b) for b in ends],
                         **named, "whole": whole})  # fmt: skip


def _begin(grain: str, day: int) -> int:
    """First day of the week (Monday) or month that holds `day`."""
    shown = day_of(day)
    if grain == "day":
        return day
    return day_no(shown - timedelta(days=shown.weekday())) if grain == "week" else day_no(shown.replace(day=1))


def _next(grain: str, day: int) -> int:
    """First day of the period after the one that holds `day`."""
    if grain == "day":
        return day + 1
    if grain == "week":
        return _begin("week", day) + 7
    shown = day_of(day)
    return day_no(date(shown.year + shown.month // 12, shown.month % 12 + 1, 1))


def _went(ask: Ask) -> pd.DataFrame:
    """Every end by day and outcome, for the flow and the number that ended."""
    return ask.once("went", lambda: backlog.ended_by_day(ask.reader, ask.scope, ask.as_of))


def _endings(ask: Ask, by: str) -> pd.DataFrame:
    return ask.once(("endings", by), lambda: backlog.ended(ask.reader, ask.scope, ask.as_of, by))


def ended(part: Part) -> Measure:
    """Workload: cases that ended on the days of the view, whenever they came in; `parts` by outcome."""
    if part.by is None:
        rows, scope = _went(part.ask), part.ask.scope
        first = -np.inf if scope.first_day is None else scope.first_day
        rows = rows[rows["day"].between(first, np.inf if scope.last_day is None else scope.last_day)]
    else:
        rows = _endings(part.ask, part.by)
        rows = rows[[key_of(value) == part.key for value in rows["part"]]]
    sums = rows.groupby("outcome")["n"].sum()
    outcomes = {str(code): int(n) for code, n in sorted(sums.items())}
    n = sum(outcomes.values())
    return part.measure("ended", n, n, numerator=n, parts=outcomes)


def ended_parts(ask: Ask, by: str) -> list[Part]:
    """Parts in which a case ended; a part that received none in the period may be among them."""
    keys = {key_of(value) for value in _endings(ask, by)["part"]}
    return sorted((Part(ask, by, key) for key in keys), key=lambda part: part.rank)


def everything_open(ask: Ask) -> Ask:
    """Open is open, whenever it was received: the same filters without a period."""
    return ask.once("unbound", ask.unbound)


def first_open_day(ask: Ask) -> int | None:
    """A day (number) before which no case of the filters is open; None when none is open."""
    first = everything_open(ask).whole.standing.first_open
    # a day less, because a case's own day follows the place of the report
    return None if first is None else day_no(moment_of(first).astimezone(ask.profile.tz).date()) - 1


def ages(ask: Ask) -> pd.DataFrame:
    """Open cases of the filters by age: age, from_hours, waiting (not yet due or no due time), late (past due)."""
    whole = everything_open(ask)

    def count() -> pd.DataFrame:
        rows = backlog.oldest_open(whole.reader, whole.scope, whole.as_of, whole.profile.promise, first_open_day(whole))
        age = (whole.as_of - rows["received_at"].to_numpy("int64")) / HOUR
        late = rows["due"].notna().to_numpy() & (rows["due"].fillna(0).to_numpy("int64") <= whole.as_of)
        group = np.searchsorted(EDGES, age, side="right") - 1
        waiting, overdue = (np.bincount(group[chosen], minlength=len(AGES)) for chosen in (~late, late))
        return pd.DataFrame({"age": AGES, "from_hours": EDGES, "waiting": waiting, "late": overdue})

    return whole.once("ages", count)


def flow_table(ask: Ask, by: str) -> pd.DataFrame:
    """The rows of a flow with days as ISO; open before the first row stands in `open_before`."""
    found = flow(ask, by)
    rows = found.rows.assign(open_before=found.rows["open"] - found.rows["received"] + found.rows["ended"])
    for name in ("first_day", "last_day"):
        rows[name] = [str(day) for day in rows[name]]
    return rows[["first_day", "last_day", "open_before", "received", "answered", "left", "ended", "open", "whole"]]


def ageing(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (not split)
    return ages(ask)
