"""Why one place on the map stands out: what is reported there, when, from one point or many, and what became of it.

The place is a group of hot cells, one cell, or the cells that the view is filtered by. Expected is what an even spread
over the city's land would bring. Cases are those of the map (`measures.grid`); waits, returns and open cases are those
of every figure, within the cells. What fewer than k cases say is not told.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from nakhon_dash.analysis.spatial import false_discovery
from nakhon_dash.analysis.spot import most_within, peak_hours, poisson_above, poisson_band
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.view import day_no, day_of
from nakhon_dash.measures import grid, waiting
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.comparison import Change, compare
from nakhon_dash.measures.flow import everything_open
from nakhon_dash.measures.oldest import oldest_open
from nakhon_dash.measures.quality import rereport_rate
from nakhon_dash.measures.spots import Robust, robustness, spots

POINT_M = 10.0
MONTHS = 12
ALPHA = 0.05
FIRST = "1"


@dataclass(frozen=True)
class Spot:
    """`inside` marks the cases of `found` in its `cells`; `share` is its part of the city's land. `verdict` is that of
    the map (`spatial.CLASSES`, "few" when nothing can be told); a group is hot."""

    rank: int | None
    cells: tuple[str, ...]
    zone: str | None
    n: int
    share: float
    verdict: str
    inside: np.ndarray
    found: grid.Points

    @property
    def expected(self) -> float:
        return len(self.found.rows) * self.share

    @property
    def rows(self) -> pd.DataFrame:
        return self.found.rows[self.inside]


def spot_of(ask: Ask, code: str, *, collapse: bool = True) -> Spot | None:
    """The place with this code: the rank of a group ("1") or an H3 cell; None when there is no such group."""
    if not code.isdecimal():
        return place(ask, (code,), collapse=collapse)
    group = next((c for c in spots(ask, collapse=collapse).clusters if c.rank == int(code)), None)
    return None if group is None else place(ask, tuple(f"{cell:x}" for cell in group.cells), collapse=collapse)


def filtered(ask: Ask, *, collapse: bool = True) -> Spot | None:
    """The place that the view is filtered by; without such a filter the first group."""
    if not ask.scope.cell:
        return spot_of(ask, FIRST, collapse=collapse)
    return place(ask, ask.scope.cell, collapse=collapse)


def place(ask: Ask, cells: tuple[str, ...], *, collapse: bool = True) -> Spot:
    """These cells, those of the first one's resolution, as a place."""
    res = int(cells[0][1], 16)
    laid = grid.grid(ask, res, collapse=collapse)
    mine = tuple(sorted(cell for cell in cells if int(cell[1], 16) == res))
    here = np.isin(np.array(laid.cells, dtype=np.int64), [int(cell, 16) for cell in mine])
    inside = here[laid.index] if len(laid.index) else np.zeros(0, dtype=bool)
    rank, verdict = _judged(ask, res, here, collapse=collapse)
    zones = laid.points.rows["zone"][inside].value_counts()
    total = float(laid.land.sum())
    share = float(laid.land[here].sum()) / total if total else 0.0
    zone = str(zones.index[0]) if len(zones) else None
    return Spot(rank, mine, zone, int(inside.sum()), share, verdict, inside, laid.points)


def _judged(ask: Ask, res: int, here: np.ndarray, *, collapse: bool) -> tuple[int | None, str]:
    """The group that these cells are, and the verdict of the map: that of the cells where all have the same one."""
    judged = spots(ask, collapse=collapse)
    if res != judged.res or not here.any():
        return None, "few"
    mine = judged.cells[here]
    rank = int(mine["cluster"].iloc[0])
    if rank and (mine["cluster"] == rank).all() and here.sum() == (judged.cells["cluster"] == rank).sum():
        return rank, "hot95"
    words = mine["verdict"].unique()
    return None, str(words[0]) if len(words) == 1 else "few"


def kinds(spot: Spot, k: int) -> pd.DataFrame:
    """Categories of the place, most cases first: category, n, expected (its cases in the city, spread evenly), city, p
    (one-sided Poisson), q, above (q < .05 and n >= k)."""
    code, names = pd.factorize(spot.found.rows["category"].to_numpy(), sort=True)
    city = np.bincount(code, minlength=len(names))
    n = np.bincount(code[spot.inside], minlength=len(names))
    p = poisson_above(n, city * spot.share)
    q = false_discovery(p) if len(p) else p
    rows = pd.DataFrame({"category": names, "n": n, "expected": city * spot.share, "city": city, "p": p, "q": q,
                         "above": (q < ALPHA) & (n >= k)})  # fmt: skip
    return rows.sort_values(["n", "category"], ascending=[False, True], ignore_index=True)


