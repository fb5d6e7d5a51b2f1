"""The promise and the wait by month of receipt, or by year, with the limits of ordinary variation.

Limits rest on mature months only: a month whose cases are not all due yet looks better or worse than it will be.
Shares get p-chart limits, or Laney's p' where those would flag more than a third of the months; medians of the wait
(Kaplan-Meier, open cases included) get XmR limits.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from nakhon_dash.analysis.charts import fitting_spread, share_limits, xmr
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of, fiscal_days, fiscal_year
from nakhon_dash.measures import promise, waiting
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.series import MATURE
from nakhon_dash.queries import Reader, cases

GRAINS = ("month", "fiscal", "year")
RELIABLE = 8  # points below which limits say little


@dataclass(frozen=True)
class Period:
    """A month, a fiscal year or a calendar year of receipt. `code`: 2026-11, or 2027 (CE).

    `maturity`: share of its cases due by now; `mature`: at least 90 %. `whole`: all its days lie in the view and in the
    data. Limits and `*_out` are None without limits, or while it is not mature.
    """

    code: str
    first_day: date
    on_time: Measure
    median: Measure
    maturity: float | None
    mature: bool
    whole: bool
    share_limits: tuple[float, float] | None = None
    median_limits: tuple[float, float] | None = None

    @property
    def share_out(self) -> bool | None:
        return _outside(self.on_time.value, self.share_limits) if self.mature else None

    @property
    def median_out(self) -> bool | None:
        return _outside(self.median.value, self.median_limits) if self.mature else None


@dataclass(frozen=True)
class Course:
    """`method`: p or laney, what limits the shares; None without limits. `points`: mature months that they rest on."""

    grain: str
    periods: list[Period]
    method: str | None
    points: int

    @property
    def reliable(self) -> bool:
        return self.points >= RELIABLE


def course_of(reader: Reader, profile: Profile, scope: Scope, grain: str, as_of: int) -> Course:
    """Every month, or year, of receipt that holds a day of the view: whole months, up to the end of the view."""
    ask = Ask(reader, profile, scope, as_of)
    data_from = cases.first_day(reader, scope.days(None, None), as_of)
    first = scope.first_day if scope.first_day is not None else data_from
    if first is None or data_from is None or first > ask.last_day:
        return Course(grain, [], None, 0)
    found = _months(ask, first) if grain == "month" else _years(ask, grain, first)
    periods = [_period(code, part, begin, end, data_from) for code, part, begin, end in found]
    return _limited(periods) if grain == "month" else Course(grain, periods, None, 0)


def month_before(last: date, months: int) -> date:
    """The first day of so many months that end with the month of `last`."""
    number = last.year * 12 + last.month - months
    return date(number // 12, number % 12 + 1, 1)


Found = tuple[str, Part, date, date]  # code, cases, first and last day of the whole period


def _months(ask: Ask, first: int) -> list[Found]:
    """Asked together, a month being a column of the store."""
    begin, end = day_of(first).replace(day=1), day_of(ask.last_day)
    whole = replace(ask, scope=ask.scope.days(day_no(begin), ask.last_day), _kept={})
    found = []
    for number in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month):
        part, start = Part(whole, "month", number), date(number // 12, number % 12 + 1, 1)
        found.append((str(part.group), part, start, day_of(day_no(month_before(start, 0)) - 1)))
    return found


def _years(ask: Ask, grain: str, first: int) -> list[Found]:
    """Each year asked by itself; named by its number (CE)."""
    start = ask.profile.city.fiscal_year_start_month if grain == "fiscal" else 1
    found = []
    for year in range(fiscal_year(day_of(first), start), fiscal_year(day_of(ask.last_day), start) + 1):
        begin, end = fiscal_days(year, start)
        scope = ask.scope.days(day_no(begin), min(day_no(end), ask.last_day))
        found.append((str(year), replace(ask, scope=scope, _kept={}).whole, begin, end))
    return found


def _period(code: str, part: Part, begin: date, end: date, data_from: int) -> Period:
    c = part.counts
    maturity = c.due / (c.due + c.not_yet_due) if c.due + c.not_yet_due else None
    mature = maturity is not None and maturity >= MATURE
    whole = data_from <= day_no(begin) and day_no(end) <= part.ask.last_day
    share, median = (replace(m, group=code) for m in (promise.on_time(part), waiting.median_hours(part)))
    return Period(code, begin, share, median, maturity, mature, whole)


def _limited(periods: list[Period]) -> Course:
    """The same months with their limits; none while fewer than two are mature."""
    ripe = [i for i, p in enumerate(periods) if p.mature and p.on_time.value is not None]
    if len(ripe) < 2:
        return Course("month", periods, None, len(ripe))
    k, n = (np.array([getattr(periods[i].on_time, name) for i in ripe], float) for name in ("numerator", "denominator"))
    spread, method = fitting_spread(k, n)
    chart = share_limits(k.sum() / n.sum(), n, spread)
    low, high = dict(zip(ripe, chart.low, strict=True)), dict(zip(ripe, chart.high, strict=True))
    waits = [(i, p.median.value) for i, p in enumerate(periods) if p.mature and p.median.value is not None]
    moving = xmr(np.array([value for _, value in waits])) if len(waits) > 1 else None
    drawn = {i: (max(float(moving.low[0]), 0.0), float(moving.high[0])) for i, _ in waits} if moving else {}
    limited = [
        replace(p, share_limits=(float(low[i]), float(high[i])) if i in low else None, median_limits=drawn.get(i))
        for i, p in enumerate(periods)
    ]
    return Course("month", limited, method, len(ripe))


def _outside(value: float | None, limits: tuple[float, float] | None) -> bool | None:
    return None if value is None or limits is None else not limits[0] <= value <= limits[1]


def months(ask: Ask, by: str) -> pd.DataFrame:
    return months_table(course_of(ask.reader, ask.profile, ask.scope, by, ask.as_of))


def months_table(course: Course) -> pd.DataFrame:
    """One row a period: share on time and median wait, each with interval, limits and whether it lies outside."""
    none = (None, None)
    rows = [
        {"period": p.code, "on_time": p.on_time.value, "on_time_low": p.on_time.low, "on_time_high": p.on_time.high,
         "numerator": p.on_time.numerator, "denominator": p.on_time.denominator,
         "limit_low": (p.share_limits or none)[0], "limit_high": (p.share_limits or none)[1], "outside": p.share_out,
         "median_hours": p.median.value, "median_low": p.median.low, "median_high": p.median.high, "n": p.median.n,
         "median_limit_low": (p.median_limits or none)[0], "median_limit_high": (p.median_limits or none)[1],
         "median_outside": p.median_out, "maturity": p.maturity, "mature": p.mature, "whole": p.whole,
         "limits": course.method}
        for p in course.periods
    ]  # fmt: skip
    return pd.DataFrame(rows)
