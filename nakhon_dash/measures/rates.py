"""Cases per 1,000 people and year, by cell and by zone, as counted and drawn towards the rate of the whole.

Residents are those of the profile, latest year. Those of a cell are estimated: a zone's residents spread evenly over
its area. LINE friends of a zone are known only when the source tells them by zone; they are never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from nakhon_dash.analysis.smoothing import credible, empirical_bayes
from nakhon_dash.domain import geography
from nakhon_dash.domain.geography_files import areas, stamp
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.cell_counts import CellCounts, count_cells, count_zones, fitting
from nakhon_dash.measures.reach import CHANNEL, friends_active
from nakhon_dash.queries import people
from nakhon_dash.queries.cases import first_day

PER = 1_000
FINEST = 9  # residents spread by area say nothing about smaller cells
YEAR = 365.25
AREAS = "area"  # a part of the channel's demographic whose name begins so tells friends by area
SHARES = 100


@dataclass(frozen=True)
class Rates:
    """`places` are cells (numbers) or codes of zones; `n` cases of each; `few`: too few to be told; `people` of each.

    `raw` as counted and `rate` smoothed, per 1,000 people and year, `rate` with 95 % limits; `common` is that of all;
    `alike`: the places do not differ more than chance. `years`: length of the view. With a `reason` (no_population,
    no_friends, no_cases) there are no rates.
    """

    by: str
    res: int | None
    places: list[int] | list[str]
    n: np.ndarray
    few: np.ndarray
    people: np.ndarray
    raw: np.ndarray
    rate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    years: float | None = None
    common: float | None = None
    alike: bool = False
    reason: str = ""


def rates(ask: Ask, by: str = "cell", *, per: str = "residents", collapse: bool = True) -> Rates:
    """Rates by cell or zone, per residents or LINE friends."""
    return ask.once(("rates", by, per, collapse), lambda: _rates(ask, by, per, collapse=collapse))


def _rates(ask: Ask, by: str, per: str, *, collapse: bool) -> Rates:
    of_zone = people_by_zone(ask, per)
    if by == "cell":
        found = cells_with_people(ask, collapse=collapse)
        places: list = found.cells
        n, few, res = found.n, found.few, found.res
        who = people_of(ask, found.cells, found.res, of_zone or {})
        if found.points.ground != "outline":
            who, of_zone = np.zeros(len(places)), None if per == "friends" else {}
    else:
        rows = count_zones(ask, collapse=collapse)
        places, res = [zone.zone for zone in rows], None
        n, few = np.array([zone.n for zone in rows], dtype=int), np.array([zone.few for zone in rows], dtype=bool)
        who = np.array([(of_zone or {}).get(code, 0) for code in places], dtype=float)
    years = length(ask)
    nothing = np.full(len(places), np.nan)
    reason = "no_friends" if of_zone is None else "no_population" if not who.any() else "" if years else "no_cases"
    if reason or years is None:
        return Rates(by, res, places, n, few, who, nothing, nothing, nothing, nothing, years, reason=reason)
    smooth = empirical_bayes(n, who * years)
    assert smooth is not None  # people live somewhere
    low, high = credible(smooth, n, who * years)
    return Rates(by, res, places, n, few, who, smooth.raw * PER, smooth.rate * PER, low * PER, high * PER, years,
                 smooth.common * PER, alike=smooth.spread == 0)  # fmt: skip


def cells_with_people(ask: Ask, *, collapse: bool = True) -> CellCounts:
    """Cases by cell of the size that fits them, but not smaller than residents can be told for."""
    return count_cells(ask, min(fitting(ask, collapse=collapse), FINEST), collapse=collapse)


def people_by_zone(ask: Ask, per: str = "residents") -> dict[str, float] | None:
    """Residents (or LINE friends) of each zone of the view; None when the source does not tell friends by zone."""
    chosen = [zone for zone in ask.profile.zone if not ask.scope.zone or zone.code in ask.scope.zone]
    if per == "residents":
        return {zone.code: float(zone.latest_population[1]) for zone in chosen}
    told = friends_by_zone(ask)
    return None if told is None else {zone.code: told[zone.code] for zone in chosen}


def friends_by_zone(ask: Ask) -> dict[str, float] | None:
    """Friends who do not block in each zone, where the channel's demographic names every zone of the profile."""

    def find() -> dict[str, float] | None:
        friends = friends_active(ask.whole).value
        rows = people.demographic(ask.reader, CHANNEL, ask.last_day)
        rows = rows[rows["part"].str.lower().str.startswith(AREAS)]
        share = dict(zip(rows["class"].str.strip().str.lower(), rows["percentage"], strict=True))
        found = {}
        for zone in ask.profile.zone:
            names = [zone.code, zone.name_th, zone.name_en, *zone.aliases]
            told = [share[name.lower()] for name in names if name.lower() in share]
            if not told or friends is None:
                return None
            found[zone.code] = friends * told[0] / SHARES
        return found

    return ask.once("friends by zone", find)


