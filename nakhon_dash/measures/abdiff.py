"""A beside B: two periods, categories or zones, place by place, and where they differ beyond noise.

Places are H3 cells of resolution 9 when A and B are periods or categories, and categories when they are zones (two
zones share no cell). Periods compare cases a day; the others compare shares of A's and of B's own cases, so that more
cases in all are no finding. Cases are those of the map; what fewer than k cases say is not told.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from nakhon_dash.analysis.twocounts import Compared, compared
from nakhon_dash.domain.view import Scope, day_no
from nakhon_dash.measures import grid
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries.cases import first_day

PERIOD, CATEGORY, ZONE = "period", "category", "zone"
HOWS = (PERIOD, CATEGORY, ZONE)
ALL = "-all"  # repeats of trouble still open counted too
RES = 9
FEWEST = 30  # cases on each side, below which nothing is compared


@dataclass(frozen=True)
class Sides:
    """Two counts of each place: `places` are H3 cells (text) or category codes, `of_a` and `of_b` what the counts are
    divided by (days, or the cases of the side). `result` is None when there are too few cases on a side."""

    how: str
    a: str
    b: str
    places: tuple[str, ...]
    n_a: np.ndarray
    n_b: np.ndarray
    of_a: float
    of_b: float
    result: Compared | None

    @property
    def rose(self) -> np.ndarray:
        return np.zeros(len(self.places), bool) if self.result is None else self.result.verdict > 0

    @property
    def fell(self) -> np.ndarray:
        return np.zeros(len(self.places), bool) if self.result is None else self.result.verdict < 0


def by_period(ask: Ask, *, collapse: bool = True) -> Sides | None:
    """The view (A) against its compare period (B); None without one, or without data of one."""
    if ask.earlier is None:
        return None
    sides = [_by_cell(one, collapse=collapse) for one in (ask, ask.earlier)]
    days = _days(ask, ask.scope), _days(ask, ask.earlier.scope)
    return _sides(PERIOD, ("now", "before"), sides, days) if min(days) > 0 else None


def by_category(ask: Ask, a: str, b: str, *, collapse: bool = True) -> Sides:
    """Where category `a` lies rather than category `b`."""
    sides = [_by_cell(ask, (CATEGORY, code), collapse=collapse) for code in (a, b)]
    return _sides(CATEGORY, (a, b), sides, None)


def compare_two(ask: Ask, how: str, a: str = "", b: str = "", *, collapse: bool = True) -> Sides | None:
    """A beside B by one of HOWS; None when there is nothing to set beside it."""
    if how == PERIOD:
        return by_period(ask, collapse=collapse)
    return (by_category if how == CATEGORY else by_zone)(ask, a, b, collapse=collapse)


def by_zone(ask: Ask, a: str, b: str, *, collapse: bool = True) -> Sides:
    """What zone `a` reports rather than zone `b`: places are categories."""
    sides = []
    for code in (a, b):
        rows = grid.points(_holding(ask, ZONE, code), collapse=collapse).rows
        sides.append(rows.loc[rows[ZONE] == code, "category"].value_counts())
    return _sides(ZONE, (a, b), sides, None)


def cells_of(ask: Ask, zone: str, *, collapse: bool = True) -> pd.Series:
    """Cases of one zone by cell, zeros left out."""
    found = _by_cell(ask, (ZONE, zone), collapse=collapse)
    return found[found > 0]


def _holding(ask: Ask, by: str, code: str) -> Ask:
    """The view itself when it holds this category or zone, else the same question about it alone."""
    chosen = getattr(ask.scope, by)
    if not chosen or code in chosen:
        return ask
    scope = replace(ask.scope, **{by: (code,)})  # type: ignore[arg-type]
    return ask.once(("only", by, code), lambda: replace(ask, scope=scope, compare=None, _kept={}))


def _by_cell(ask: Ask, only: tuple[str, str] | None = None, *, collapse: bool) -> pd.Series:
    """Cases of each cell, of one category or zone only when `only` names one."""
    laid = grid.grid(_holding(ask, *only) if only else ask, RES, collapse=collapse)
    n = laid.n
    if only:
        mine = (laid.points.rows[only[0]] == only[1]).to_numpy(bool)
        n = np.bincount(laid.index[mine], minlength=len(laid.cells))
    return pd.Series(n, index=[f"{cell:x}" for cell in laid.cells])


def _days(ask: Ask, scope: Scope) -> float:
    """Days of the period that have passed and of which the store has data, whatever the filters; 0 when none."""
    known = ask.once("first day", lambda: first_day(ask.reader, Scope(source=ask.scope.source), ask.as_of))
    if known is None or scope.first_day is None or scope.last_day is None:
        return 0.0
    return float(max(min(scope.last_day, day_no(ask.today)) - max(scope.first_day, known) + 1, 0))


def _sides(how: str, names: tuple[str, str], counts: list[pd.Series], over: tuple[float, float] | None) -> Sides:
    """Over the places of both sides; shares are out of each side's cases when `over` is None."""
    places = sorted(set(counts[0].index) | set(counts[1].index))
    a, b = (side.reindex(places, fill_value=0).to_numpy("int64") for side in counts)
    of_a, of_b = over or (float(a.sum()), float(b.sum()))
    enough = min(a.sum(), b.sum()) >= FEWEST if over is None else max(a.sum(), b.sum()) >= FEWEST
    result = compared(a, b, of_a, of_b) if enough and len(places) else None
    return Sides(how, *names, tuple(places), a, b, of_a, of_b, result)


