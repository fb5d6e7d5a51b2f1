"""Days or weeks judged by the seven just before them: the EARS methods C1 and C2.

Hutwagner, Thompson, Seeman, Treadwell (2003), "The bioterrorism preparedness and response Early Aberration Reporting
System", Journal of Urban Health 80(2). C1 takes the seven values before, C2 leaves two between, so that the first
days of a rise do not raise what it is measured by. For series too short to know seasons.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

BASELINE = 7
C1_GAP, C2_GAP = 0, 2
DAYS = 7  # of a week
WATCH_P = 0.01


@dataclass(frozen=True)
class Baseline:
    """Mean and standard deviation of the values before each value; NaN where there are too few."""

    mean: np.ndarray
    sd: np.ndarray

    def limit(self, z: float) -> np.ndarray:
        return self.mean + z * self.sd


def baseline(values: np.ndarray, gap: int, length: int = BASELINE) -> Baseline:
    """Of `length` values that end `gap` before each value."""
    values = np.asarray(values, dtype=float)
    mean, sd = np.full(len(values), np.nan), np.full(len(values), np.nan)
    first = length + gap
    if len(values) > first:
        windows = np.lib.stride_tricks.sliding_window_view(values, length)[: len(values) - first]
        mean[first:], sd[first:] = windows.mean(1), windows.std(1, ddof=1)
    return Baseline(mean, sd)


@dataclass(frozen=True)
class Day:
    """The last day of a series: what was counted, what C2 expects, its limit, and P(so many or more)."""

    observed: float
    expected: float
    limit: float
    p: float

    @property
    def unusual(self) -> bool:
        """Above the limit, and less likely than one in a hundred."""
        return self.observed > self.limit and self.p < WATCH_P


def last_day(counts: np.ndarray, z: float = 3.0) -> Day | None:
    """The last of daily `counts` by C2 after evening out weekdays; None before four whole weeks.

    Weekday factors come from the days before the baseline and the day. The spread is never taken below that of a
    Poisson count. p is that of a new value of a normal sample of seven (Student's t), which forgives small samples.
    """
    counts = np.asarray(counts, dtype=float)
    if len(counts) < 4 * DAYS:
        return None
    factors = _weekday_factors(counts[: len(counts) - BASELINE - C2_GAP - 1])
    factor = factors[np.arange(len(counts)) % DAYS]
    even = counts / factor
    found = baseline(even, C2_GAP)
    mean = float(found.mean[-1])
    sd = max(float(found.sd[-1]), float(np.sqrt(mean / factor[-1])))
    if sd == 0:
        return Day(float(counts[-1]), 0.0, 0.0, 1.0)
    t = (even[-1] - mean) / (sd * np.sqrt(1 + 1 / BASELINE))
    scale = float(factor[-1])
    return Day(float(counts[-1]), mean * scale, (mean + z * sd) * scale, float(stdtr(BASELINE - 1, -t)))


def _weekday_factors(counts: np.ndarray) -> np.ndarray:
    """Mean of each weekday over the mean of all, by place modulo seven; 1 where nothing is known, shrunk by one day."""
    mean = counts.mean() if len(counts) else 0.0
    if mean == 0:
        return np.ones(DAYS)
    place = np.arange(len(counts)) % DAYS
    total = np.bincount(place, weights=counts, minlength=DAYS) + mean
    return total / (np.bincount(place, minlength=DAYS) + 1) / mean
