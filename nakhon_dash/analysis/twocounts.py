"""Two Poisson counts side by side, many at once: is one rate higher, by how much, and how sure is that?

Exact given the sum of both (Przyborowski & Wilenski 1940, Biometrika 31:313-323): of a + b cases, a is binomial with
the share that A's exposure has of both. Arrays in, arrays out; what cannot be told is NaN. Says nothing of why, and
takes cases as independent: repeats of one trouble must be taken together before.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv, gammaincinv

from nakhon_dash.analysis.intervals import LEVEL
from nakhon_dash.analysis.spatial import false_discovery

ALPHA = 0.05


@dataclass(frozen=True)
class Compared:
    """`difference` is a/A - b/B with its interval, `ratio` of the same rates with its own; `q` after false-discovery
    control over all places with a case. `verdict`: 1 = higher in A beyond noise, -1 = lower, 0 = neither."""

    rate_a: np.ndarray
    rate_b: np.ndarray
    difference: np.ndarray
    low: np.ndarray
    high: np.ndarray
    ratio: np.ndarray
    ratio_low: np.ndarray
    ratio_high: np.ndarray
    p: np.ndarray
    q: np.ndarray
    verdict: np.ndarray


def compared(a: np.ndarray, b: np.ndarray, of_a: float, of_b: float) -> Compared:
    """Counts `a` and `b` of the same places over exposures `of_a` and `of_b` (totals, or days), both above 0."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    p = conditional_p(a, b, of_a / (of_a + of_b))
    q = np.ones(len(a))
    some = a + b > 0
    q[some] = false_discovery(p[some])
    ratio, ratio_low, ratio_high = _ratio(a, b, of_a / of_b)
    low_a, high_a = _poisson_limits(a)
    low_b, high_b = _poisson_limits(b)
    rate_a, rate_b = a / of_a, b / of_b
    gap = rate_a - rate_b
    # both intervals joined: Zou & Donner 2008, Stat Med 27:1693-1702
    low = gap - np.hypot(rate_a - low_a / of_a, high_b / of_b - rate_b)
    high = gap + np.hypot(high_a / of_a - rate_a, rate_b - low_b / of_b)
    verdict = np.where(q < ALPHA, np.sign(gap), 0).astype(int)
    return Compared(rate_a, rate_b, gap, low, high, ratio, ratio_low, ratio_high, p, q, verdict)


def conditional_p(a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray:
    """Two-sided p (twice the smaller tail) that a of a + b cases are A's when each is with chance `share`."""
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    below = np.where(b > 0, betainc(np.maximum(b, 1), a + 1, 1 - share), 1.0)  # the binomial tails
    above = np.where(a > 0, betainc(np.maximum(a, 1), b + 1, share), 1.0)
    return np.minimum(2 * np.minimum(below, above), 1.0)


def _ratio(a: np.ndarray, b: np.ndarray, exposure: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ratio of the rates with Clopper & Pearson's limits of the share; infinite where B has none."""
    tail = (1 - LEVEL) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, tail), 0.0)
        high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 1), 1 - tail), 1.0)
        found = [np.where(a + b > 0, odds / exposure, np.nan) for odds in (a / b, low / (1 - low), high / (1 - high))]
    return found[0], found[1], found[2]


def _poisson_limits(count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Garwood's limits of a Poisson mean (1936, Biometrika 28:437-442)."""
    tail = (1 - LEVEL) / 2
    low = np.where(count > 0, gammaincinv(np.maximum(count, 1), tail), 0.0)
    return low, gammaincinv(count + 1, 1 - tail)
