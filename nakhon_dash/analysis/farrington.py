"""Counts of a week judged by the same weeks of earlier years: Farrington's method in its flexible form.

Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett (2013), "An improved algorithm for outbreak detection in
multiple surveillance systems", Statistics in Medicine 32(7). A quasi-Poisson regression with a trend and a season
factor of ten levels learns from up to five years; the 26 weeks before the week in question are left out, so that a
lasting rise cannot hide itself; past weeks that were themselves unusual (Anscombe residual above 2.58) count less.
The week is then judged by a negative binomial with the fitted mean and spread, taken as if they were known.
Series are fitted together: they share weeks and seasons, so one matrix serves all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, gammainc

YEAR = 52  # weeks
YEARS_MOST = 5
HALF_WINDOW = 3  # weeks on each side of the same week of an earlier year
LEFT_OUT = 26  # weeks before the week in question
PERIODS = 10
UNUSUAL = 2.58
RECENT_WEEKS, RECENT_CASES = 4, 5  # fewer cases than this in the last weeks: no judgement
_STEPS, _CLOSE = 30, 1e-9


@dataclass(frozen=True)
class Fit:
    """Coefficients of each series (a row), fitted means, spread (>= 1) and the unscaled covariance."""

    beta: np.ndarray
    mean: np.ndarray
    phi: np.ndarray
    covariance: np.ndarray


@dataclass(frozen=True)
class Forecast:
    """Mean of each series (row) in the weeks shown, the week in question last, and variance / mean in that week."""

    path: np.ndarray
    phi: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        return self.path[:, -1]


def quasi_poisson(x: np.ndarray, y: np.ndarray, weights: np.ndarray | None = None, start: Fit | None = None) -> Fit:
    """log mean = x b for each row of `y` (series, weeks), by iteratively reweighted least squares."""
    w = np.ones_like(y) if weights is None else weights
    mean = y + 0.1 if start is None else start.mean
    eta = np.log(mean)
    constant = (w * np.where(y > 0, y * np.log(np.maximum(y, 1)) - y, 0.0)).sum(1)
    last = np.full(len(y), np.inf)
    for _ in range(_STEPS):
        step = w * mean
        right = (step * eta + w * (y - mean)) @ x
        beta = np.linalg.solve(_information(x, step), right[:, :, None])[:, :, 0]
        eta = np.clip(beta @ x.T, -30, 30)
        mean = np.exp(eta)
        deviance = 2 * (constant - (w * (y * eta - mean)).sum(1))
        if np.all(np.abs(deviance - last) < _CLOSE * (np.abs(deviance) + 0.1)):
            break
        last = deviance
    free = max(x.shape[0] - x.shape[1], 1)
    phi = np.maximum((w * (y - mean) ** 2 / mean).sum(1) / free, 1.0)
    return Fit(beta, mean, phi, np.linalg.inv(_information(x, w * mean)))


def _information(x: np.ndarray, step: np.ndarray) -> np.ndarray:
    """x' W x of each series; a touch on the diagonal keeps levels without a case invertible."""
    p = x.shape[1]
    above = np.triu_indices(p)
    found = np.empty((len(step), p, p))
    found[:, above[0], above[1]] = found[:, above[1], above[0]] = step @ (x[:, above[0]] * x[:, above[1]])
    return found + 1e-9 * np.eye(p)


def down_weighted(x: np.ndarray, y: np.ndarray, fit: Fit) -> np.ndarray:
    """Weights of past weeks: 1 / s² where the Anscombe residual s is above 2.58, scaled to sum to the weeks."""
    leverage = fit.mean * ((x @ fit.covariance) * x).sum(2)
    spread = fit.mean ** (1 / 6) * np.sqrt(fit.phi[:, None] * np.maximum(1 - leverage, 1e-9))
    s = 1.5 * (y ** (2 / 3) - fit.mean ** (2 / 3)) / spread
    w = np.where(s > UNUSUAL, np.maximum(s, UNUSUAL) ** -2.0, 1.0)
    return w * (y.shape[1] / w.sum(1, keepdims=True))


