"""Like beside like on the map: Moran's I of the cells, and the cells that make it (local Moran).

Values are counts less what the land of each cell would hold if cases lay evenly, over the root of the land (see
`spatial.on_land`): cells cut by the border are fair beside whole ones. Neighbours are the cells that touch.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

from nakhon_dash.analysis import moran, spatial
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import Grid, grid

RES, COARSER = 9, 8
MANY = 2_000  # cells of a larger city are of the next size
FEWEST_CASES, FEWEST_CELLS = 30, 10  # with fewer there is no verdict at all
FEW = "few"


@dataclass(frozen=True)
class MoranMap:
    """`verdict` of each cell: HH LL HL LH where q < .05, "ns", or "few" for all when there are not `enough` cases (then
    `local` is None); `expected` cases if spread evenly over the land. `whole` is Moran's I, None when all are alike;
    `p` its two-sided p under randomisation. `few`: cells whose count is not to be told."""

    grid: Grid
    expected: np.ndarray
    few: np.ndarray
    verdict: np.ndarray
    local: moran.Local | None
    whole: moran.Global | None

    @property
    def enough(self) -> bool:
        return self.local is not None

    @property
    def p(self) -> float | None:
        return None if self.whole is None else float(2 * ndtr(-abs(self.whole.z)))

    def cells(self, verdict: str) -> int:
        return int((self.verdict == verdict).sum())


def moran_map(ask: Ask, res: int | None = None, *, collapse: bool = True) -> MoranMap:
    """Verdicts by conditional relabelling (9,999 runs, seeded) with Benjamini–Hochberg; cells of resolution `res`, by
    default those of the map."""

    def find() -> MoranMap:
        at = grid(ask, res or RES, collapse=collapse)
        if res is None and len(at.cells) > MANY:
            at = grid(ask, COARSER, collapse=collapse)
        return _map(at, ask.profile.privacy.k)

    return ask.once(("moran", res, collapse), find)


def _map(at: Grid, k: int) -> MoranMap:
    few = (at.n > 0) & (at.n < k)
    expected = at.land * (at.n.sum() / at.land.sum()) if len(at.n) else np.zeros(0)
    if at.n.sum() < FEWEST_CASES or (at.n > 0).sum() < FEWEST_CELLS:
        return MoranMap(at, expected, few, np.full(len(at.n), FEW), None, None)
    weights = moran.row_standardised(ground.rings(at.cells, 1))
    values, _ = spatial.on_land(at.n, weights, at.land)
    found = moran.local(values, weights)
    return MoranMap(at, expected, few, found.verdict(), found, moran.moran(values, weights))


def moran_table(ask: Ask, by: str) -> pd.DataFrame:
    """By cell: cell, n, expected, i, z, p, q, quadrant, verdict; what few cases would give away is missing.

    By map one row: i, i_expected, z, p, res, cells, cases and the number of cells of each verdict. cell-all and
    map-all count repeats every time.
    """
    what, _, every = by.partition("-")
    found = moran_map(ask, collapse=not every)
    return _summary(found) if what == "map" else frame(found)


def frame(found: MoranMap) -> pd.DataFrame:
    import h3.api.basic_int as h3

    hidden, nothing = found.few, np.full(len(found.few), np.nan)
    n = pd.array(found.grid.n, dtype="Int64")
    n[hidden] = pd.NA
    local = found.local
    values = {name: nothing if local is None else getattr(local, name) for name in ("i", "z", "p", "q")}
    rows = pd.DataFrame({
        "cell": [h3.int_to_str(cell) for cell in found.grid.cells], "n": n, "expected": found.expected,
        **{name: np.where(hidden, np.nan, each) for name, each in values.items()},
        "quadrant": FEW if local is None else local.quadrant, "verdict": found.verdict,
    })  # fmt: skip
    return rows.sort_values("q", kind="stable", ignore_index=True)


def _summary(found: MoranMap) -> pd.DataFrame:
    whole = found.whole
    values = (None, None, None) if whole is None else (whole.i, whole.expected, whole.z)
    row: dict[str, object] = dict(zip(("i", "i_expected", "z"), values, strict=True))
    row |= {"p": found.p, "res": found.grid.res, "cells": len(found.verdict), "cases": int(found.grid.n.sum())}
    return pd.DataFrame([row | {name: found.cells(name) for name in (*moran.QUADRANTS, "ns", FEW)}])