def frame(found: Sides | None, k: int) -> pd.DataFrame:
    """One row a place with a case, largest difference first: place, n_a, n_b, rate_a, rate_b (a day, or a share of the
    side's cases), difference with low and high, ratio with its limits, p, q, verdict (1 = higher in A beyond noise).

    Where a side has fewer than k cases (and more than none) only the verdict is told.
    """
    if found is None or found.result is None:
        return pd.DataFrame()
    r = found.result
    rows = pd.DataFrame({
        "place": found.places, "n_a": pd.array(found.n_a, "Int64"), "n_b": pd.array(found.n_b, "Int64"),
        "rate_a": r.rate_a, "rate_b": r.rate_b, "difference": r.difference, "low": r.low, "high": r.high,
        "ratio": r.ratio, "ratio_low": r.ratio_low, "ratio_high": r.ratio_high, "p": r.p, "q": r.q,
        "verdict": r.verdict,
    })  # fmt: skip
    order = np.argsort(-np.abs(r.difference), kind="stable")
    hidden = few(found.n_a, k) | few(found.n_b, k)
    rows = rows.apply(lambda column: column if column.name in ("place", "verdict") else column.mask(hidden))
    return rows.replace(np.inf, np.nan).iloc[order][(found.n_a + found.n_b)[order] > 0].reset_index(drop=True)


def few(n: np.ndarray, k: int) -> np.ndarray:
    return (n > 0) & (n < k)


def compare_cells(ask: Ask, by: str) -> pd.DataFrame:
    """By period (needs a compare period), category or zone (the first two that the view is filtered by, else the two
    with most cases)."""
    how, collapse = by.removesuffix(ALL), not by.endswith(ALL)
    pair = ("", "") if how == PERIOD else two(ask, how)
    found = None if pair is None else compare_two(ask, how, *pair, collapse=collapse)
    return frame(found, ask.profile.privacy.k)


def two(ask: Ask, by: str) -> tuple[str, str] | None:
    """The first two categories or zones of the filter; without two, those with most cases; None when there is one."""
    chosen = getattr(ask.scope, by)[:2]
    if len(chosen) < 2:
        most = options(ask, by)
        chosen = (*chosen, *(code for code in most if code not in chosen))[:2]
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def options(ask: Ask, by: str) -> list[str]:
    """Codes to choose from, most cases first, whatever is chosen of them in the view."""
    free = replace(ask.scope, **{by: (), "cell": ()})  # type: ignore[arg-type]
    every = ask.once(("free", by), lambda: replace(ask, scope=free, compare=None, _kept={}))
    counts = {str(key): n.received for key, n in every.counts(by).items() if key}
    return sorted(counts, key=lambda code: (-counts[code], code))
