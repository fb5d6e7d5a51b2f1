"""Limits of ordinary variation: Shewhart charts for shares and counts, and a limit from the weeks before."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammainc

SIGMAS = 3.0
FLAGGED = 1 / 3
D2 = 1.128  # mean range of two normal values in standard deviations (NIST handbook 6.3.2.2)


@dataclass(frozen=True)
class Limits:
    """Centre line and limits; `low` and `high` are arrays where they change from point to point."""

    centre: float
    low: np.ndarray
    high: np.ndarray

    def outside(self, values: np.ndarray) -> np.ndarray:
        return (values < self.low) | (values > self.high)


def share_limits(centre: float, n: np.ndarray, spread: float = 1.0, sigmas: float = SIGMAS) -> Limits:
    """Limits of shares of `n` cases each about `centre`, cut at 0 and 1; points without cases get NaN.

    `spread`: how many times more the shares differ than chance alone would have it.
    """
    n = np.asarray(n, dtype=float)
    half = sigmas * spread * np.sqrt(centre * (1 - centre) / np.where(n > 0, n, np.nan))
    return Limits(float(centre), np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0))


def p_chart(k: np.ndarray, n: np.ndarray, sigmas: float = SIGMAS) -> Limits:
    """Limits of shares k/n about their common share, cut at 0 and 1; points without cases get NaN."""
    return share_limits(_common(k, n), n, sigmas=sigmas)


def laney(k: np.ndarray, n: np.ndarray, sigmas: float = SIGMAS) -> Limits:
    """p' limits of shares k/n (Laney 2002, Quality Engineering 14:531-537): the p-chart times `laney_spread`."""
    return share_limits(_common(k, n), n, laney_spread(k, n), sigmas)


def laney_spread(k: np.ndarray, n: np.ndarray) -> float:
    """Spread of the standardised shares from their mean moving range; 1 where it cannot be told.

    Large points differ by more than chance alone, so that a p-chart flags nearly all of them.
    """
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    known, centre = n > 0, _common(k, n)
    if known.sum() < 2 or not 0 < centre < 1:
        return 1.0
    z = (k[known] / n[known] - centre) / np.sqrt(centre * (1 - centre) / n[known])
    return float(np.abs(np.diff(z)).mean()) / D2


def fitting_spread(k: np.ndarray, n: np.ndarray) -> tuple[float, str]:
    """(1, "p"), or (Laney's spread, "laney") where the p-chart flags more than a third of the points."""
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    if not len(n) or p_chart(k, n).outside(k / n).mean() <= FLAGGED:
        return 1.0, "p"
    return laney_spread(k, n), "laney"


def _common(k: np.ndarray, n: np.ndarray) -> float:
    total = float(np.asarray(n, dtype=float).sum())
    return float(np.asarray(k, dtype=float).sum()) / total if total else float("nan")


def c_chart(counts: np.ndarray, sigmas: float = SIGMAS) -> Limits:
    """Limits of counts of equal exposure about their mean, cut at 0."""
    counts = np.asarray(counts, dtype=float)
    mean = float(counts.mean())
    half = sigmas * np.sqrt(mean)
    return Limits(mean, np.full(len(counts), max(mean - half, 0.0)), np.full(len(counts), mean + half))


def xmr(values: np.ndarray, sigmas: float = SIGMAS) -> Limits:
    """Individuals chart: limits from the mean moving range; needs two values."""
    values = np.asarray(values, dtype=float)
    mean, half = float(values.mean()), sigmas * float(np.abs(np.diff(values)).mean()) / D2
    return Limits(mean, np.full(len(values), mean - half), np.full(len(values), mean + half))


def exceedance(count: np.ndarray, total_before: np.ndarray, sum_squares: np.ndarray, periods: int) -> np.ndarray:
    """P(a period has `count` or more) judged by the `periods` before it, one series an element.

    Two predictive distributions, the more cautious wins: Poisson with the rate learnt from the periods (gamma with a
    Jeffreys prior, so that few periods widen it), and negative binomial with their mean and variance when they vary
    more than Poisson.
    """
    count, total = np.asarray(count, dtype=float), np.asarray(total_before, dtype=float)
    learnt = _nb_tail(count, total + 0.5, periods / (periods + 1.0))
    mean = total / periods
    variance = (np.asarray(sum_squares, dtype=float) - total * mean) / (periods - 1)
    wide = (variance > mean) & (mean > 0)
    size = np.divide(mean**2, variance - mean, out=np.ones_like(mean), where=wide)
    spread = np.where(wide, _nb_tail(count, size, size / (size + np.where(wide, mean, 1.0))), 0.0)
    return np.maximum(learnt, spread)


def upper_limit(total_before: float, sum_squares: float, periods: int, tail: float = 0.01) -> int:
    """Largest count that is still ordinary: P(more than it) < `tail` by `exceedance`."""
    tries = np.arange(1, 16, dtype=float)
    while True:
        over = exceedance(tries, np.full(len(tries), total_before), np.full(len(tries), sum_squares), periods) < tail
        if over.any():
            return int(tries[over.argmax()]) - 1
        tries = tries[-1] + np.arange(1, 2 * len(tries) + 1)


def poisson_band(mean: float, level: float = 0.95) -> tuple[int, int]:
    """Smallest and largest count inside the central `level` of a Poisson of this mean."""
    counts = np.arange(int(mean + 12 * np.sqrt(mean + 1) + 12))
    below = 1 - gammainc(counts + 1, mean)  # P(X <= count)
    tail = (1 - level) / 2
    return int(np.searchsorted(below, tail)), int(np.searchsorted(below, 1 - tail))


def _nb_tail(count: np.ndarray, size: np.ndarray, p: np.ndarray | float) -> np.ndarray:
    """P(X >= count) of a negative binomial: failures before `size` successes of chance `p`."""
    return np.where(count > 0, betainc(np.maximum(count, 1), size, 1 - np.asarray(p)), 1.0)
