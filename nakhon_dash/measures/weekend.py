"""Do cases received on weekends and holidays wait longer? Two clocks, because a difference on the calendar alone may
be nothing but the hours in which the office is closed.

Days off are the weekend days of the profile, public holidays, and what the city added or removed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import difference, newcombe
from nakhon_dash.analysis.survival import Curve, curve
from nakhon_dash.analysis.survival_groups import logrank
from nakhon_dash.analysis.weekend import medians
from nakhon_dash.domain.calendar import office_calendar, weekday
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Ask, Key, Part, key_of
from nakhon_dash.measures.clock import office_waits
from nakhon_dash.queries.conditions import HOUR
from nakhon_dash.queries.receipts import receipts

WEEK, DAY_HOURS = 7, 24


@dataclass(frozen=True)
class OfficeTest:
    """Days off against working days in office time: medians in hours (None = not reached), log-rank p."""

    off_hours: float | None
    working_hours: float | None
    p: float


@dataclass(frozen=True)
class Grid:
    """Cases by weekday (0 = Monday) and hour of receipt. Medians in hours, NaN = none; `due`: base of `on_time`."""

    n: np.ndarray  # 7 × 24
    median: np.ndarray
    on_time: np.ndarray  # counts
    due: np.ndarray
    day_median: np.ndarray  # 7


def rows_of(part: Part) -> pd.DataFrame:
    """Columns of `queries.receipts` and: off (on a day off), office (wait in office time, µs)."""

    def split() -> dict[Key, pd.DataFrame]:
        ask = part.ask
        rows = receipts(ask.reader, ask.scope, ask.as_of, ask.profile.promise, part.by)
        rows["off"] = office_calendar(ask.profile).off(rows["day"].to_numpy("int64"))
        rows["office"] = office_waits(rows, ask.profile)
        if part.by is None:
            return {"": rows}
        return {key_of(key): group for key, group in rows.groupby("part", dropna=False, sort=False)}

    every: dict[Key, pd.DataFrame] = part.ask.once(("receipts", part.by), split)
    return every[part.key] if part.key in every else next(iter(every.values())).iloc[:0]


def clock(ask: Ask) -> str:
    """The column of waits that the reader's clock asks for."""
    return "wait" if ask.scope.clock is None else "office"


def holidays(ask: Ask) -> int:
    """Holidays in the view's days that would have been working days; a view without a start begins with its cases."""
    first = ask.scope.first_day
    if first is None:
        days = rows_of(ask.whole)["day"]
        first = int(days.min()) if len(days) else ask.last_day + 1
    return office_calendar(ask.profile).holidays(first, ask.last_day)


def weekend_penalty(part: Part) -> Measure:
    """Median wait of cases received on days off less that of other days, in hours of the view's clock."""
    metric = "weekend_penalty"
    rows = rows_of(part)
    off = rows["off"].to_numpy(bool)
    answered = int(rows["answered"].sum())
    rest: dict = {"numerator": answered, "denominator": len(rows), "excluded": part.counts.left_out_of_waits}
    if (reason := _unknown(part, off)) is not None:
        return part.unknown(metric, reason, len(rows), **rest)
    a, b = (_curve(rows[chosen], clock(part.ask)) for chosen in (off, ~off))
    half, other = a.quantile(0.5), b.quantile(0.5)
    office = office_test(part)
    rest["parts"] = {
        "off_n": a.n, "working_n": b.n, "off_hours": _hours(half), "working_hours": _hours(other),
        "holidays": holidays(part.ask), "office_off_hours": office.off_hours,
        "office_working_hours": office.working_hours, "office_p": office.p,
    }  # fmt: skip
    if half is None or other is None:
        return part.unknown(metric, "not_reached", len(rows), **rest)
    low, high = _difference((half, *a.quantile_limits(0.5)), (other, *b.quantile_limits(0.5)))
    return part.measure(metric, _hours(half - other), len(rows), low=_hours(low), high=_hours(high), **rest)


