"""Rates of small places drawn towards the common rate (empirical Bayes), and density on the ground.

Marshall 1991, Appl Stat 40:283-294 (global moments estimator); Silverman 1986 for the kernel.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Smoothed:
    """`rate` of each place after smoothing, `raw` before; `spread` a is the true variance between places, `common` b
    the common rate. a = 0 says that the places do not differ more than chance."""

    rate: np.ndarray
    raw: np.ndarray
    spread: float
    common: float


def empirical_bayes(counts: np.ndarray, people: np.ndarray) -> Smoothed | None:
    """Rates counts / people; a place without people gets NaN. None when nobody lives anywhere."""
    counts, people = np.asarray(counts, dtype=float), np.asarray(people, dtype=float)
    lived = people > 0
    total = people[lived].sum()
    if not total:
        return None
    raw = np.divide(counts, people, out=np.full(len(counts), np.nan), where=lived)
    common = counts[lived].sum() / total
    variance = (people[lived] * (raw[lived] - common) ** 2).sum() / total
    spread = max(0.0, variance - common / people[lived].mean())
    keep = np.divide(spread, spread + common / np.where(lived, people, 1.0), out=np.zeros(len(raw)),
                     where=lived & (spread + common > 0))  # fmt: skip
    return Smoothed(np.where(lived, common + keep * (raw - common), np.nan), raw, float(spread), float(common))


def credible(found: Smoothed, counts: np.ndarray, people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95 % limits of each smoothed rate, NaN without people.

    Marshall's estimate is the mean of a gamma distribution with mean b and variance a after the place's own count was
    seen (Clayton & Kaldor 1987, Biometrics 43:671-681); these are its quantiles, widened to hold the mean where the
    distribution is so skewed that it lies beyond them. Where a = 0 all share one rate.
    """
    from scipy.special import gammaincinv

    counts, people = np.asarray(counts, dtype=float), np.asarray(people, dtype=float)
    lived = people > 0
    counts, people = np.where(lived, counts, 0.0), np.where(lived, people, 1.0)
    if found.spread == 0:
        total = counts.sum(), people[lived].sum()
        ends = (gammaincinv(total[0], 0.025) if total[0] else 0.0, gammaincinv(total[0] + 1, 0.975))
        low, high = (np.full(len(counts), end / total[1]) for end in ends)
    else:
        shape, size = found.common**2 / found.spread + counts, found.common / found.spread + people
        low, high = (gammaincinv(shape, tail) / size for tail in (0.025, 0.975))
        low, high = np.minimum(low, found.rate), np.maximum(high, found.rate)
    return np.where(lived, low, np.nan), np.where(lived, high, np.nan)


@dataclass(frozen=True)
class Density:
    """Cases per square kilometre on a grid in metres; `value[row, column]`, row 0 in the south."""

    value: np.ndarray
    west: float
    south: float
    step: float


def density(x: np.ndarray, y: np.ndarray, bandwidth: float, step: float | None = None) -> Density | None:
    """Gaussian kernel density of points in metres, counted into squares first; None without points.

    `bandwidth` is the standard deviation in metres. Squares of a fifth of it lose less than one part in a hundred.
    """
    from scipy.ndimage import gaussian_filter

    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if not len(x):
        return None
    step = bandwidth / 5 if step is None else step
    room = 4 * bandwidth
    west, south = x.min() - room, y.min() - room
    columns, rows = (int(np.ceil((v.max() - v.min() + 2 * room) / step)) for v in (x, y))
    counts, _, _ = np.histogram2d(y, x, bins=(rows, columns),
                                  range=((south, south + rows * step), (west, west + columns * step)))  # fmt: skip
    smooth = gaussian_filter(counts, bandwidth / step, mode="constant", truncate=5)
    return Density(smooth / (step * step) * 1e6, float(west), float(south), float(step))
