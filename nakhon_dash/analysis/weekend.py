"""Medians of many small groups at once when some cases still wait: one sort for all, Kaplan-Meier in each.

The median is that of `survival.Curve.quantile(0.5)`; Kaplan & Meier 1958. Times keep the caller's unit.
"""

import numpy as np

from nakhon_dash.analysis.survival import SAME

GROUP_BIT = 54  # a key holds group, time and, in its lowest bit, whether the case still waits
MOST_GROUPS = 512


def medians(
    durations: np.ndarray, answered: np.ndarray, group: np.ndarray, groups: int, weight: np.ndarray | None = None
) -> np.ndarray:
    """The median of each group 0 … groups-1, NaN where half are not answered yet or no case is.

    Durations are whole numbers from 0 to 2^53; `weight` counts the cases that share a row, None = one each.
    """
    if groups > MOST_GROUPS:
        raise ValueError(f"at most {MOST_GROUPS} groups")
    waiting = ~np.asarray(answered, dtype=bool)
    keys = np.asarray(group, dtype="int64") << GROUP_BIT | np.asarray(durations, dtype="int64") << 1 | waiting
    if weight is None:
        keys.sort()
        cases = np.ones(len(keys), dtype="int64")
    else:
        order = np.argsort(keys)
        keys, cases = keys[order], np.asarray(weight, dtype="int64")[order]
    starts = np.searchsorted(keys, np.arange(groups, dtype="int64") << GROUP_BIT)
    times = keys & ((1 << GROUP_BIT) - 1)
    return np.array([_median(*some) for some in zip(np.split(times, starts[1:]), np.split(cases, starts[1:]),
                                                    strict=True)])  # fmt: skip


def _median(keys: np.ndarray, cases: np.ndarray) -> float:
    """Median of sorted keys of one group; at equal times answers stand before those who still wait."""
    n = len(keys)
    at_risk = cases[::-1].cumsum()[::-1]
    left = np.cumprod(1 - np.where(keys & 1, 0, cases) / at_risk)
    down = int(np.searchsorted(-left, -(0.5 + SAME)))
    if down == n:
        return np.nan
    time = float(keys[down] >> 1)
    if left[down] < 0.5 - SAME:
        return time
    lower = int(np.searchsorted(-left, -(0.5 - SAME), side="right"))
    return time if lower == n else (time + float(keys[lower] >> 1)) / 2
