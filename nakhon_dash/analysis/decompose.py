"""Why a share changed: other work, or the same work done otherwise. Adds up to the change exactly.

Symmetric two-way decomposition (Kitagawa 1955, J Am Stat Assoc 50:1168-1194). Per group, with w its share of the cases
and r its share on time, before (0) and after (1), and R the mean of both overall shares:
mix = (w1 - w0) ((r0 + r1) / 2 - R), performance = (r1 - r0) (w0 + w1) / 2.
A group with cases in one period only has no change of performance: all of it is mix. It says where the change arose,
not what caused it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nakhon_dash.analysis.intervals import LEVEL, newcombe, z_of

Floats = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Change:
    """Differences of shares (0 to 1); `rate0`, `rate1` are missing (nan) for a group without cases.

    `limits`: of each group's performance, simultaneous over the groups (Bonferroni), weights taken as known; nan
    where a group is in one period only. `mix_limits` and `performance_limits` are of the sums over all groups.
    """

    before: float
    after: float
    weight0: Floats
    weight1: Floats
    rate0: Floats
    rate1: Floats
    mix: Floats
    performance: Floats
    limits: tuple[Floats, Floats]
    total: float
    total_limits: Interval
    mix_limits: Interval
    performance_limits: Interval


def decompose(k0: ArrayLike, n0: ArrayLike, k1: ArrayLike, n1: ArrayLike, level: float = LEVEL) -> Change | None:
    """The change of sum(k)/sum(n) from before to after by group; None when a period has no case."""
    cases = [np.asarray(k, dtype=float) for k in (k0, k1)]
    sizes = [np.asarray(n, dtype=float) for n in (n0, n1)]
    if not all(n.sum() > 0 for n in sizes):
        return None
    before, after = (float(k.sum() / n.sum()) for k, n in zip(cases, sizes, strict=True))
    w0, w1 = (n / n.sum() for n in sizes)
    r0, r1 = (np.divide(k, n, out=np.full_like(k, np.nan), where=n > 0) for k, n in zip(cases, sizes, strict=True))
    a, b = np.where(np.isnan(r0), r1, r0), np.where(np.isnan(r1), r0, r1)
    a, b = np.nan_to_num(a), np.nan_to_num(b)  # a group in neither period weighs nothing
    apart = (a + b) / 2 - (before + after) / 2
    mix, performance = (w1 - w0) * apart, (b - a) * (w0 + w1) / 2
    low, high = _limits(cases, sizes, (w0 + w1) / 2, level)
    whole = newcombe(int(cases[1].sum()), int(sizes[1].sum()), int(cases[0].sum()), int(sizes[0].sum()), level)
    return Change(before, after, w0, w1, r0, r1, mix, performance, (low, high), after - before, whole,
                  _mix_limits(float(mix.sum()), apart, cases, sizes, level),
                  _sum_limits(cases, sizes, performance, (w0 + w1) / 2, level))  # fmt: skip


def _limits(cases: list[Floats], sizes: list[Floats], weight: Floats, level: float) -> tuple[Floats, Floats]:
    """Newcombe's interval of each group's difference, times its weight, at a level for all groups at once."""
    both = (sizes[0] > 0) & (sizes[1] > 0)
    joint = 1 - (1 - level) / max(int(both.sum()), 1)
    ends = np.full((len(weight), 2), np.nan)
    for i in np.flatnonzero(both):
        ends[i] = newcombe(int(cases[1][i]), int(sizes[1][i]), int(cases[0][i]), int(sizes[0][i]), joint)
    return ends[:, 0] * weight, ends[:, 1] * weight


def _sum_limits(cases: list[Floats], sizes: list[Floats], parts: Floats, weight: Floats, level: float) -> Interval:
    """Of the sum of the performance parts: their squared distances add (Zou & Donner 2008, Stat Med 27:1693-1702)."""
    both = (sizes[0] > 0) & (sizes[1] > 0)
    ends = np.zeros((len(weight), 2))
    for i in np.flatnonzero(both):
        found = newcombe(int(cases[1][i]), int(sizes[1][i]), int(cases[0][i]), int(sizes[0][i]), level)
        ends[i] = np.array(found) * weight[i] - parts[i]
    low, high = np.sqrt((ends**2).sum(axis=0))
    total = float(parts.sum())
    return total - float(low), total + float(high)


def _mix_limits(total: float, apart: Floats, cases: list[Floats], sizes: list[Floats], level: float) -> Interval:
    """Delta method: weights are multinomial shares, shares on time binomial (one case of each kind added: no share is
    known exactly because it is 0 or 1)."""
    weights = [n / n.sum() for n in sizes]
    moved = weights[1] - weights[0]
    counted = np.maximum((sizes[0] > 0).astype(float) + (sizes[1] > 0), 1)
    variance = 0.0
    for k, n, w in zip(cases, sizes, weights, strict=True):
        rate = (k + 1) / (n + 2)
        of_rate = np.where(n > 0, (moved / counted) ** 2 * rate * (1 - rate) / np.maximum(n, 1), 0)
        variance += float((w * apart**2).sum() - (w * apart).sum() ** 2) / float(n.sum()) + float(of_rate.sum())
    half = z_of(level) * max(variance, 0.0) ** 0.5
    return total - half, total + half
