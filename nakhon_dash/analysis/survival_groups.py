"""Do groups wait equally long? Log-rank tests of all groups and of every pair, within strata, Holm-corrected.

Mantel 1966, Cancer Chemother Rep 50:163-170; Peto & Peto 1972, JRSS A 135:185-207; Holm 1979, Scand J Stat 6:65-70.
No continuity correction. Times in any unit; a row may stand for several cases.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from scipy.special import gammaincc

RANK = 1e-9  # a variance below this share of the largest one is none


@dataclass(frozen=True)
class Test:
    """Chi-squared with `df`; `df` 0 means that nothing could be compared, `p` is then NaN."""

    statistic: float
    df: int
    p: float


@dataclass(frozen=True)
class RiskTable:
    """Groups (rows) at each event time of each stratum (columns): how many still waited, how many were answered."""

    groups: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray


def risk_table(
    durations: np.ndarray,
    answered: np.ndarray,
    group: np.ndarray,
    stratum: np.ndarray | None = None,
    weight: np.ndarray | None = None,
) -> RiskTable:
    """The table that every log-rank test reads; groups come out sorted."""
    answered = np.asarray(answered, dtype=bool)
    groups, member = np.unique(np.asarray(group), return_inverse=True)
    cases = np.ones(len(answered)) if weight is None else np.asarray(weight, float)
    times, moment = np.unique(np.asarray(durations), return_inverse=True)
    layer = np.zeros(len(answered), np.int64)
    if stratum is not None:
        layer = np.unique(np.asarray(stratum), return_inverse=True)[1]
    cells, cell = np.unique(layer * len(times) + moment, return_inverse=True)
    shape = (len(groups), len(cells))
    place = member * len(cells) + cell
    leaving = np.bincount(place, cases, shape[0] * shape[1]).reshape(shape)
    events = np.bincount(place[answered], cases[answered], shape[0] * shape[1]).reshape(shape)
    at_risk = leaving[:, ::-1].cumsum(1)[:, ::-1]
    if stratum is not None:
        # what comes after the last time of a stratum belongs to the next ones
        after = np.pad(at_risk, ((0, 0), (0, 1)))
        of_cell = cells // max(len(times), 1)
        at_risk = at_risk - after[:, np.searchsorted(of_cell, of_cell, side="right")]
    some = events.sum(0) > 0
    return RiskTable(groups, at_risk[:, some], events[:, some])


def compared(table: RiskTable) -> Test:
    """All groups at once; `df` is the number of independent comparisons that the strata allow."""
    n, d = table.at_risk.sum(0), table.events.sum(0)
    share = table.at_risk / n
    excess = table.events.sum(1) - share @ d
    spread = d * np.divide(n - d, n - 1, out=np.zeros(len(n)), where=n > 1)
    covariance = np.diag(share @ spread) - (share * spread) @ share.T
    size, axes = np.linalg.eigh(covariance)
    kept = size > RANK * max(float(size.max(initial=0.0)), RANK)
    along = axes.T[kept] @ excess
    return _test(float((along**2 / size[kept]).sum()), int(kept.sum()))


def logrank(
    durations: np.ndarray,
    answered: np.ndarray,
    group: np.ndarray,
    stratum: np.ndarray | None = None,
    weight: np.ndarray | None = None,
) -> Test:
    """K-sample test; with `stratum`, groups are compared only with those of the same stratum."""
    table = risk_table(durations, answered, group, stratum, weight)
    if len(table.groups) < 2:
        raise ValueError("log-rank needs at least two groups")
    return compared(table)


@dataclass(frozen=True)
class Pair:
    """`first` and `second` as in the table; `excess` > 0: `first` was answered sooner than if both waited alike."""

    first: Any
    second: Any
    excess: float
    test: Test
    p_holm: float


def pairs(table: RiskTable) -> list[Pair]:
    """Every two groups alone, with Holm's correction over all pairs that can be compared."""
    found = list(combinations(range(len(table.groups)), 2))
    excess, variance = _both_alone(table)
    tests = [_test(excess[one] ** 2 / variance[one], 1) if variance[one] > 0 else _test(0.0, 0) for one in found]
    corrected = holm(np.array([test.p for test in tests]))
    return [
        Pair(table.groups[a], table.groups[b], float(excess[a, b]), test, float(p))
        for (a, b), test, p in zip(found, tests, corrected, strict=True)
    ]


def _both_alone(table: RiskTable) -> tuple[np.ndarray, np.ndarray]:
    """Answers above expectation of each group against each other one, and their variance.

    With d = d_a + d_b of n = r_a + r_b, both sums fall apart into the times of a and those of b, so that each group's
    own times are enough; where both have answers at once, d (n - d) has the term -2 d_a d_b.
    """
    size = len(table.groups)
    mine, spread = np.zeros((size, size)), np.zeros((size, size))
    for a in range(size):
        own = np.flatnonzero(table.events[a])
        d, risk, other = table.events[a][own], table.at_risk[a][own], table.at_risk[:, own]
        n = risk + other
        mine[a] = (other / n) @ d
        each = risk * other / (n * n * np.maximum(n - 1, 1))
        spread[a] = (each * (n - d - table.events[:, own])) @ d
    return mine - mine.T, spread + spread.T


def _test(statistic: float, df: int) -> Test:
    return Test(statistic, df, float(gammaincc(df / 2, statistic / 2)) if df else float("nan"))


def holm(p: np.ndarray) -> np.ndarray:
    """Step-down corrected p values in the given order; NaN stays NaN and is not counted."""
    p = np.asarray(p, float)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    out = np.full(len(p), np.nan)
    out[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return out