def weekend_penalty_on_time(part: Part) -> Measure:
    """On-time share of cases received on days off less that of other days; the promise runs on the calendar."""
    metric = "weekend_penalty_on_time"
    rows = rows_of(part)
    rows = rows[rows["on_time"] >= 0]
    off, good = rows["off"].to_numpy(bool), rows["on_time"].to_numpy("int64")
    rest: dict = {"excluded": part.counts.left_out}
    if (reason := _unknown(part, off, "none_due")) is not None:
        return part.unknown(metric, reason, len(rows), **rest)
    k, n, k_other, n_other = int(good[off].sum()), int(off.sum()), int(good[~off].sum()), int((~off).sum())
    low, high = newcombe(k, n, k_other, n_other)
    parts = {"off_on_time": k, "off_due": n, "working_on_time": k_other, "working_due": n_other}
    return part.measure(metric, k / n - k_other / n_other, len(rows), low=low, high=high, parts=parts, **rest)


def office_test(part: Part) -> OfficeTest:
    """Log-rank test of waits in office time; needs cases of both kinds of day."""

    def test() -> OfficeTest:
        rows = rows_of(part).sort_values("office")
        off = rows["off"].to_numpy(bool)
        wait, answered = rows["office"].to_numpy("int64"), rows["answered"].to_numpy(bool)
        halves = medians(wait, answered, off.astype("int64"), 2) / HOUR
        found = logrank(wait, answered, off)
        return OfficeTest(_known(halves[1]), _known(halves[0]), found.p)

    return part.ask.once(("office_test", part.by, part.key), test)


def grid(ask: Ask) -> Grid:
    def count() -> Grid:
        rows = rows_of(ask.whole)
        day = weekday(rows["day"].to_numpy("int64"))
        cell = day * DAY_HOURS + rows["hour"].to_numpy("int64")
        wait, answered = rows[clock(ask)].to_numpy("int64"), rows["answered"].to_numpy(bool)
        good = rows["on_time"].to_numpy("int64")
        shape, cells = (WEEK, DAY_HOURS), WEEK * DAY_HOURS
        return Grid(
            n=np.bincount(cell, minlength=cells).reshape(shape),
            median=medians(wait, answered, cell, cells).reshape(shape) / HOUR,
            on_time=np.bincount(cell[good == 1], minlength=cells).reshape(shape),
            due=np.bincount(cell[good >= 0], minlength=cells).reshape(shape),
            day_median=medians(wait, answered, day, WEEK) / HOUR,
        )

    return ask.once("weekday_hour", count)


def _unknown(part: Part, off: np.ndarray, empty: str = "all_left_out") -> str | None:
    """Why there is nothing to compare."""
    if len(off) and off.any() and not off.all():
        return None
    if len(off):
        return "one_kind_of_day"
    return "no_cases" if part.counts.received + part.counts.information == 0 else empty


def _curve(rows: pd.DataFrame, column: str) -> Curve:
    return curve(rows[column].to_numpy("int64"), rows["answered"].to_numpy(bool))


def _difference(
    now: tuple[float, float | None, float | None], before: tuple[float, float | None, float | None]
) -> tuple[float | None, float | None]:
    """Zou & Donner on two Brookmeyer-Crowley intervals; an end is unknown when one that it is made of is.

    Tried on lognormal waits with censoring: covers 94.5 to 96.6 in 100 from 30 cases against 80 to 300 against 750.
    """
    (a, a_low, a_high), (b, b_low, b_high) = now, before
    low = None if a_low is None or b_high is None else difference((a, a_low, a), (b, b, b_high))[0]
    high = None if a_high is None or b_low is None else difference((a, a, a_high), (b, b_low, b))[1]
    return low, high


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _hours(micros: float | None) -> float | None:
    return None if micros is None else micros / HOUR
