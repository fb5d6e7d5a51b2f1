"""How cases end when they can end in several ways: cumulative incidence with limits; open cases count as open.

Estimator: Aalen & Johansen 1978, Scand J Stat 5:141-150. Variance: the delta method over the multinomial endings at
each time (Andersen, Borgan, Gill & Keiding 1993, section IV.4); it is the binomial one while nobody is open, and
Greenwood's when there is one way to end. Limits: log-log scale of 1 - F, as for the Kaplan-Meier curve.
"""

from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.intervals import LEVEL, z_of
from nakhon_dash.analysis.survival import Limits


@dataclass(frozen=True)
class Endings:
    """After `t[i]` the share `f[k, i]` ended in way `kinds[k]` and `s[i]` has not ended; `n` cases."""

    kinds: tuple
    t: np.ndarray
    s: np.ndarray
    f: np.ndarray
    variance: np.ndarray
    events: np.ndarray
    n: int
    last: float

    def at(self, kind: object, time: float | np.ndarray) -> np.ndarray:
        """The share that ended in way `kind` by `time`; flat after the last ending."""
        steps = np.concatenate(([0.0], self.f[self.kinds.index(kind)]))
        return steps[np.searchsorted(self.t, time, side="right")]

    def waiting(self, time: float | np.ndarray) -> np.ndarray:
        """The share that has not ended in any way by `time`."""
        return np.concatenate(([1.0], self.s))[np.searchsorted(self.t, time, side="right")]

    def limits(self, kind: object, time: float, level: float = LEVEL) -> Limits:
        """Interval of the share; None where it is 0 or 1, which the method does not cover."""
        i = int(np.searchsorted(self.t, time, side="right")) - 1
        k = self.kinds.index(kind)
        if i < 0 or not 0 < self.f[k, i] < 1:
            return None, None
        rest = 1 - float(self.f[k, i])
        wide = np.exp(z_of(level) * np.sqrt(self.variance[k, i]) / (rest * abs(np.log(rest))))
        return 1 - float(rest ** (1 / wide)), 1 - float(rest**wide)


def endings(
    durations: np.ndarray, ending: np.ndarray, kinds: tuple, weight: np.ndarray | None = None
) -> Endings:  # fmt: skip
    """Cumulative incidence of each of `kinds`; any other value of `ending` means that the case has not ended.

    One minus Kaplan-Meier of one kind alone would overstate it: who ends otherwise can no longer end so.
    """
    durations, ending = np.asarray(durations), np.asarray(ending)
    cases = np.ones(len(durations), np.int64) if weight is None else np.asarray(weight, np.int64)
    if not len(durations):
        empty = np.zeros((len(kinds), 0))
        return Endings(kinds, durations, np.zeros(0), empty, empty, empty, 0, 0.0)
    order = np.argsort(durations)
    times, ways, cases = durations[order], ending[order], cases[order]
    first = np.flatnonzero(np.concatenate(([True], times[1:] != times[:-1])))
    d = np.stack([np.add.reduceat(cases * (ways == kind), first) for kind in kinds])
    some = d.sum(0) > 0
    n = int(cases.sum())
    at_risk = (n - (cases.cumsum() - cases)[first])[some]
    d = d[:, some]
    s = np.cumprod(1 - d.sum(0) / at_risk)
    before = np.concatenate(([1.0], s[:-1]))
    f = np.cumsum(before * d / at_risk, axis=1)
    return Endings(kinds, times[first][some], s, f, _variance(f, s, before, d, at_risk), d, n, float(times[-1]))


def _variance(f: np.ndarray, s: np.ndarray, before: np.ndarray, d: np.ndarray, at_risk: np.ndarray) -> np.ndarray:
    """Variance of `f` at every time, in one pass.

    An error of the endings at u moves F_k(t) by the way k itself and by what is left to end after u: with
    G = (F_k(t) - F_k(u)) / S(u) the part of u is S(u-)^2 / n (p_k - p_k^2 - 2 G p_k (1 - p) + G^2 p (1 - p)).
    G is linear in F_k(t), so running sums of its coefficients give all t at once.
    """
    p_k, p = d / at_risk, d.sum(0) / at_risk
    scale = before**2 / at_risk
    slope = np.divide(1.0, s, out=np.zeros(len(s)), where=s > 0)
    offset = f * slope
    single, double = scale * p_k * (1 - p), scale * p * (1 - p)
    total = np.cumsum(scale * p_k * (1 - p_k), axis=1)
    total -= 2 * (f * np.cumsum(single * slope, axis=1) - np.cumsum(single * offset, axis=1))
    total += f**2 * np.cumsum(double * slope**2) - 2 * f * np.cumsum(double * slope * offset, axis=1)
    return np.maximum(total + np.cumsum(double * offset**2, axis=1), 0.0)
