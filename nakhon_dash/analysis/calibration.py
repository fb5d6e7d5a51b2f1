"""How chances that were given turned out: past forecasts made again without look-ahead, in groups of like chance.

Brier 1950 (mean square of chance less outcome); Murphy 1973 for the comparison with always saying the common share.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nakhon_dash.analysis.breach import History, count_interval, learn_at
from nakhon_dash.analysis.intervals import LEVEL, wilson

WEEK = 168  # hours
FEWEST_IN_GROUP = 20


@dataclass(frozen=True)
class Foretold:
    """Chances given at `origin` (a moment) to cases then open and due within the horizon, and whether they broke it."""

    origin: np.ndarray
    chance: np.ndarray
    broken: np.ndarray

    def since(self, moment: int) -> "Foretold":
        kept = self.origin >= moment
        return Foretold(self.origin[kept], self.chance[kept], self.broken[kept])

    @property
    def brier(self) -> float | None:
        return float(np.mean((self.chance - self.broken) ** 2)) if len(self.chance) else None

    @property
    def brier_of_common_share(self) -> float | None:
        """What always saying the share that broke in the end would have scored."""
        return float(self.broken.mean() * (1 - self.broken.mean())) if len(self.chance) else None


@dataclass(frozen=True)
class Group:
    """Cases of like chance: mean chance given, how many broke the due time, and the interval of their share."""

    n: int
    foretold: float
    broken: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.broken / self.n


def foretell(history: History, now: int, *, horizons: tuple[int, ...], weeks: int, window: int) -> dict[int, Foretold]:
    """Every due time of the last `weeks` foretold once for each horizon (hours), from an origin at most so long before.

    Origins lie a horizon apart up to `now`; what a week's forecasts know was learnt at its beginning.
    """
    week = WEEK * history.hour
    parts: dict[int, list[Foretold]] = {h: [] for h in horizons}
    for start in range(now - weeks * week, now, week):
        forecast = learn_at(history, start, window)
        for horizon in horizons:
            index, origin = _asked(history, start, start + week, horizon * history.hour)
            due, kind = history.due[index], history.kind[index]
            chance = forecast.chances(kind, history.received[index], origin, due)
            parts[horizon].append(Foretold(origin, chance, history.ended[index] > due))
    return {h: Foretold(*_joined(found)) for h, found in parts.items()}


def _joined(found: list[Foretold]) -> Iterator[np.ndarray]:
    for name in ("origin", "chance", "broken"):
        yield np.concatenate([getattr(part, name) for part in found])


def _asked(history: History, start: int, end: int, step: int) -> tuple[np.ndarray, np.ndarray]:
    """Cases due in (start, end], each with the last origin before its due time, if it was there and open then."""
    due = np.flatnonzero((history.due > start) & (history.due <= end) & (history.left > 0))
    origin = start + (history.due[due] - start - 1) // step * step
    asked = (history.received[due] <= origin) & (history.ended[due] > origin)
    return due[asked], origin[asked]


def groups(foretold: Foretold, most: int = 8) -> list[Group]:
    """Equal numbers of cases in the order of their chances; at least FEWEST_IN_GROUP in each, none with fewer."""
    n = len(foretold.chance)
    count = min(most, n // FEWEST_IN_GROUP)
    if not count:
        return []
    order = np.argsort(foretold.chance, kind="stable")
    out = []
    for chosen in np.array_split(order, count):
        broken = int(foretold.broken[chosen].sum())
        low, high = wilson(broken, len(chosen), LEVEL)
        out.append(Group(len(chosen), float(foretold.chance[chosen].mean()), broken, low, high))
    return out


@dataclass(frozen=True)
class Check:
    """Sum of expected and of actual breaches over the days checked, and the number of days inside the interval."""

    days: int
    expected: float
    actual: int
    inside: int


def check(foretold: Foretold, first: int, days: int, day: int, level: float = 0.9) -> Check:
    """Day by day from `first`: what a day's chances said together against what happened."""
    number = (foretold.origin - first) // day
    inside = 0
    for i in range(days):
        chosen = number == i
        low, high = count_interval(foretold.chance[chosen], level)
        inside += low <= int(foretold.broken[chosen].sum()) <= high
    return Check(days, float(foretold.chance.sum()), int(foretold.broken.sum()), inside)
