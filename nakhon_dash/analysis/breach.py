"""Which open cases will pass their due time: each stays open with the chance that cases like it had.

P(still open when due | open at this age) = (S(due age) / S(age)) ** pace. S is the share still open (an answer or
leaving the count ends it) of the same category and a like time limit, on the city's own clock (`tempo`). It is drawn
towards the curve of all cases as if LIKE_ALL more of them had been watched. `pace` is what the last four weeks answered
over what the curves expect of them. Cases are taken as independent, so their number is Poisson-binomial; a storm that
delays all of them together is outside the interval.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nakhon_dash.analysis.intervals import z_of
from nakhon_dash.analysis.survival import Curve, curve
from nakhon_dash.analysis.tempo import Tempo, learn_tempo

FEWEST_EVENTS = 30  # with fewer answers in all, nothing is checked
LIKE_ALL = 60  # cases of the common curve that every own curve starts with
PACE_DAYS = 28
PACE_PRIOR = 100  # answers at the usual pace that the recent pace starts with
EXACT_UP_TO = 2_000  # above this many cases the normal approximation is indistinguishable
SMALLEST = 1e-6  # share still open below which a curve says nothing more
HOUR = 3_600_000_000
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class History:
    """Cases for learning and checking: times, `closed` and `left` (answer; leaving by an excluding outcome).

    Times in one unit, of which `hour` make an hour; NEVER stands for what has not happened, `left` 0 for a case that
    never counted; `category` is a whole number.
    """

    received: np.ndarray
    closed: np.ndarray
    left: np.ndarray
    due: np.ndarray
    category: np.ndarray
    hour: int = HOUR

    @cached_property
    def ended(self) -> np.ndarray:
        return np.minimum(self.closed, self.left)

    @cached_property
    def kind(self) -> np.ndarray:
        return kinds(self.category, self.due - self.received, self.hour)


def kinds(category: np.ndarray, limit: np.ndarray, hour: int = HOUR) -> np.ndarray:
    """Cases of one category whose time limits lie within a factor of 1.4 are of one kind."""
    band = np.floor(2 * np.log2(np.maximum(limit / hour, 1.0))).astype("int64")
    return category.astype("int64") * 100 + np.minimum(band, 99)


@dataclass(frozen=True)
class Forecast:
    """What cases did before one moment: a curve of each kind, one of all together, the week's tempo, the pace now."""

    tempo: Tempo
    pooled: Curve
    own: Mapping[int, Curve]
    pace: float = 1.0

    def chances(self, kind: np.ndarray, received: np.ndarray, now: np.ndarray | int, due: np.ndarray) -> np.ndarray:
        """P(open at `due` | open at `now`) of each case; 1 where no case was ever watched that long."""
        age, due_age = self.tempo.between(received, np.broadcast_to(now, received.shape)), self.tempo.between(
            received, due)  # fmt: skip
        common, watched = _ratio(self.pooled, age, due_age)
        out = np.where(watched > 0, common, 1.0)
        for code in np.unique(kind):
            if int(code) in self.own:
                chosen = kind == code
                share, n = _ratio(self.own[int(code)], age[chosen], due_age[chosen])
                out[chosen] = (n * share + LIKE_ALL * out[chosen]) / (n + LIKE_ALL)
        return out**self.pace

    def quick(self, kind: np.ndarray, share: float = 0.25) -> np.ndarray:
        """Hours of the city's clock within which that share of the kind was dealt with; infinite if never."""
        wanted, place = np.unique(kind, return_inverse=True)
        found = [self.own.get(int(code), self.pooled).quantile(share) for code in wanted]
        return np.array([np.inf if hours is None else hours for hours in found])[place]


def _ratio(fitted: Curve, age: np.ndarray, due_age: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """S(due) / S(age), and how many cases were still open and watched at that age."""
    i, j = (np.searchsorted(fitted.t, time, side="right") for time in (age, due_age))
    s, at_risk = np.concatenate(([1.0], fitted.s)), np.concatenate((fitted.at_risk, [0]))
    known = s[i] > SMALLEST
    return np.divide(s[j], s[i], out=np.ones(len(i)), where=known), np.where(known, at_risk[i], 0)


def learn_at(history: History, moment: int, window: int) -> Forecast:
    """From cases received in the `window` before `moment`, as they stood at that moment."""
    h = history
    inside = (h.received <= moment) & (h.received > moment - window) & (h.left > 0)
    received, ended, kind = h.received[inside], h.ended[inside], h.kind[inside]
    done = ended <= moment
    until = np.maximum(np.minimum(ended, moment), received)
    tempo = learn_tempo(received, until, done, h.hour)
    waited = tempo.between(received, until)
    since = np.maximum(received, min(moment - PACE_DAYS * 24 * h.hour, moment))
    before = np.where(until > since, tempo.between(received, since), waited)
    own, expected = {}, 0.0
    order = np.argsort(kind, kind="stable")
    codes, starts = np.unique(kind[order], return_index=True)
    for code, chosen in zip(codes, np.split(order, starts[1:]), strict=True):
        fitted = own[int(code)] = curve(waited[chosen], done[chosen])
        hazard = [-np.log(np.maximum(fitted.at(time[chosen]), SMALLEST)) for time in (before, waited)]
        expected += float((hazard[1] - hazard[0]).sum())
    recent = int((done & (until > moment - PACE_DAYS * 24 * h.hour)).sum())
    return Forecast(tempo, curve(waited, done), own, (recent + PACE_PRIOR) / (expected + PACE_PRIOR))


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
