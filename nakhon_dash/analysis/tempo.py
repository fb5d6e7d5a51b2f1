"""A clock that runs as fast as the city works: answers come by day, so an hour at night ages a case less.

Of each of the 168 hours of the week: answers that fell into it, divided by those that the time spent waiting in it
would have had at the mean pace (occurrence over exposure, Andersen, Borgan, Gill & Keiding 1993, ch. VI). Hours with
few answers are drawn towards 1. The week runs in UTC: only its period matters.
"""

from dataclasses import dataclass

import numpy as np

HOURS = 168
PRIOR = 5.0  # answers at the mean pace that every hour of the week starts with


@dataclass(frozen=True)
class Tempo:
    """`pace[h]`: how fast answers come in hour h of the week, 1 = on average; `hour` in the caller's unit."""

    pace: np.ndarray
    hour: int

    def at(self, moment: np.ndarray) -> np.ndarray:
        """Hours at the mean pace since the beginning of time."""
        whole, rest = np.divmod(np.asarray(moment, "int64"), self.hour)
        week, hour = np.divmod(whole, HOURS)
        steps = np.concatenate(([0.0], self.pace.cumsum()))
        return week * steps[-1] + steps[hour] + self.pace[hour] * (rest / self.hour)

    def between(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        return self.at(end) - self.at(start)


def learn_tempo(start: np.ndarray, end: np.ndarray, answered: np.ndarray, hour: int) -> Tempo:
    """From cases that waited from `start` to `end`, with an answer at the end or still open."""
    if not answered.any():
        return Tempo(np.ones(HOURS), hour)
    first = int(start.min()) // hour
    begun, ended = start / hour - first, end / hour - first
    spent = _occupied(begun, ended)
    week = (first + np.arange(len(spent))) % HOURS
    exposure = np.bincount(week, spent, HOURS)
    events = np.bincount(((end[answered] // hour) % HOURS).astype(int), minlength=HOURS)
    mean = events.sum() / max(exposure.sum(), 1.0)
    pace = (events + PRIOR) / (exposure * mean + PRIOR)
    return Tempo(pace / (np.average(pace, weights=exposure) if exposure.any() else 1.0), hour)


def _occupied(begun: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Case-hours spent in each hour, from the two ends of every wait."""
    size = int(ended.max()) + 2
    i, j = begun.astype(int), ended.astype(int)
    inside = np.cumsum(np.bincount(i, minlength=size) - np.bincount(j, minlength=size))
    return inside - np.bincount(i, begun - i, size) + np.bincount(j, ended - j, size)