def people_of(ask: Ask, cells: list[int], res: int, of_zone: Mapping[str, float]) -> np.ndarray:
    """People of each cell: those of a zone spread evenly over its area. 0 outside, and in cells that the view's own
    filter of cells leaves out."""
    known = shares(res)
    out = np.array([sum(of_zone.get(zone, 0.0) * part for zone, part in known.get(cell, {}).items()) for cell in cells])
    return np.where(_chosen(ask, cells), out, 0.0) if ask.scope.cell else out


def _chosen(ask: Ask, cells: list[int]) -> list[bool]:
    """Cells that the filter takes in whole; a part of a cell has no residents that anyone could tell."""
    import h3.api.basic_int as h3

    wanted = {int(cell, 16) for cell in ask.scope.cell}
    sizes = {h3.get_resolution(cell) for cell in wanted}
    own = h3.get_resolution(cells[0]) if cells else 0
    return [any(h3.cell_to_parent(cell, size) in wanted for size in sizes if size <= own) for cell in cells]


def shares(res: int) -> dict[int, dict[str, float]]:
    """For each cell of the city the share of the area of each zone that lies in it."""
    return _shares(*stamp("zones", None), stamp("municipality", None)[1], res)


@lru_cache(maxsize=8)
def _shares(path: Path, changed: int, outline_changed: int, res: int) -> dict[int, dict[str, float]]:  # noqa: ARG001
    import shapely

    shapes = geography.cell_polygons(geography.cells(res))
    cells, out = np.array(list(shapes.values()), dtype=object), dict[int, dict[str, float]]()
    for code, zone in areas(path, changed).items():
        shapely.prepare(zone)
        touched = np.flatnonzero(shapely.intersects(cells, zone))
        parts = shapely.area(shapely.intersection(cells[touched], zone)) / zone.area
        numbers = list(shapes)
        for place, part in zip(touched.tolist(), parts.tolist(), strict=True):
            out.setdefault(numbers[place], {})[code] = part
    return out


def length(ask: Ask) -> float | None:
    """Years of the view up to `as_of`; a view without a first day begins with its first case. None without cases."""
    first = ask.scope.first_day
    if first is None:
        first = ask.once("first day", lambda: first_day(ask.reader, ask.scope, ask.as_of))
    return None if first is None or ask.last_day < first else (ask.last_day - first + 1) / YEAR


def rates_table(ask: Ask, by: str) -> pd.DataFrame:
    """cell or zone, n, few, residents, raw, rate, low, high, common; friends, per_friends (smoothed), both missing
    where the source does not tell them. Counts and rates of few cases are missing. cell-all and zone-all count repeats
    every time."""
    place, _, every = by.partition("-")
    return frame(*(rates(ask, place, per=per, collapse=not every) for per in ("residents", "friends")))


def frame(found: Rates, friends: Rates) -> pd.DataFrame:
    import h3.api.basic_int as h3

    hidden, untold = found.few, found.few | bool(friends.reason)
    n = pd.array(found.n, dtype="Int64")
    n[hidden] = pd.NA
    names = [h3.int_to_str(place) if isinstance(place, int) else place for place in found.places]
    values = {name: np.where(hidden, np.nan, getattr(found, name)) for name in ("raw", "rate", "low", "high")}
    rows = pd.DataFrame({
        found.by: names, "n": n, "few": hidden, "residents": found.people, **values, "common": found.common,
        "friends": np.nan if friends.reason else friends.people, "per_friends": np.where(untold, np.nan, friends.rate),
    })  # fmt: skip
    return rows.sort_values("rate", ascending=False, kind="stable", ignore_index=True)
