"""Where more cases lie than chance would put there: a verdict on each cell, groups of hot cells, and how firm they are.

The verdict is Gi* (Ord & Getis 1995) by full relabelling with Benjamini–Hochberg: fewer than 1 in 20 cells called hot
are hot by chance. Counts, not rates: more people may report more. Beside a hot cell its neighbours turn hot too.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from nakhon_dash.analysis import spatial
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import RESOLUTIONS, Grid, Guard, Points, grid, laid

SPARSE = 2.0  # below this mean number of cases a whole cell, two rings: one ring would miss what is there
FEWEST_CASES, FEWEST_CELLS = 30, 10  # with fewer there is no verdict at all
HALF = 0.5  # a group is hot in another grid when at least this share of its cases lies in hot cells there
CHECKED = RESOLUTIONS
OFFSETS = ((0, 0), (1, 0), (0, 1), (1, 1))  # half cells east and north
RINGS = (1, 2)
OF = len(CHECKED) * len(OFFSETS) * len(RINGS)


@dataclass(frozen=True)
class Cluster:
    """Connected hot cells; `expected` if cases were spread evenly over the land; `zone` where most of its cases lie."""

    rank: int
    cells: tuple[int, ...]
    cases: int
    expected: float
    zone: str | None


@dataclass(frozen=True)
class Robust:
    """Whether a group is hot on each grid: a row for each of CHECKED; in it OFFSETS with one ring, then with two."""

    flags: tuple[tuple[bool, ...], ...]

    @property
    def hot(self) -> int:
        return sum(map(sum, self.flags))


@dataclass(frozen=True)
class Spots:
    """`cells`: every cell of the ground, zeros too: cell, zone, n, expected, z, p, q, verdict (one of
    `spatial.CLASSES`, or "few" for all when there are not `enough` cases: then z, p and q are missing), cluster (rank,
    0 = none). `method` is quick or permutation, `rings` the neighbourhood, `mean` cases a whole cell."""

    cells: pd.DataFrame
    clusters: list[Cluster]
    grid: Grid
    method: str
    rings: int
    enough: bool
    mean: float

    @property
    def res(self) -> int:
        return self.grid.res

    @property
    def guard(self) -> Guard:
        return self.grid.points.guard

    @property
    def mapped(self) -> int:
        return self.guard.counted

    @property
    def unmapped(self) -> int:
        """Cases that the map cannot show: without a point, on a pin, outside."""
        return self.guard.no_point + self.guard.pinned + self.guard.outside

    @property
    def cells_with_cases(self) -> int:
        return int((self.grid.n > 0).sum())


def spots(ask: Ask, res: int = 9, *, collapse: bool = True, method: str = "permutation") -> Spots:
    """The verdict of the view. `method` "quick" takes the tail that is near the permutation, for many questions."""
    return ask.once(("spots", res, collapse, method), lambda: find(grid(ask, res, collapse=collapse), method))


def find(at: Grid, method: str) -> Spots:
    """The verdict on cases that lie in their cells."""
    mean = float(at.n.sum() / at.land.sum()) if len(at.n) else 0.0
    k = 1 if mean >= SPARSE else 2
    enough = at.n.sum() >= FEWEST_CASES and (at.n > 0).sum() >= FEWEST_CELLS
    rows = pd.DataFrame({"cell": at.cells, "zone": _zones(at), "n": at.n, "expected": at.land * mean,
                         "z": np.nan, "p": np.nan, "q": np.nan, "verdict": "few", "cluster": 0})  # fmt: skip
    if not enough:
        return Spots(rows, [], at, method, k, enough=False, mean=mean)
    found = spatial.verdict(at.n, ground.rings(at.cells, k), k, method, at.land)
    label = spatial.clusters(ground.rings(at.cells, 1), found.hot)
    ranked, rank_of = _clusters(at, found.expected, label)
    rows = rows.assign(z=found.z, p=found.p, q=found.q, verdict=found.words, cluster=rank_of)
    return Spots(rows, ranked, at, method, k, enough=True, mean=mean)


def _zones(at: Grid) -> list[str | None]:
    if at.points.ground != "outline":
        return [None] * len(at.cells)
    known = ground.zones(at.res)
    return [known.get(cell) for cell in at.cells]


def _clusters(at: Grid, expected: np.ndarray, label: np.ndarray) -> tuple[list[Cluster], np.ndarray]:
    """Most cases above expectation first; and the rank of each cell, 0 = none."""
    size = int(label.max(initial=-1)) + 1
    inside = label >= 0
    cases = np.bincount(label[inside], at.n[inside], size)
    wanted = np.bincount(label[inside], expected[inside], size)
    order = np.argsort(wanted - cases, kind="stable")
    ranks = np.zeros(size + 1, dtype=int)
    ranks[order] = np.arange(1, size + 1)
    zones, cells = _zone_of_each(at, label), np.array(at.cells)
    found = [Cluster(rank, tuple(cells[label == one].tolist()), int(cases[one]), float(wanted[one]), zones.get(one))
             for rank, one in enumerate(order.tolist(), start=1)]  # fmt: skip
    return found, ranks[label]


def _zone_of_each(at: Grid, label: np.ndarray) -> dict[int, str]:
    rows = pd.DataFrame({"label": label[at.index], "zone": at.points.rows["zone"].to_numpy()}).dropna()
    rows = rows[rows["label"] >= 0]
    most = rows.groupby(["label", "zone"], sort=True).size().sort_values(ascending=False, kind="stable")
    return dict(most.index[~most.index.get_level_values("label").duplicated()].tolist())


def robustness(ask: Ask, res: int = 9, *, collapse: bool = True) -> dict[int, Robust]:
    """By rank of the group: is it hot in the OF ways to lay the grid? By the quick tail."""
    return ask.once(("robustness", res, collapse), lambda: firmness(spots(ask, res, collapse=collapse)))


def firmness(found: Spots) -> dict[int, Robust]:
    rank = found.cells["cluster"].to_numpy()[found.grid.index]
    flags: dict[int, list] = {cluster.rank: [] for cluster in found.clusters}
    for size in CHECKED if flags else ():
        hits = _hits(found.grid.points, size, rank, len(found.clusters))
        for one, rows in flags.items():
            rows.append(tuple(bool(hit) for hit in hits[:, one]))
    return {one: Robust(tuple(rows)) for one, rows in flags.items()}


def _hits(points: Points, size: int, rank: np.ndarray, last: int) -> np.ndarray:
    """A row for each neighbourhood and offset: is the group of each rank hot there? Column 0 is nobody's."""
    step, found = ground.half_step(size), {}
    whole = np.maximum(np.bincount(rank, minlength=last + 1), 1)
    for east, north in OFFSETS:
        moved = laid(points, size, east * step, north * step)
        for k in RINGS:
            hot = spatial.verdict(moved.n, ground.rings(moved.cells, k), k, "quick", moved.land).hot
            found[k, east, north] = np.bincount(rank, hot[moved.index], last + 1) / whole >= HALF
    return np.array([found[k, east, north] for k, (east, north) in product(RINGS, OFFSETS)])


