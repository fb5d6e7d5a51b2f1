"""Figures along time: the promise by month of receipt, receipts by day."""

from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.charts import fitting_spread, share_limits
from nakhon_dash.analysis.intervals import z_of
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.promise import on_time
from nakhon_dash.queries import Reader, cases

MATURE = 0.9  # a cohort speaks for itself when the due time of this share has passed
BASE_WEEKS = 8


@dataclass(frozen=True)
class Month:
    """`maturity`: share of the cohort that is due by now; `low`, `high`: limits of ordinary variation, None if the
    month has no case due."""

    month: str  # 2026-11
    on_time: Measure
    maturity: float | None
    mature: bool
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Months:
    """`centre`: common share of the mature months."""

    months: list[Month]
    centre: float | None


def series_by_month(reader: Reader, profile: Profile, scope: Scope, as_of: int, months: int = 12) -> Months:
    """The last `months` months of receipt up to the end of the view; its own start does not matter."""
    ask = Ask(reader, profile, scope, as_of)
    end = day_of(ask.last_day)
    last = end.year * 12 + end.month - 1
    first = last - months + 1
    start = day_no(end.replace(year=first // 12, month=first % 12 + 1, day=1))
    ask = Ask(reader, profile, scope.days(start, ask.last_day), as_of)
    parts = [Part(ask, "month", number) for number in range(first, last + 1)]
    counts = [part.counts for part in parts]
    maturity = [c.due / (c.due + c.not_yet_due) if c.due + c.not_yet_due else None for c in counts]
    mature = [share is not None and share >= MATURE for share in maturity]
    k, n = np.array([c.on_time for c in counts]), np.array([c.due for c in counts])
    known = np.array(mature, bool)
    centre = float(k[known].sum() / n[known].sum()) if n[known].sum() else None
    limits = _limits(centre, n, fitting_spread(k[known], n[known])[0])
    return Months(
        [Month(str(part.group), on_time(part), share, full, *ends)
         for part, share, full, ends in zip(parts, maturity, mature, limits, strict=True)],
        centre,
    )  # fmt: skip


def _limits(centre: float | None, n: np.ndarray, spread: float) -> list[tuple[float | None, float | None]]:
    """Limits of a share chart about `centre` for each month's own number of cases."""
    if centre is None:
        return [(None, None)] * len(n)
    chart = share_limits(centre, n, spread)
    pairs = zip(chart.low.tolist(), chart.high.tolist(), strict=True)
    return [(low, high) if due else (None, None) for (low, high), due in zip(pairs, n, strict=True)]


@dataclass(frozen=True)
class Day:
    """Receipts of a day beside what the weeks before lead to expect; None without that history."""

    day: str
    n: int
    expected: float | None
    low: float | None
    high: float | None
    partial: bool  # the day is not over at as_of


def received_by_day(reader: Reader, profile: Profile, scope: Scope, as_of: int) -> list[Day]:
    """Every day of the view, days without a case included; expected = same weekday in the 8 weeks before the view.

    The band is two standard deviations of a Poisson count, widened by the overdispersion of those weeks.
    """
    ask = Ask(reader, profile, scope, as_of)
    first = scope.first_day if scope.first_day is not None else cases.first_day(reader, scope, as_of)
    if first is None:
        return []
    base_first = first - 7 * BASE_WEEKS
    rows = cases.received(reader, scope.days(base_first, ask.last_day), as_of)
    known = dict(zip(rows["part"].astype(int), rows["n"].astype(int), strict=True))
    earliest = cases.first_day(reader, scope.days(None, None), as_of)
    base = None if earliest is None or earliest > base_first else [known.get(d, 0) for d in range(base_first, first)]
    today = day_no(ask.today)
    out = []
    for day in range(first, ask.last_day + 1):
        expected, half = _expected(base, (day - first) % 7)
        low, high = (None, None) if expected is None else (max(expected - half, 0.0), expected + half)
        out.append(Day(str(day_of(day)), known.get(day, 0), expected, low, high, day == today))
    return out


def _expected(base: list[int] | None, weekday: int) -> tuple[float | None, float]:
    """(mean of the same weekday, half width of the band)."""
    if base is None:
        return None, 0.0
    table = np.array(base, dtype=float).reshape(BASE_WEEKS, 7)
    means = table.mean(0)
    busy = means > 0
    wild = (((table - means) ** 2)[:, busy] / means[busy]).sum() / max((BASE_WEEKS - 1) * busy.sum(), 1)
    return float(means[weekday]), z_of() * float(np.sqrt(max(wild, 1.0) * means[weekday]))
