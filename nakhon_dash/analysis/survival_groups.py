"""Waiting times of several groups, and of several ways to end: log-rank test, cumulative incidence."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc


@dataclass(frozen=True)
class Test:
    statistic: float
    df: int
    p: float


def logrank(durations: np.ndarray, answered: np.ndarray, group: np.ndarray) -> Test:
    """K-sample log-rank test (Mantel 1966; Peto & Peto 1972), without continuity correction."""
    durations, answered = np.asarray(durations), np.asarray(answered, dtype=bool)
    codes, member = np.unique(group, return_inverse=True)
    t = np.unique(durations[answered])
    at_risk = np.stack([_at_risk(durations[member == i], t) for i in range(len(codes))])
    events = np.stack([_events(durations[(member == i) & answered], t) for i in range(len(codes))])
    n, d = at_risk.sum(0), events.sum(0)
    share = at_risk / n
    excess = (events - d * share).sum(1)
    spread = d * np.divide(n - d, n - 1, out=np.zeros(len(t)), where=n > 1)
    covariance = np.diag((share * spread).sum(1)) - (share * spread) @ share.T
    df = len(codes) - 1
    if df < 1:
        raise ValueError("log-rank needs at least two groups")
    statistic = float(excess[:-1] @ np.linalg.pinv(covariance[:-1, :-1]) @ excess[:-1])
    return Test(statistic, df, float(gammaincc(df / 2, statistic / 2)))


def incidence(durations: np.ndarray, ending: np.ndarray, kind: int) -> tuple[np.ndarray, np.ndarray]:
    """(times, share ended in way `kind` by then) by Aalen & Johansen 1978; `ending` 0 = still waiting.

    Other endings compete: one minus Kaplan-Meier of `kind` alone would overstate it.
    """
    durations, ending = np.asarray(durations), np.asarray(ending)
    t = np.unique(durations[ending != 0])
    n = _at_risk(durations, t)
    before = np.concatenate(([1.0], np.cumprod(1 - _events(durations[ending != 0], t) / n)[:-1]))
    return t, np.cumsum(before * _events(durations[ending == kind], t) / n)


def _at_risk(durations: np.ndarray, t: np.ndarray) -> np.ndarray:
    return len(durations) - np.searchsorted(np.sort(durations), t, side="left")


def _events(durations: np.ndarray, t: np.ndarray) -> np.ndarray:
    return np.bincount(np.searchsorted(t, durations), minlength=len(t))