def years_of(weeks_before: int) -> int:
    """Whole years of comparison that so many weeks before the week in question allow, at most five."""
    return min(max((weeks_before - HALF_WINDOW) // YEAR, 0), YEARS_MOST)


def seasons(back: np.ndarray) -> np.ndarray:
    """The season level of a week so many weeks back: 0 within three weeks of the same week of a year, else 1 to 9."""
    place = np.asarray(back) % YEAR
    near = (place <= HALF_WINDOW) | (place >= YEAR - HALF_WINDOW)
    length = (YEAR - 2 * HALF_WINDOW - 1) / (PERIODS - 1)
    return np.where(near, 0, 1 + ((place - HALF_WINDOW - 1) // length).astype(int))


def forecast(counts: np.ndarray, years: int, shown: int = 1) -> Forecast:
    """What to expect of the last `shown` columns of `counts` (series, weeks), the week in question being the last.

    Learnt from `years` of comparison; `shown` must not reach beyond the weeks left out. A trend that would lead above
    every past week is not believed: those series are fitted again without it.
    """
    length = years * YEAR + HALF_WINDOW
    back, ahead = np.arange(length, LEFT_OUT, -1), np.arange(shown - 1, -1, -1)
    y = np.asarray(counts, dtype=float)[:, counts.shape[1] - 1 - back]
    return learnt(_design(back, length), y, _design(ahead, length))


def _design(back: np.ndarray, length: int) -> np.ndarray:
    """One row a week so many weeks back: season levels, and the trend as the last column."""
    level = seasons(back)
    factor = level[:, None] == np.arange(PERIODS)
    factor[:, 0] = True
    return np.column_stack([factor.astype(float), -back / length])


def learnt(x: np.ndarray, y: np.ndarray, ahead: np.ndarray, *, uncertain: bool = False) -> Forecast:
    """Fitted, unusual weeks made light, fitted again; the last column of `x` and `ahead` is the trend.

    `uncertain` widens the spread by the error of the fitted mean itself.
    """
    path, phi = _robust(x, y, ahead, uncertain=uncertain)
    steep = path[:, -1] > y.max(1, initial=0)
    if steep.any():
        path[steep], phi[steep] = _robust(x[:, :-1], y[steep], ahead[:, :-1], uncertain=uncertain)
    return Forecast(path, phi)


def _robust(x: np.ndarray, y: np.ndarray, ahead: np.ndarray, *, uncertain: bool) -> tuple[np.ndarray, np.ndarray]:
    first = quasi_poisson(x, y)
    second = quasi_poisson(x, y, down_weighted(x, y, first), start=first)
    path, phi = np.exp(np.clip(second.beta @ ahead.T, -30, 30)), second.phi
    if uncertain:
        error = np.einsum("i,sij,j->s", ahead[-1], second.covariance, ahead[-1])
        phi = phi * (1 + path[:, -1] * error)
    return path, phi


def tail(count: np.ndarray, mean: np.ndarray, phi: np.ndarray) -> np.ndarray:
    """P(`count` or more) by the negative binomial of this mean and variance phi x mean; Poisson where phi is 1."""
    count, mean, phi = (np.asarray(a, dtype=float) for a in (count, mean, phi))
    at = np.maximum(count, 1)
    wide = phi > 1 + 1e-9
    size = mean / np.where(wide, phi - 1, 1.0)
    over = np.where(wide, betainc(at, np.maximum(size, 1e-12), 1 - 1 / np.where(wide, phi, 2.0)), gammainc(at, mean))
    return np.where(count > 0, over, 1.0)


def largest_ordinary(over: Callable[[np.ndarray], np.ndarray], series: int, alpha: float) -> np.ndarray:
    """For each series the smallest k with P(more than k) <= alpha, where `over(k)` gives P(k or more)."""
    low, high = np.full(series, -1.0), np.ones(series)
    while (rising := over(high + 1) > alpha).any():
        high = np.where(rising, 2 * high + 1, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        enough = over(middle + 1) <= alpha
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high


def upper(mean: np.ndarray, phi: np.ndarray, alpha: float) -> np.ndarray:
    """The largest count that is still ordinary by the negative binomial."""
    return largest_ordinary(lambda count: tail(count, mean, phi), len(mean), alpha)


def enough(counts: np.ndarray) -> np.ndarray:
    """Whether the last four weeks, this one included, hold the five cases that a judgement needs."""
    return np.asarray(counts)[:, -RECENT_WEEKS:].sum(1) >= RECENT_CASES
