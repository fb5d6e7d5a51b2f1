"""Means and shares of a survey with the interval that its design allows (Taylor linearisation)."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from nakhon_dash.analysis.intervals import LEVEL


@dataclass(frozen=True)
class Mean:
    """`n` answers from `units` sampled units; `se` and limits are None when fewer than two units answered."""

    value: float
    n: int
    units: int
    se: float | None
    low: float | None
    high: float | None


def mean(
    y: np.ndarray, unit: np.ndarray, weight: np.ndarray | None = None, stratum: np.ndarray | None = None,
    *, share: bool = False, level: float = LEVEL,
) -> Mean:  # fmt: skip
    """Weighted mean of answers; those of one `unit` (a cluster, or one person) are not independent.

    Strata with a single unit add nothing to the variance. `share` takes the interval on the logit scale, inside 0 to 1.
    """
    y = np.asarray(y, dtype=float)
    w = np.ones(len(y)) if weight is None else np.asarray(weight, dtype=float)
    h = np.zeros(len(y), int) if stratum is None else np.unique(stratum, return_inverse=True)[1]
    value = float((w * y).sum() / w.sum())
    # the same unit name in two strata is two units
    _, psu = np.unique(np.unique(unit, return_inverse=True)[1] * (h.max() + 1) + h, return_inverse=True)
    totals = np.bincount(psu, w * (y - value) / w.sum())
    home = np.zeros(len(totals), int)
    home[psu] = h
    units, strata = len(totals), len(np.unique(home))
    if units - strata < 1:
        return Mean(value, len(y), units, None, None, None)
    size = np.bincount(home)
    centred = totals - (np.bincount(home, totals) / size)[home]
    spread = np.bincount(home, centred**2) * np.divide(size, size - 1, out=np.zeros(len(size)), where=size > 1)
    se = math.sqrt(spread.sum())
    t = float(stdtrit(units - strata, (1 + level) / 2))
    if not share:
        return Mean(value, len(y), units, se, value - t * se, value + t * se)
    if value in (0.0, 1.0):
        return Mean(value, len(y), units, se, None, None)
    logit, half = math.log(value / (1 - value)), t * se / (value * (1 - value))
    return Mean(value, len(y), units, se, _expit(logit - half), _expit(logit + half))


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x))
