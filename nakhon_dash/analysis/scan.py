"""Where and when at once: scan statistics over circles and cylinders of every size (Kulldorff 1997, 1998, 2005).

Two models. Poisson: cases against expected cases (by population). Space-time permutation: cases only, expected from
where and when people report at all, so that it needs no population and adjusts for both by itself. The p is that of
the best cylinder of a whole relabelled data set, so that looking at thousands of cylinders costs nothing. For a daily
run the recurrence interval is 1/p days (New York City's standard: alert from 365).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RUNS, SEED = 999, 20_250_101
EARTH_KM = 6371.0
TIE = 1e-9

Progress = Callable[[int], bool]


@dataclass(frozen=True)
class Places:
    """Places in the order of their distance from each centre: `order[centre, k]`; `whole[centre, k]` is true where a
    circle may end (not between two places equally far, not beyond the largest radius)."""

    order: np.ndarray
    distance: np.ndarray
    whole: np.ndarray


@dataclass(frozen=True)
class Cylinder:
    """One cluster: indices of its places, first and last period (both included), counts, likelihood ratio, p."""

    centre: int
    places: tuple[int, ...]
    first: int
    last: int
    observed: int
    expected: float
    llr: float
    p: float

    @property
    def recurrence(self) -> float:
        """Periods between two such clusters by chance, when run every period."""
        return 1 / self.p


def around(distance: np.ndarray, radius: float | None = None) -> Places:
    """Circles of `distance[a, b]` (any unit) up to `radius`, the centre itself first."""
    order = np.argsort(distance, axis=1, kind="stable")
    near = np.take_along_axis(distance, order, axis=1)
    ends = np.ones_like(near, dtype=bool)
    ends[:, :-1] = near[:, 1:] - near[:, :-1] > TIE
    if radius is not None:
        ends &= near <= radius + TIE
    most = int(np.flatnonzero(ends.any(axis=0)).max()) + 1  # no circle holds more places
    return Places(order[:, :most], near[:, :most], ends[:, :most])


def kilometres(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Great-circle distances between all places."""
    a, o = np.radians(np.asarray(lat, float)), np.radians(np.asarray(lon, float))
    half = np.sin((a[:, None] - a) / 2) ** 2 + np.cos(a[:, None]) * np.cos(a) * np.sin((o[:, None] - o) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def log_ratio(observed: np.ndarray, expected: np.ndarray, total: float) -> np.ndarray:
    """Log likelihood ratio of more inside than expected; 0 where there is not more."""
    c, e = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    rest, rest_expected = total - c, total - e
    more = (c > e) & (e > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = c * np.log(np.where(more, c / np.where(e > 0, e, 1), 1.0))
        outside = np.where(rest > 0, rest * np.log(np.where(more & (rest > 0), rest / np.where(
            rest_expected > 0, rest_expected, 1), 1.0)), 0.0)  # fmt: skip
    return np.where(more, inside + outside, 0.0)


def bernoulli_ratio(cases: np.ndarray, people: np.ndarray, total_cases: float, total: float) -> np.ndarray:
    """Log likelihood ratio of cases among cases and controls; 0 where the share inside is not higher."""
    c, n = np.asarray(cases, dtype=float), np.asarray(people, dtype=float)

    def part(k: np.ndarray, of: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(k > 0, k * np.log(np.where(k > 0, k / np.where(of > 0, of, 1), 1.0)), 0.0)

    inside = part(c, n) + part(n - c, n)
    rest, others = total_cases - c, total - n
    outside = part(rest, others) + part(others - rest, others)
    null = part(np.array(total_cases), np.array(total)) + part(np.array(total - total_cases), np.array(total))
    higher = (n > 0) & (others > 0) & (c * others > rest * n)
    return np.where(higher, inside + outside - null, 0.0)


@dataclass(frozen=True)
class Windows:
    """Which periods a cylinder may hold: at most `longest`, all of them or only those that end today."""

    periods: int
    longest: int
    prospective: bool

    @property
    def pairs(self) -> list[tuple[int, int]]:
        last = self.periods - 1
        ends = [last] if self.prospective else range(self.periods)
        return [(first, end) for end in ends for first in range(max(0, end - self.longest + 1), end + 1)]


def _sums(table: np.ndarray, places: Places, pairs: list[tuple[int, int]]) -> np.ndarray:
    """`out[centre, k, pair]`: sum of `table[place, period]` over a circle's first k+1 places and the pair's periods."""
    along = np.concatenate([np.zeros((len(table), 1)), table.cumsum(axis=1)], axis=1)
    first, last = np.array(pairs).T
    spans = along[:, last + 1] - along[:, first]
    return spans[places.order].cumsum(axis=1)


def poisson(
    cases: np.ndarray, expected: np.ndarray, places: Places, *, longest: int | None = None, prospective: bool = False,
    largest: float = 0.5, fewest: int = 2, runs: int = RUNS, seed: int = SEED, progress: Progress | None = None,
) -> list[Cylinder]:  # fmt: skip
    """Clusters of `cases[place, period]` against `expected`, best first, none overlapping a better one in space.

    Circles hold at most the share `largest` of all expected cases, cylinders at most `longest` periods (half of them by
    default). `expected` is scaled to the number of cases. `progress(run)` may return False to stop: fewer runs, as said
    by p. An empty list when there are fewer than `fewest` cases.
    """
    cases = np.asarray(cases, dtype=float)
    total = cases.sum()
    share = np.asarray(expected, dtype=float) / np.sum(expected)
    windows = Windows(cases.shape[1], longest or max(cases.shape[1] // 2, 1), prospective)
    room = share.sum(1)[places.order].cumsum(axis=1) <= largest + TIE
    wanted = _sums(share * total, places, windows.pairs)
    random = np.random.default_rng(seed)

    def drawn() -> np.ndarray:
        return random.multinomial(int(total), share.ravel()).reshape(share.shape).astype(float)

    return _scan(cases, wanted, places, room, windows, drawn, fewest, runs, progress)


def permutation(
    place: np.ndarray, period: np.ndarray, places: Places, periods: int, *, longest: int, prospective: bool = True,
    fewest: int = 2, runs: int = RUNS, seed: int = SEED, progress: Progress | None = None,
) -> list[Cylinder]:  # fmt: skip
    """Clusters of cases, each with its `place` (index) and `period` (0, 1, …), by the space-time permutation model.

    Expected in a cylinder: cases of its places at all times, times cases of its periods everywhere, over all cases.
    Runs change the periods among the cases. Circles hold at most half of the cases.
    """
    place, period, n = np.asarray(place), np.asarray(period), len(places.order)
    windows = Windows(periods, longest, prospective)
    total, random = float(len(place)), np.random.default_rng(seed)

    def table(when: np.ndarray) -> np.ndarray:
        return np.bincount(place * periods + when, minlength=n * periods).reshape(n, periods).astype(float)

    cases = table(period)
    by_place, by_period = cases.sum(1), cases.sum(0)
    in_circle = by_place[places.order].cumsum(axis=1)
    along = np.concatenate(([0.0], by_period.cumsum()))
    first, last = np.array(windows.pairs).T
    expected = in_circle[..., None] * (along[last + 1] - along[first]) / max(total, 1.0)
    room = in_circle <= total / 2 + TIE
    return _scan(cases, expected, places, room, windows, lambda: table(random.permutation(period)), fewest, runs,
                 progress)  # fmt: skip


def _scan(
    cases: np.ndarray, expected: np.ndarray, places: Places, room: np.ndarray, windows: Windows,
    drawn: Callable[[], np.ndarray], fewest: int, runs: int, progress: Progress | None,
) -> list[Cylinder]:  # fmt: skip
    total, allowed = cases.sum(), (places.whole & room)[..., None]
    if total < fewest:
        return []
    observed = _sums(cases, places, windows.pairs)
    found = np.where(allowed & (observed >= fewest), log_ratio(observed, expected, total), 0.0)
    highest = _Highest(expected, allowed, places, windows.pairs, total, fewest)
    best = []
    for run in range(runs):
        if progress is not None and not progress(run):
            break
        best.append(highest(drawn()))
    return _apart(observed, expected, found, np.sort(best), places, windows.pairs)


class _Highest:
    """The best ratio of a relabelled table, much faster than the ratio of every cylinder.

    Whole counts make c ln c a look-up; what depends on the expected cases alone is worked out once; and only cylinders
    with more than expected are looked at. Sums stay exact (whole numbers in single precision up to 2**24).
    """

    def __init__(
        self, expected: np.ndarray, allowed: np.ndarray, places: Places, pairs: list[tuple[int, int]], total: float,
        fewest: int,
    ) -> None:  # fmt: skip
        counts = np.arange(int(total) + 1, dtype=float)
        logs = np.log(np.maximum(counts, 1))
        self.of_count = counts * logs + (counts * logs)[::-1]
        wanted = np.where(allowed & (expected > 0), expected, np.inf).swapaxes(0, 1)  # a circle grows along axis 0
        usable = np.isfinite(wanted)
        rest = np.log(np.maximum(total - np.where(usable, wanted, 0), TIE))
        self.per_case = (np.log(np.where(usable, wanted, 1)) - rest).ravel()
        self.fixed = (total * rest).ravel()
        self.least = np.maximum(wanted, fewest).astype(np.float32)
        self.order, self.first, self.last = places.order.T, *np.array(pairs).T

    def __call__(self, table: np.ndarray) -> float:
        along = np.zeros((len(table), table.shape[1] + 1), dtype=np.float32)
        np.cumsum(table, axis=1, out=along[:, 1:])
        sums = (along[:, self.last + 1] - along[:, self.first])[self.order]
        for k in range(1, len(sums)):
            sums[k] += sums[k - 1]
        more = np.flatnonzero(sums >= self.least)
        if not len(more):
            return 0.0
        count = sums.ravel()[more].astype(np.int64)
        ratio = self.of_count[count] - count * self.per_case[more] - self.fixed[more]
        return max(float(ratio.max()), 0.0)


def _apart(
    observed: np.ndarray, expected: np.ndarray, found: np.ndarray, best: np.ndarray, places: Places,
    pairs: list[tuple[int, int]], most: int = 10,
) -> list[Cylinder]:  # fmt: skip
    """The best cylinder, then the next that shares no place with those before; at most `most`."""
    out: list[Cylinder] = []
    taken = np.zeros(len(places.order), dtype=bool)
    left = found.copy()
    while len(out) < most and left.max() > TIE:
        centre, k, w = np.unravel_index(left.argmax(), left.shape)
        members = places.order[centre, : k + 1]
        llr = float(left[centre, k, w])
        beaten = len(best) - int(np.searchsorted(best, llr - TIE))
        counts = round(float(observed[centre, k, w])), float(expected[centre, k, w])
        p = (1 + beaten) / (1 + len(best))
        out.append(Cylinder(int(centre), tuple(int(m) for m in members), *pairs[w], *counts, llr, p))
        taken[members] = True
        left[taken[places.order].cumsum(axis=1) > 0] = 0.0
    return out


def gumbel_p(llr: float, best: np.ndarray) -> float:
    """p of `llr` from the tail that the best of each run follow (Abrams et al. 2010, Int J Health Geogr 9:61)."""
    best = np.asarray(best, dtype=float)
    scale = best.std(ddof=1) * np.sqrt(6) / np.pi
    place = best.mean() - 0.5772156649 * scale
    return float(-np.expm1(-np.exp(-(llr - place) / scale)))
