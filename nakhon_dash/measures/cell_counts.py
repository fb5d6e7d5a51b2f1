"""How many cases lie in each cell or zone of the map. Few cases are not told: `n` is missing below the k of the city.

The size of the cells follows the data: the finest at which three of four cells with a case hold k or more.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import garwood
from nakhon_dash.measures import grid
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import RESOLUTIONS

ENOUGH = 0.75  # share of the cells with a case that must hold k cases
YEAR = 365.25


@dataclass(frozen=True)
class CellCounts:
    """`cells` ascending with `n` of each, zeros too; `few`: more than none and below `k`, so `n` is not to be told."""

    res: int
    cells: list[int]
    n: np.ndarray
    few: np.ndarray
    k: int
    points: grid.Points


def count_cells(ask: Ask, res: int | None = None, *, collapse: bool = True) -> CellCounts:
    """Cases by cell of resolution `res`, or of the size that fits the data."""
    found = grid.grid(ask, res or fitting(ask, collapse=collapse), collapse=collapse)
    k = ask.profile.privacy.k
    return CellCounts(found.res, found.cells, found.n, (found.n > 0) & (found.n < k), k, found.points)


def fitting(ask: Ask, *, collapse: bool = True) -> int:
    """The finest resolution at which enough cells with a case hold k or more; the coarsest when none does."""
    k = ask.profile.privacy.k
    for res in sorted(RESOLUTIONS, reverse=True):
        n = grid.grid(ask, res, collapse=collapse).n
        if (n > 0).any() and (n[n > 0] >= k).mean() >= ENOUGH:
            return res
    return min(RESOLUTIONS)


@dataclass(frozen=True)
class ZoneCount:
    """Cases of a zone on the map, and per 1,000 registered residents and year with its 95 % interval.

    The rate is None without residents, or when fewer than k cases are there (`few`)."""

    zone: str
    n: int
    few: bool
    residents: int | None
    rate: float | None = None
    low: float | None = None
    high: float | None = None


def count_zones(ask: Ask, *, collapse: bool = True) -> list[ZoneCount]:
    """One row a zone of the profile, in its order; a zone filter leaves the others out."""
    rows = grid.points(ask, collapse=collapse).rows
    cases, k = rows["zone"].value_counts(), ask.profile.privacy.k
    chosen = [zone for zone in ask.profile.zone if not ask.scope.zone or zone.code in ask.scope.zone]
    years = _years(ask, rows)
    out = []
    for zone in chosen:
        n, residents = int(cases.get(zone.code, 0)), zone.latest_population[1] or None
        few = 0 < n < k
        if few or residents is None or years is None:
            out.append(ZoneCount(zone.code, n, few, residents))
        else:
            low, value, high = (1000 * each / residents / years for each in (garwood(n)[0], n, garwood(n)[1]))
            out.append(ZoneCount(zone.code, n, few, residents, value, low, high))
    return out


def _years(ask: Ask, rows: pd.DataFrame) -> float | None:
    """Length of the view; a view without a first day begins with its first case."""
    first = ask.scope.first_day
    if first is None:
        first = None if rows.empty else int(rows["received_at"].min() // 86_400_000_000)
    return None if first is None or ask.last_day < first else (ask.last_day - first + 1) / YEAR


def cell_counts_table(ask: Ask, by: str) -> pd.DataFrame:
    """By cell, cell8, cell9 or cell10: cell, res, n, few; by zone: also residents, rate, low, high.

    With "-all" behind it repeats of trouble still open count every time.
    """
    what, collapse = by.removesuffix("-all"), not by.endswith("-all")
    if what == "zone":
        rows = count_zones(ask, collapse=collapse)
        return pd.DataFrame([{"zone": z.zone, "n": None if z.few else z.n, "few": z.few, "residents": z.residents,
                              "rate": z.rate, "low": z.low, "high": z.high} for z in rows])  # fmt: skip
    size = what.removeprefix("cell")
    return frame(count_cells(ask, int(size) if size else None, collapse=collapse))


def frame(found: CellCounts) -> pd.DataFrame:
    """Cells as rows, few cases missing, most first."""
    import h3.api.basic_int as h3

    n = pd.array(found.n, dtype="Int64")
    n[found.few] = pd.NA
    rows = pd.DataFrame({"cell": [h3.int_to_str(cell) for cell in found.cells], "res": found.res, "n": n,
                         "few": found.few})  # fmt: skip
    return rows.sort_values("n", ascending=False, kind="stable", ignore_index=True)
