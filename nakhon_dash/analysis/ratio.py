"""Counts beside what was expected: the ratio with its exact interval, and how much counts scatter beyond chance.

Limits after Garwood 1936, Biometrika 28:437-442, on the scale of the expected count. Where counts come in clumps the
same limits hold for counts divided by the dispersion (quasi-Poisson, McCullagh & Nelder 1989, section 4.5).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammainc, gammaincc, gammaincinv

from nakhon_dash.analysis.intervals import LEVEL
from nakhon_dash.analysis.spatial import false_discovery


@dataclass(frozen=True)
class Ratios:
    """Observed / expected of each place with its interval, two-sided p and q (Benjamini & Hochberg 1995).

    A place where nothing is expected has NaN everywhere and is no part of the family of q.
    """

    ratio: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray
    q: np.ndarray


def ratios(observed: np.ndarray, expected: np.ndarray, dispersion: float = 1.0, level: float = LEVEL) -> Ratios:
    """Every place against what was expected there; a `dispersion` above 1 widens the interval."""
    expected = np.asarray(expected, dtype=float)
    judged = expected > 0
    count, wanted = np.asarray(observed, dtype=float)[judged] / dispersion, expected[judged] / dispersion
    tail, some = (1 - level) / 2, count > 0
    low = np.where(some, gammaincinv(np.where(some, count, 1), tail), 0.0)
    at_most = gammaincc(count + 1, wanted)
    at_least = np.where(some, gammainc(np.where(some, count, 1), wanted), 1.0)
    p = np.minimum(2 * np.minimum(at_most, at_least), 1.0)
    found = (count / wanted, low / wanted, gammaincinv(count + 1, 1 - tail) / wanted, p, false_discovery(p))
    return Ratios(*(_spread(values, judged) for values in found))


def _spread(values: np.ndarray, judged: np.ndarray) -> np.ndarray:
    out = np.full(len(judged), np.nan)
    out[judged] = values
    return out


def dispersion(place: np.ndarray, step: np.ndarray) -> float | None:
    """How much the counts of places scatter from step to step: 1 = as chance would, 2 = twice its variance.

    One number 0, 1, … a case for its place and its step of time. Pearson's sum of squares over its mean under
    independence, which is exact for small counts too (Haldane 1940, Biometrika 31:346-355); what rises or falls in the
    whole city is no scatter. None with fewer than two places or steps that hold cases.
    """
    if not len(place):
        return None
    table = np.bincount(place * (int(step.max()) + 1) + step, minlength=(int(place.max()) + 1) * (int(step.max()) + 1))
    counts = table.reshape(-1, int(step.max()) + 1).astype(float)
    counts = counts[counts.any(1)][:, counts.any(0)]
    free, n = (counts.shape[0] - 1) * (counts.shape[1] - 1), counts.sum()
    if free < 1 or n < 2:
        return None
    squares = (counts**2 / np.outer(counts.sum(1), counts.sum(0))).sum() * n - n
    return float(squares / free * (n - 1) / n)
