"""Comparing parts with different work: indirect standardisation, and a test whether they differ at all.

Expected = what a part would have on time if each of its strata did as the whole does; the adjusted share is the
whole's share times observed / expected. It compares each part with the whole for its own mix of work. Nothing can be
compared where a part's work is done by nobody else: `overlap` says how much is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from nakhon_dash.analysis.intervals import LEVEL, difference, wilson

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Adjusted:
    """One entry a part: `observed` and `expected` cases of `n`, shares 0 to 1 with limits.

    `overlap`: share of the part's cases that others' work stands beside (1 - own share of each stratum, averaged).
    """

    centre: float
    n: Floats
    observed: Floats
    expected: Floats
    share: Floats
    low: Floats
    high: Floats
    overlap: Floats


def standardise(k: ArrayLike, n: ArrayLike, level: float = LEVEL) -> Adjusted:
    """`k` of `n` by part (rows) and stratum (columns); every row and every column holds at least one case.

    Interval: Wilson's of the part's own share, times what the adjustment multiplies it by; expected counts are taken
    as known. A share that the ratio would carry above 1 is 1.
    """
    cases, size = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    per_stratum, total = size.sum(axis=0), size.sum(axis=1)
    expected = size @ (cases.sum(axis=0) / per_stratum)
    observed, centre = cases.sum(axis=1), float(cases.sum() / size.sum())
    factor = np.divide(centre * total, expected, out=np.ones_like(expected), where=expected > 0)
    ends = np.array([wilson(a, b, level) for a, b in zip(observed, total, strict=True)]).reshape(-1, 2)
    share, low, high = (np.minimum(x * factor, 1.0) for x in (observed / total, ends[:, 0], ends[:, 1]))
    overlap = (size * (1 - size / per_stratum)).sum(axis=1) / total
    return Adjusted(centre, total, observed, expected, share, low, high, overlap)


@dataclass(frozen=True)
class Spread:
    """`best` and `worst` are places in the arrays; the gap between them has a simultaneous interval (Bonferroni over
    all pairs), because the pair was picked for being far apart. `statistic` is chi-square with `df`."""

    best: int
    worst: int
    gap: float
    low: float
    high: float
    statistic: float
    df: int
    p: float


def spread(k: ArrayLike, n: ArrayLike, among: Sequence[int] | None = None, level: float = LEVEL) -> Spread | None:
    """How far the parts lie apart for equal work, and whether that is more than chance.

    Only the parts `among` are compared and tested, by default all; None with fewer than two of them.
    """
    cases, size = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    kept = np.arange(len(size)) if among is None else np.asarray(among, dtype=int)
    pairs = len(kept) * (len(kept) - 1) // 2
    if not pairs:
        return None
    joint = standardise(cases, size, 1 - (1 - level) / pairs)
    best, worst = int(kept[joint.share[kept].argmax()]), int(kept[joint.share[kept].argmin()])
    ends = [(float(joint.share[i]), float(joint.low[i]), float(joint.high[i])) for i in (best, worst)]
    low, high = difference(ends[0], ends[1])
    statistic, df = association(cases[kept], size[kept])
    p = float(chdtrc(df, statistic)) if df else 1.0
    return Spread(best, worst, ends[0][0] - ends[1][0], low, min(high, 1.0), statistic, df, p)


def association(k: ArrayLike, n: ArrayLike) -> tuple[float, int]:
    """Chi-square of observed - expected over parts, strata held apart, and its degrees of freedom.

    Generalised Cochran-Mantel-Haenszel test of general association (Landis, Heyman & Koch 1978, Int Stat Rev
    46:237-254): given the totals of each stratum the counts are hypergeometric. 0 with no freedom when no stratum
    has both outcomes in two parts.
    """
    cases, size = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    size_of, k_of = size.sum(axis=0), cases.sum(axis=0)
    used = size_of > 1
    cases, size, size_of, k_of = cases[:, used], size[:, used], size_of[used], k_of[used]
    rate = k_of / size_of
    gap = cases.sum(axis=1) - size @ rate
    weight = rate * (1 - rate) * size_of / (size_of - 1)
    cov = np.diag(size @ weight) - (size * (weight / size_of)) @ size.T
    df = int(np.linalg.matrix_rank(cov, tol=1e-9 * max(float(np.abs(cov).max(initial=0)), 1.0)))
    return (float(gap @ np.linalg.pinv(cov, rcond=1e-9, hermitian=True) @ gap), df) if df else (0.0, 0)
