"""Which open cases will pass their due time: each waits on with the chance that its category's curve gives.

P(still open when due | open at this age) = S(due age) / S(age). Cases are taken as independent, so their number is
Poisson-binomial; a storm that delays all of them together is outside the interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.intervals import z_of
from nakhon_dash.analysis.survival import Curve, curve

FEWEST_EVENTS = 30  # a category with fewer answers borrows the curve of all categories together
EXACT_UP_TO = 2_000  # above this many cases the normal approximation is indistinguishable


@dataclass(frozen=True)
class Curves:
    """A waiting curve for each category that has enough answers, and one of all cases together."""

    pooled: Curve
    own: Mapping[str, Curve]

    def of(self, category: str) -> Curve:
        return self.own.get(category, self.pooled)


def learn(durations: np.ndarray, answered: np.ndarray, category: np.ndarray) -> Curves:
    durations, answered = np.asarray(durations), np.asarray(answered, dtype=bool)
    own = {}
    for code in np.unique(category[answered]):
        chosen = category == code
        if answered[chosen].sum() >= FEWEST_EVENTS:
            own[str(code)] = curve(durations[chosen], answered[chosen])
    return Curves(curve(durations, answered), own)


def chances(curves: Curves, category: np.ndarray, age: np.ndarray, due_age: np.ndarray) -> np.ndarray:
    """P(open at `due_age` | open at `age`) of each case.

    Past the end of its own curve a case takes the pooled one; past that too, nothing says that it will be answered: 1.
    """
    out = np.empty(len(age))
    for code in np.unique(category):
        chosen = category == code
        own, pooled = (_ratio(c, age[chosen], due_age[chosen]) for c in (curves.of(str(code)), curves.pooled))
        out[chosen] = np.where(np.isnan(own), np.where(np.isnan(pooled), 1.0, pooled), own)
    return out


def _ratio(fitted: Curve, age: np.ndarray, due_age: np.ndarray) -> np.ndarray:
    now = fitted.at(age)
    return np.divide(fitted.at(due_age), now, out=np.full(len(age), np.nan), where=now > 0)


def count_interval(chance: np.ndarray, level: float = 0.9) -> tuple[int, int]:
    """Central interval of the number of cases, each with its own chance (Poisson-binomial)."""
    tail = (1 - level) / 2
    if len(chance) > EXACT_UP_TO:
        mean, sd = chance.sum(), np.sqrt((chance * (1 - chance)).sum())
        half = z_of(level) * sd
        return int(np.floor(mean - half)), int(np.ceil(mean + half))
    mass = np.array([1.0])
    for p in chance:
        mass = np.convolve(mass, [1 - p, p])
    below = mass.cumsum()
    return int(np.searchsorted(below, tail)), int(np.searchsorted(below, 1 - tail - 1e-12))


@dataclass(frozen=True)
class History:
    """Cases for learning and checking: times, `closed` and `left` (answer; leaving by an excluding outcome).

    Times in one unit; `never` stands for what has not happened.
    """

    received: np.ndarray
    closed: np.ndarray
    left: np.ndarray
    due: np.ndarray
    category: np.ndarray


NEVER = np.iinfo(np.int64).max


def learn_at(history: History, moment: int, window: int) -> Curves:
    """Curves from cases received in the `window` before `moment`, as they stood at that moment."""
    inside = (history.received <= moment) & (history.received > moment - window) & (history.left > moment)
    closed = history.closed[inside]
    until = np.minimum(closed, moment)
    return learn(np.maximum(until - history.received[inside], 0), closed <= moment, history.category[inside])


def open_at(history: History, moment: int) -> np.ndarray:
    """Index of the cases open and not yet due at `moment`."""
    waiting = (history.received <= moment) & (np.minimum(history.closed, history.left) > moment)
    return np.flatnonzero(waiting & (history.due > moment))


@dataclass(frozen=True)
class Check:
    """Sum of expected and of actual breaches over the days checked, and the number of days inside the interval."""

    days: int
    expected: float
    actual: int
    inside: int


def backtest(history: History, now: int, *, day: int, days: int, window: int, level: float = 0.9) -> Check:
    """Each of the last `days` days foretold from its own start, with curves learnt before the first of them."""
    curves = learn_at(history, now - days * day, window)
    expected, actual, inside = 0.0, 0, 0
    for start in range(now - days * day, now, day):
        index = open_at(history, start)
        index = index[history.due[index] <= start + day]
        age, due = start - history.received[index], history.due[index]
        chance = chances(curves, history.category[index], age, due - history.received[index])
        broken = int((np.minimum(history.closed[index], history.left[index]) > due).sum())
        low, high = count_interval(chance, level)
        expected, actual, inside = expected + float(chance.sum()), actual + broken, inside + (low <= broken <= high)
    return Check(days, expected, actual, inside)
