"""Did counts at a place change when something was done there, beyond what places like it did at the same time?

Weekly counts of cells (rows) by week (columns). The effect is a ratio of rate ratios: after/before inside the place,
divided by after/before in control cells. Given the weeks' totals, the share of cases that lie inside is binomial, one
share before and one after: whatever moves place and controls alike in a week (season, rain, a campaign of the whole
city) drops out, and the odds ratio of the two shares is this ratio. Interval on the log scale by the delta method,
widened by the Pearson dispersion of the weeks (never narrowed) with Student's t. McCullagh & Nelder 1989, §4.5;
comparative interrupted series: Lopez Bernal et al. 2018, Int J Epidemiol 47:2082-2093.

Placebos repeat the whole analysis, matching included, where or when nothing was done: Abadie, Diamond & Hainmueller
2010, J Am Stat Assoc 105:493-505. The interval knows the noise of weeks; placebos also know cells that drift.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from scipy import sparse, special

BEFORE, AFTER = 52, 26  # weeks looked at, at most
FEWEST_BEFORE, FEWEST_AFTER = 12, 4
MATCHED = 26  # weeks of level and trend
MOST, LEAST = 10, 3  # control cells
HELD = 3  # times the cases of the place: then the controls bring a quarter of the noise
CALIPER = 1.0  # standardised distance that cells must keep, once the controls hold so many
FEWEST_CASES = 10  # before, inside and in the controls
PLACES, DATES = 40, 24  # placebos, at most
ENOUGH = 20  # placebos to speak of


@dataclass(frozen=True)
class Estimate:
    """`ratio` 0.6 = 40 % fewer than the controls lead to expect. Counts are (before, after)."""

    ratio: float
    low: float
    high: float
    dispersion: float
    inside: tuple[int, int]
    control: tuple[int, int]


@dataclass(frozen=True)
class Study:
    """One analysis: which cells were the controls, and the estimate; `before` and `after` are numbers of weeks."""

    place: tuple[int, ...]
    week: int
    before: int
    after: int
    controls: tuple[int, ...]
    estimate: Estimate


def ratio_of_ratios(inside: np.ndarray, control: np.ndarray, before: int, level: float = 0.95) -> Estimate | None:
    """The estimate from two weekly series of which the first `before` weeks lie before; None without controls after,
    with less than FEWEST_CASES before, or with too few weeks for a spread. Half a case is added where a count is 0."""
    inside, control = np.asarray(inside, float), np.asarray(control, float)
    now = np.arange(len(inside)) >= before
    a, b, c, d = (float(series[when].sum()) for series in (inside, control) for when in (now, ~now))
    total = inside + control
    spare = int((total > 0).sum()) - 2
    if min(b, d) < FEWEST_CASES or c == 0 or spare < 1:
        return None
    share = np.where(now, a / (a + c), b / (b + d))
    spread = total * share * (1 - share)
    told = spread > 0
    chi2 = float(((inside[told] - total[told] * share[told]) ** 2 / spread[told]).sum())
    dispersion = max(chi2 / spare, 1.0)
    add = 0.5 if a == 0 else 0.0
    middle = log((a + add) / (b + add)) - log((c + add) / (d + add))
    half = special.stdtrit(spare, 0.5 + level / 2) * sqrt(dispersion * sum(1 / (n + add) for n in (a, b, c, d)))
    return Estimate(exp(middle), exp(middle - half), exp(middle + half), dispersion, (int(b), int(a)), (int(d), int(c)))


def matched(counts: np.ndarray, place: np.ndarray, week: int, barred: np.ndarray) -> np.ndarray:
    """The control cells: nearest to the place in level and trend of the MATCHED weeks before `week`, LEAST to MOST of
    them, never one of `barred` (True by cell) or without a case; empty when there are less than LEAST.

    Level: log cases per cell. Trend: log of the second half over the first. Both in standard deviations of the cells
    to choose from.
    """
    first = max(week - MATCHED, 0)
    middle = (first + week) // 2
    early, late = counts[:, first:middle].sum(axis=1), counts[:, middle:week].sum(axis=1)
    pool = np.flatnonzero(~barred & (early + late > 0))
    if len(pool) < LEAST:
        return pool[:0]
    own, rest = _features(early[place].mean(), late[place].mean()), _features(early[pool], late[pool])
    spread = rest.std(axis=1)
    far = np.sqrt((((rest - own[:, None]) / np.where(spread > 0, spread, 1.0)[:, None]) ** 2).sum(axis=0))
    order = np.argsort(far, kind="stable")[:MOST]
    near = int((far[order] <= CALIPER).sum())
    held = np.cumsum((early + late)[pool[order]])
    needed = int((held < HELD * (early + late)[place].sum()).sum()) + 1
    return np.sort(pool[order[: max(near, needed, LEAST)]])


def _features(early: np.ndarray | float, late: np.ndarray | float) -> np.ndarray:
    return np.array([np.log(np.add(early, late) + 0.5), np.log(np.add(late, 0.5)) - np.log(np.add(early, 0.5))])


def study(counts: np.ndarray, near: sparse.csr_array, place: Iterable[int], week: int, after: int = AFTER,
          barred: np.ndarray | None = None) -> Study | None:  # fmt: skip
    """The analysis of `place` (rows) as if something was done at the beginning of column `week`.

    `near`: which cells touch. Controls lie two rings away at least, and never among `barred`. None when weeks, cases
    or controls are too few.
    """
    rows = np.array(sorted(place), dtype=int)
    before, after = min(week, BEFORE), min(counts.shape[1] - week, after, AFTER)
    if before < FEWEST_BEFORE or after < FEWEST_AFTER:
        return None
    closed = around(near, rows) if barred is None else barred | around(near, rows)
    chosen = matched(counts, rows, week, closed)
    if len(chosen) < LEAST:
        return None
    window = slice(week - before, week + after)
    found = ratio_of_ratios(counts[rows, window].sum(axis=0), counts[chosen, window].sum(axis=0), before)
    return None if found is None else Study(tuple(rows.tolist()), week, before, after, tuple(chosen.tolist()), found)


def around(near: sparse.csr_array, rows: np.ndarray) -> np.ndarray:
    """True for the cells of a place and those that touch it."""
    inside = np.zeros(near.shape[0])
    inside[rows] = 1
    return (near @ inside + inside) > 0


def at_other_places(counts: np.ndarray, near: sparse.csr_array, real: Study, most: int = PLACES) -> list[Study]:
    """The same week at places of as many cells that do not touch the real one: those nearest to it in cases before, so
    that chance moves them as much. Their controls are no cells of the real place either, nor of its ring."""
    rows = np.array(real.place, dtype=int)
    barred = around(near, rows)
    before = counts[:, real.week - real.before : real.week].sum(axis=1)
    places = _places_like(near, len(rows), np.flatnonzero(~barred), barred)
    own = log(real.estimate.inside[0])
    places = [place for place in places if before[list(place)].sum() >= FEWEST_CASES]
    places.sort(key=lambda place: (abs(log(before[list(place)].sum()) - own), place))
    return _until(most, (study(counts, near, place, real.week, real.after, barred) for place in places))


def _places_like(near: sparse.csr_array, size: int, seeds: np.ndarray, barred: np.ndarray) -> list[tuple[int, ...]]:
    """Connected places of `size` cells grown ring by ring from each seed, each place once."""
    found = {_grown(near, int(seed), size, barred) for seed in seeds}
    return sorted(place for place in found if len(place) == size)


def _grown(near: sparse.csr_array, seed: int, size: int, barred: np.ndarray) -> tuple[int, ...]:
    place, known = [seed], {seed}
    for cell in place:  # grows while it is read: a walk ring by ring
        for other in near.indices[near.indptr[cell] : near.indptr[cell + 1]].tolist():
            if len(place) < size and other not in known and not barred[other]:
                known.add(other)
                place.append(other)
    return tuple(sorted(place))


def at_other_weeks(counts: np.ndarray, near: sparse.csr_array, real: Study, most: int = DATES) -> list[Study]:
    """The same place at weeks so early that nothing after them reaches the real one; spread evenly over the history.

    Windows overlap, so that these are fewer than they seem.
    """
    last = real.week - real.after
    if last < FEWEST_BEFORE:
        return []
    weeks = np.unique(np.linspace(FEWEST_BEFORE, last, most).round().astype(int))
    return _until(most, (study(counts, near, real.place, int(week), real.after) for week in weeks))


def _until(most: int, studies: Iterable[Study | None]) -> list[Study]:
    found: list[Study] = []
    for one in studies:
        if one is not None:
            found.append(one)
        if len(found) == most:
            break
    return found


def as_large(real: Study, placebos: list[Study]) -> int:
    """How many placebo effects are as large, up or down."""
    size = abs(log(real.estimate.ratio)) - 1e-12
    return sum(abs(log(one.estimate.ratio)) >= size for one in placebos)


def chance(large: int, placebos: int) -> float | None:
    """Randomisation p: the real effect counts among the placebos. None when these are too few to say."""
    return (1 + large) / (1 + placebos) if placebos >= ENOUGH else None


def expected(inside: np.ndarray, control: np.ndarray, before: int, steps: np.ndarray, dispersion: float,
             level: float = 0.95) -> tuple[np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Cases inside that the controls lead to expect for each step (`steps`: the step of each week, from 0), had the
    place gone on as before; and the ends of where a count would then lie."""
    scale = inside[:before].sum() / control[:before].sum()
    told = np.bincount(steps, control)
    middle, least = told * scale, np.maximum(told, 1) * scale  # no control case is not a certain zero
    known = 1 / inside[:before].sum() + 1 / control[:before].sum()
    spread = np.sqrt(dispersion * (least + scale * least + least**2 * known))
    half = special.ndtri(0.5 + level / 2) * spread
    return middle, np.maximum(middle - half, 0.0), middle + half
