"""Intervals for shares, differences, counts. Numbers in, numbers out; unknown ends are None."""

import math
from functools import cache

from scipy.special import betaincinv, gammaincinv, ndtri

LEVEL = 0.95


@cache
def z_of(level: float = LEVEL) -> float:
    """Two-sided normal quantile: 1.959964 at 0.95."""
    return float(ndtri((1 + level) / 2))


def wilson(k: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Score interval of k in n (Wilson 1927; method 3 of Newcombe 1998a)."""
    z = z_of(level)
    centre = (2 * k + z * z) / (2 * (n + z * z))
    half = z * math.sqrt(z * z + 4 * k * (n - k) / n) / (2 * (n + z * z))
    return (0.0 if k == 0 else centre - half), (1.0 if k == n else centre + half)


def clopper_pearson(k: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Exact interval of k in n (Clopper & Pearson 1934)."""
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))
    return low, high


def difference(now: tuple[float, float, float], before: tuple[float, float, float]) -> tuple[float, float]:
    """Interval of now - before from two (value, low, high) of one level (Zou & Donner 2008).

    With Wilson ends it is method 10 of Newcombe 1998b.
    """
    (a, a_low, a_high), (b, b_low, b_high) = now, before
    return a - b - math.hypot(a - a_low, b_high - b), a - b + math.hypot(a_high - a, b - b_low)


def newcombe(k: int, n: int, k_before: int, n_before: int, level: float = LEVEL) -> tuple[float, float]:
    """Interval of k/n - k_before/n_before for independent samples (Newcombe 1998b, method 10)."""
    now, before = wilson(k, n, level), wilson(k_before, n_before, level)
    return difference((k / n, *now), (k_before / n_before, *before))


def garwood(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Exact interval of a Poisson mean from one count (Garwood 1936)."""
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return low, float(gammaincinv(count + 1, 1 - tail))


def rate_ratio(
    now: int, before: int, exposure: float = 1.0, level: float = LEVEL
) -> tuple[float | None, float | None]:
    """Interval of the ratio of two Poisson rates, exact given their sum; `exposure` = now's length / before's.

    The upper end is None when nothing stands before, both are None when both counts are 0.
    """
    if now + before == 0:
        return None, None
    low, high = clopper_pearson(now, now + before, level)
    return low / (1 - low) / exposure, (None if high == 1.0 else high / (1 - high) / exposure)