def city_kinds(ask: Ask, *, collapse: bool = True) -> pd.DataFrame:
    """Categories of the whole map, most cases first: category, n."""
    n = grid.points(ask, collapse=collapse).rows["category"].value_counts()
    rows = pd.DataFrame({"category": n.index.astype(str), "n": n.to_numpy()})
    return rows.sort_values(["n", "category"], ascending=[False, True], ignore_index=True)


def hours(spot: Spot) -> np.ndarray:
    """Cases received in each hour of the day."""
    return np.bincount(spot.rows["hour"].to_numpy("int64"), minlength=24)


def months(ask: Ask, spot: Spot, *, collapse: bool = True) -> pd.DataFrame:
    """The last twelve months of the view: month_no, n, expected (the city's cases of the month, spread evenly), low and
    high (what chance brings, 95 %), city. Months before the first case of the city are not there."""
    last = day_of(ask.last_day)
    final = last.year * 12 + last.month - 1
    first = final - MONTHS + 1
    start = day_no(date(first // 12, first % 12 + 1, 1))
    year = ask if ask.scope.first_day is not None and ask.scope.first_day <= start else _over(ask, start)
    found = grid.points(year, collapse=collapse)
    month = found.rows["month_no"].to_numpy("int64") - first
    recent = month >= 0
    inside = np.isin(found.cells(int(spot.cells[0][1], 16)), [int(cell, 16) for cell in spot.cells])
    city = np.bincount(month[recent], minlength=MONTHS)[:MONTHS]
    n = np.bincount(month[recent & inside], minlength=MONTHS)[:MONTHS]
    expected = city * spot.share
    low, high = poisson_band(expected)
    rows = pd.DataFrame({"month_no": np.arange(first, final + 1), "n": n, "expected": expected, "low": low,
                         "high": high, "city": city})  # fmt: skip
    return rows[np.cumsum(city) > 0].reset_index(drop=True)


def _over(ask: Ask, start: int) -> Ask:
    scope = ask.scope.days(start, ask.last_day)
    return ask.once(("over", scope), lambda: replace(ask, scope=scope, compare=None, _kept={}))


@dataclass(frozen=True)
class Beside:
    """A figure of the place beside that of the city, and whether they differ beyond noise."""

    here: Measure
    city: Measure
    gap: Change


def waits(ask: Ask, spot: Spot) -> Beside:
    here, city = (waiting.median_hours(Part(one)) for one in _both(ask, spot))
    return Beside(here, city, compare("median_hours", here, city))


def returns(ask: Ask, spot: Spot) -> Beside:
    """Reported again after the close, both read after the same number of days."""
    mine, every = (Part(one) for one in _both(ask, spot))
    here, city = rereport_rate(mine), rereport_rate(every)
    days = [int(days) for one in (here, city) if (days := one.parts.get("days"))]
    if len(days) == 2 and days[0] != days[1]:
        here, city = rereport_rate(mine, min(days)), rereport_rate(every, min(days))
    return Beside(here, city, compare("rereport_rate", here, city))


def _both(ask: Ask, spot: Spot) -> tuple[Ask, Ask]:
    return ask.within(spot.cells), ask.within(())


def open_now(ask: Ask, spot: Spot) -> pd.DataFrame:
    """Cases of the filters in the cells that are open, whenever they were received, oldest first: as `oldest_open`."""
    mine = everything_open(ask.within(spot.cells))
    return mine.once("every open case", lambda: oldest_open(mine, limit=None))


@dataclass(frozen=True)
class Why:
    """All that the card tells. `peak` is (first hour, hours) where the day is uneven beyond chance."""

    spot: Spot
    robust: Robust | None
    kinds: pd.DataFrame
    hours: np.ndarray
    peak: tuple[int, int] | None
    months: pd.DataFrame
    one_point: int
    returns: Beside
    waits: Beside
    open: pd.DataFrame


def why(ask: Ask, spot: Spot | None, *, collapse: bool = True) -> Why | None:
    """None without a place, or when it holds fewer than k cases."""
    if spot is None or spot.n < ask.profile.privacy.k:
        return None

    def tell() -> Why:
        rows, by_hour = spot.rows, hours(spot)
        firm = robustness(ask, collapse=collapse).get(spot.rank) if spot.rank else None
        most = most_within(rows["lat"].to_numpy(float), rows["lon"].to_numpy(float), POINT_M)
        return Why(spot, firm, kinds(spot, ask.profile.privacy.k), by_hour, peak_hours(by_hour),
                   months(ask, spot, collapse=collapse), most, returns(ask, spot), waits(ask, spot),
                   open_now(ask, spot))  # fmt: skip

    return ask.once(("why", spot.cells, collapse), tell)
