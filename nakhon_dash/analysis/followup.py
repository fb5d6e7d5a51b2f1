"""What happens within so many days of a close, when the newest closes have not been followed that long yet.

Kaplan-Meier as in `survival`; several kinds of event by Aalen & Johansen 1978, Scand J Stat 5:141-150, so that the
shares of all kinds and the share without any add up to 1. Times in microseconds.
"""

from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.survival import curve

DAY = 86_400_000_000
HORIZON_DAYS = 30
FOLLOWED = 10  # so many closes must have been followed to the end; of fewer closes, all


@dataclass(frozen=True)
class Within:
    """Share with an event within `days`; `k` events seen by then among `n`, each interval end known."""

    share: float
    low: float
    high: float
    days: int
    k: int
    n: int


def whole_days(follow_up: np.ndarray) -> int:
    """The whole days, at most 30, to which enough closes have been followed for a share to be told; 0 = none."""
    if not len(follow_up):
        return 0
    enough = min(FOLLOWED, len(follow_up))
    return int(np.clip(np.partition(follow_up, len(follow_up) - enough)[len(follow_up) - enough] // DAY, 0,
                       HORIZON_DAYS))  # fmt: skip


def within(time: np.ndarray, happened: np.ndarray, days: int) -> Within:
    """Share in which it `happened` within `days`; `time` is that of the event, or the time followed without one.

    A plain share with its Wilson interval when everyone was followed to the end; else Kaplan-Meier with log-log
    limits, and where nothing or everything happened Wilson's limit of those who were followed to the end.
    """
    end, n = days * DAY, len(time)
    seen = happened & (time <= end)
    k = int(seen.sum())
    short = ~happened & (time < end)
    if not short.any():
        return Within(k / n, *wilson(k, n), days, k, n)
    fitted = curve(time, happened)
    low, high = fitted.limits(end)
    share = 1 - float(fitted.at(end))
    if low is None or high is None:
        sure = max(n - int(short.sum()), 1)
        ends = wilson(k and sure, sure)
        return Within(share, *ends, days, k, n)
    return Within(share, 1 - high, 1 - low, days, k, n)


def shares_of_causes(time: np.ndarray, cause: np.ndarray, causes: int, days: int) -> np.ndarray:
    """Share whose first event within `days` is of cause 0, 1, …; `cause` -1 where the follow-up ended without one."""
    happened = cause >= 0
    fitted = curve(time, happened)
    inside = fitted.t <= days * DAY
    before = np.concatenate(([1.0], fitted.s))[:-1][inside]
    step = np.searchsorted(fitted.t, time[happened])
    counted = np.zeros((causes, len(fitted.t)))
    np.add.at(counted, (cause[happened], step), 1)
    return (counted[:, inside] * (before / fitted.at_risk[inside])).sum(axis=1)