def cells_table(ask: Ask, by: str) -> pd.DataFrame:
    """Cells, most cases first: cell (H3, as text), zone, n, expected, z, p, q, verdict, cluster."""
    import h3.api.basic_int as h3

    rows = spots(ask, collapse=by != "all").cells
    rows = rows.assign(cell=[h3.int_to_str(cell) for cell in rows["cell"]])
    return rows.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def clusters_table(ask: Ask, by: str) -> pd.DataFrame:
    """Groups of hot cells, most above expectation first: rank, zone, cells, n, expected, robust (hot on), of."""
    found, firm = spots(ask, collapse=by != "all"), robustness(ask, collapse=by != "all")
    rows = [(c.rank, c.zone, len(c.cells), c.cases, c.expected, firm[c.rank].hot, OF) for c in found.clusters]
    return pd.DataFrame(rows, columns=["rank", "zone", "cells", "n", "expected", "robust", "of"])


def guard_table(ask: Ask, by: str) -> pd.DataFrame:
    """What was taken out before counting, in that order: step, n; repeats stay in when `by` is all."""
    found = spots(ask, collapse=by != "all")
    guard = found.guard
    rows = [("cases", guard.cases), ("pinned", guard.pinned), ("pins_found", guard.pins), ("no_point", guard.no_point),
            ("outside", guard.outside), ("repeats", guard.repeats), ("counted", guard.counted),
            ("cells", len(found.cells)), ("cells_with_cases", found.cells_with_cases), ("rings", found.rings),
            ("enough", int(found.enough))]  # fmt: skip
    return pd.DataFrame(rows, columns=["step", "n"])
