"""What more crews would have done to one department's last quarter, and whether the model may be believed at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from nakhon_dash.analysis import staffing as model
from nakhon_dash.analysis.queueing import WEEK, WORKDAYS, Crews, duty_hours
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries.conditions import HOUR

WEEKS = 13
RUNS = 200
FEWEST = 100  # answered cases in each of the two quarters
SETTLED_WEEKS = 1  # receipts of the last week are not all due yet
NEAR = 0.05  # how far the last quarter, played again, may lie from what happened
WIDEST = 0.25  # an interval wider than this says nothing
LEVEL = 0.95
DEFAULT = ((0, 1), (1, 0), (1, 1))  # more crews (on working days, on days off) that the table shows


@dataclass(frozen=True)
class Estimate:
    """Share on time, middle of the runs, and the interval that holds 95 in 100 of them."""

    value: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class WhatIf:
    """So many more crews: share on time, and its gain over the same runs with the present crews."""

    weekday: int
    weekend: int
    on_time: Estimate
    gain: Estimate


@dataclass(frozen=True)
class Staffing:
    """`reason` says why there is no answer, `options` is then empty: few cases | misses (the check failed) | no_queue
    (no queue explains who waited long: nothing says that crews are what is lacking).

    `actual` of the last quarter stands beside `checked`, what the quarter before had foretold of it. `crews` is None
    where they cannot be told.
    """

    department: str
    n: int
    first_day: int
    last_day: int
    reason: str | None = None
    crews: Crews | None = None
    given: bool = False  # the profile names the crews
    actual: float | None = None
    checked: Estimate | None = None
    now: Estimate | None = None
    options: tuple[WhatIf, ...] = ()


@dataclass(frozen=True)
class _Cases:
    """One department: hours since a Monday of long ago, and the Monday that ends the last settled week."""

    received: np.ndarray
    closed: np.ndarray
    limit: np.ndarray
    end: float
    last_day: int

    def quarter(self, back: int) -> model.Quarter:
        """The `back`-th quarter before `end`, 1 = the last."""
        start = self.end - back * WEEKS * WEEK
        inside = (self.received >= start) & (self.received < start + WEEKS * WEEK)
        wait = np.maximum(self.closed[inside] - self.received[inside], 0.0)
        return model.Quarter(self.received[inside] - start, self.limit[inside], np.where(np.isnan(wait), np.inf, wait),
                             WEEKS)  # fmt: skip


def _cases(reader: Reader, profile: Profile, scope: Scope, department: str, as_of: int) -> _Cases:
    own = Scope(department=(department,), source=scope.source, due_from=scope.due_from)
    since = as_of - (2 * WEEKS + SETTLED_WEEKS + 2) * WEEK * HOUR
    rows = cases.histories(reader, own, as_of, since, profile.promise)
    rows = rows[rows["left_at"].isna()].sort_values("received_at")
    offset = moment_of(as_of).astimezone(profile.tz).utcoffset()
    shift = 72.0 + (offset.total_seconds() / 3600 if offset else 0.0)  # 1 January 1970 was a Thursday
    received, answered, due = (rows[name].to_numpy("float64") / HOUR for name in ("received_at", "answered_at", "due"))
    end = ((as_of / HOUR + shift) // WEEK - SETTLED_WEEKS) * WEEK
    return _Cases(received + shift, answered + shift, due - received, end, int((end - 72) // 24) - 1)


def _crews(profile: Profile, department: str, quarter: model.Quarter, closed: np.ndarray) -> tuple[Crews, bool]:
    """Crews of the profile, or those that fit the quarter; the second value says whether the profile named them."""
    hours = duty_hours(closed)
    off = closed % WEEK >= WORKDAYS
    weekend = float((off.sum() / 2) / max((~off).sum() / 5, 1))
    named = profile.departments.get(department)
    if named is not None and named.crews_weekday:
        given = named.crews_weekend
        return Crews(named.crews_weekday, round(named.crews_weekday * weekend) if given is None else given, hours), True
    return model.fit(quarter, hours, weekend), False


def staffing(
    reader: Reader,
    profile: Profile,
    scope: Scope,
    department: str,
    more: Sequence[tuple[int, int]],
    as_of: int,
) -> Staffing:
    """The answer for `department` and each number of `more` crews (on working days, on days off)."""
    found = _cases(reader, profile, scope, department, as_of)
    before, last = found.quarter(2), found.quarter(1)
    answered = [int(np.isfinite(q.wait).sum()) for q in (before, last)]
    blank = Staffing(department, len(last.wait), found.last_day - 7 * WEEKS + 1, found.last_day)
    if min(answered) < FEWEST:
        return replace(blank, reason="few")
    start = found.end - 2 * WEEKS * WEEK
    closed = found.closed[(found.received >= start) & (found.closed < found.end)]
    crews, given = _crews(profile, department, before, closed)
    work = [model.work_of(quarter, [crews])[0] for quarter in (before, last)]
    checked = _estimate(model.foretell(last, work[0], WEEKS, crews, RUNS, seed=5))
    queue = given or crews.weekday < model.SIZES[-1]
    options = [replace(crews, weekday=crews.weekday + a, weekend=crews.weekend + b) for a, b in more] if queue else []
    shares = model.what_if(last, work[1], [crews, *options], RUNS, seed=7)
    now = _estimate(shares[0])
    blank = replace(blank, crews=crews if queue else None, given=given, now=now, actual=last.on_time, checked=checked)
    if not believable(checked, now, last.on_time):
        return replace(blank, reason="misses")
    if not queue:
        return replace(blank, reason="no_queue")
    answers = [WhatIf(a, b, _estimate(share), _estimate(share - shares[0]))
               for (a, b), share in zip(more, shares[1:], strict=True)]  # fmt: skip
    return replace(blank, options=tuple(answers))


def believable(checked: Estimate, now: Estimate, actual: float) -> bool:
    """Whether the quarter before foretold the last one, narrowly enough, and the last one plays again as it was."""
    return checked.holds(actual) and checked.high - checked.low <= WIDEST and abs(now.value - actual) <= NEAR


def _estimate(shares: np.ndarray) -> Estimate:
    low, middle, high = (float(v) for v in np.quantile(shares, [(1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2]))
    return Estimate(middle, low, high)


def candidates(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> list[str]:
    """Departments with enough cases for two quarters, most cases first."""
    today = day_no(moment_of(as_of).astimezone(profile.tz).date())
    days = Scope(today - (2 * WEEKS + SETTLED_WEEKS) * 7, today, source=scope.source)
    rows = cases.received(reader, days, as_of, by="department")
    rows = rows[rows["part"].notna() & (rows["n"] >= 2 * FEWEST)].sort_values("n", ascending=False, kind="stable")
    return [str(code) for code in rows["part"]]


def staffing_table(ask: Ask, _by: str) -> pd.DataFrame:
    """The first department of the view, or the one with most cases: its check, its present, and one more crew."""
    named = list(ask.scope.department) or candidates(ask.reader, ask.profile, ask.scope, ask.as_of)
    if not named:
        return pd.DataFrame()
    found = staffing(ask.reader, ask.profile, ask.scope, named[0], DEFAULT, ask.as_of)
    crews = found.crews
    base = {"department": found.department, "weekday_crews": crews.weekday if crews else None,
            "weekend_crews": crews.weekend if crews else None}  # fmt: skip
    rows: list[dict] = [base | {"row": "actual", "on_time": found.actual, "n": found.n}]
    rows += [base | {"row": name} | _columns(each) for name, each in (("foretold", found.checked), ("now", found.now))
             if each]  # fmt: skip
    for option in found.options:
        more = {"row": "what_if", "more_weekday": option.weekday, "more_weekend": option.weekend}
        gain = {"gain": option.gain.value, "gain_low": option.gain.low, "gain_high": option.gain.high}
        rows.append(base | more | _columns(option.on_time) | gain)
    order = ["department", "row", "weekday_crews", "weekend_crews", "more_weekday", "more_weekend", "on_time", "low",
             "high", "gain", "gain_low", "gain_high", "n", "reason"]  # fmt: skip
    return pd.DataFrame([row | {"reason": found.reason} for row in rows]).reindex(columns=order)


def _columns(estimate: Estimate) -> dict[str, float]:
    return {"on_time": estimate.value, "low": estimate.low, "high": estimate.high}
