"""Do groups wait equally long? Log-rank tests of all groups and of every pair, within strata, Holm-corrected.

Mantel 1966, Cancer Chemother Rep 50:163-170; Peto & Peto 1972, JRSS A 135:185-207; Holm 1979, Scand J Stat 6:65-70.
No continuity correction. Times in any unit; a row may stand for several cases.
"""

from dataclasses import dataclass
from itertools import combinations

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
    after = np.zeros((shape[0], shape[1] + 1))
    after[:, :-1] = leaving[:, ::-1].cumsum(1)[:, ::-1]
    # what comes after the last time of a stratum belongs to the next ones
    of_cell = cells // max(len(times), 1)
    ends = np.searchsorted(of_cell, of_cell, side="right")
    some = events.sum(0) > 0
    return RiskTable(groups, (after[:, :-1] - after[:, ends])[:, some], events[:, some])


def compared(table: RiskTable) -> Test:
    """All groups at once; `df` is the number of independent comparisons that the strata allow."""
    n, d = table.at_risk.sum(0), table.events.sum(0)
    share = table.at_risk / n
    excess = (table.events - d * share).sum(1)
    spread = d * np.divide(n - d, n - 1, out=np.zeros(len(n)), where=n > 1)
    covariance = np.diag((share * spread).sum(1)) - (share * spread) @ share.T
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

    first: object
    second: object
    excess: float
    test: Test
    p_holm: float


def pairs(table: RiskTable) -> list[Pair]:
    """Every two groups alone, with Holm's correction over all pairs that can be compared."""
    found = [(a, b, *_pair(table, a, b)) for a, b in combinations(range(len(table.groups)), 2)]
    corrected = holm(np.array([test.p for *_, test in found]))
    return [
        Pair(table.groups[a], table.groups[b], excess, test, float(p))
        for (a, b, excess, test), p in zip(found, corrected, strict=True)
    ]


def _pair(table: RiskTable, a: int, b: int) -> tuple[float, Test]:
    both = np.flatnonzero((table.events[a] + table.events[b] > 0) & (table.at_risk[a] > 0) & (table.at_risk[b] > 0))
    events, risk, other = table.events[a][both], table.at_risk[a][both], table.at_risk[b][both]
    d, n = events + table.events[b][both], risk + other
    excess = float((events - d * risk / n).sum())
    variance = float((risk * other * d * (n - d) / (n * n * np.maximum(n - 1, 1))).sum())
    return excess, _test(excess**2 / variance, 1) if variance > 0 else _test(0.0, 0)


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
