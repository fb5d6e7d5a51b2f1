"""The cells of the map as rows to take away: counts, classes, and which counts are hidden.

Without `whole` no count below the k of the city is told, nor one that a sum told elsewhere would give back: files of
coarser cells, groups of hot cells, all cases. Statistics that would give a hidden count back go with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from nakhon_dash.analysis import moran, spatial
from nakhon_dash.analysis.suppression import hide
from nakhon_dash.measures import ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.emerging_map import find as find_emerging
from nakhon_dash.measures.emerging_map import fitting
from nakhon_dash.measures.grid import RESOLUTIONS, Grid, Guard, grid
from nakhon_dash.measures.moran_map import moran_map
from nakhon_dash.measures.spots import SPARSE, spots

RES = 9  # the groups that the page tells are of this size
COARSE = 1  # decimals of z where counts are hidden: too few to reckon one back
HIDDEN_WITH = ("p", "q", "i", "trend_p")  # exact functions of the counts: told only where no count is hidden


@dataclass(frozen=True)
class Taken:
    """Cells ready to be written: `rows` has cell (H3 as text), res, lon, lat (of its middle), zone, n (missing when
    hidden), suppressed, land (share of the cell inside the municipality), then the columns of the layer.

    `method` holds what is needed to compute it again; `hidden` counts cells; `enough`: there is a verdict.
    """

    layer: str
    res: int
    rows: pd.DataFrame
    method: Mapping[str, object]
    guard: Guard
    ground: str
    k: int
    whole: bool
    hidden: int = 0
    enough: bool = True


@dataclass(frozen=True)
class Classes:
    """The columns of a layer by cell, in the order of the grid; `rings` of cells go into each value of z."""

    columns: Mapping[str, object] = field(default_factory=dict)
    method: Mapping[str, object] = field(default_factory=dict)
    rings: int = 0
    enough: bool = True


def take(
    ask: Ask, layer: str, res: int = RES, *, collapse: bool = True, whole: bool = False, every: str = ""
) -> Taken:
    """The cells of the view with the classes of `layer` (one of LAYERS); KeyError when there is no such layer.

    `every` is the step of the emerging layer, month or week, "" = as fits the data.
    """
    import h3.api.basic_int as h3

    at = grid(ask, res, collapse=collapse)
    found, k = LAYERS[layer](ask, at, collapse, every), ask.profile.privacy.k
    hidden = np.zeros(len(at.cells), dtype=bool) if whole else hidden_cells(ask, res, collapse=collapse)
    middle = np.array([h3.cell_to_latlng(cell) for cell in at.cells]).reshape(-1, 2)
    n = pd.array(at.n, dtype="Int64")
    n[hidden] = pd.NA
    zones = ground.zones(res) if at.points.ground == "outline" else {}
    rows = pd.DataFrame({
        "cell": [h3.int_to_str(cell) for cell in at.cells], "res": res, "lon": middle[:, 1].round(6),
        "lat": middle[:, 0].round(6), "zone": pd.array([zones.get(cell) for cell in at.cells], dtype="string"), "n": n,
        "suppressed": hidden, "land": at.land.round(6), **found.columns,
    })  # fmt: skip
    if hidden.any():
        _blunt(rows, hidden, at, found.rings)
    return Taken(layer, res, rows, found.method, at.points.guard, at.points.ground, k, whole, int(hidden.sum()),
                 found.enough)  # fmt: skip


def hidden_cells(ask: Ask, res: int, *, collapse: bool = True) -> np.ndarray:
    """Which cells of resolution `res` must not tell their number, the same for every layer and file of the view."""

    def find() -> np.ndarray:
        at = grid(ask, res, collapse=collapse)
        cells = np.array(at.cells, dtype=np.int64)
        groups: list[np.ndarray] = [np.arange(len(cells))]
        untold: list[np.ndarray] = []
        for coarser in (one for one in RESOLUTIONS if one < res):
            above = grid(ask, coarser, collapse=collapse)
            dark = np.array(above.cells)[hidden_cells(ask, coarser, collapse=collapse)]
            parent = ground.coarser(cells, coarser)
            for one in np.unique(parent):
                (untold if one in dark else groups).append(np.flatnonzero(parent == one))
        if res >= RES:
            ranked = spots(ask, RES, collapse=collapse)
            up = ground.coarser(cells, RES)
            groups += [np.flatnonzero(np.isin(up, cluster.cells)) for cluster in ranked.clusters]
        return hide(at.n, ask.profile.privacy.k, groups, untold)

    return ask.once(("hidden cells", res, collapse), find)


def _blunt(rows: pd.DataFrame, hidden: np.ndarray, at: Grid, rings: int) -> None:
    """Takes out what would give hidden counts back: p and the like everywhere, z where its ring holds a hidden cell."""
    for name in rows.columns.intersection(list(HIDDEN_WITH)):
        rows[name] = np.nan
    beside = np.asarray(ground.rings(at.cells, rings) @ hidden.astype(float)).ravel() > 0 if rings else hidden
    for name in rows.columns.intersection(["z", "last_z", "trend_z"]):
        rows[name] = rows[name].round(COARSE).where(~beside)
    for name in rows.columns.intersection(["share_hot", "share_cold"]):
        rows[name] = rows[name].round(COARSE)


def _counts(ask: Ask, at: Grid, collapse: bool, every: str) -> Classes:  # noqa: ARG001 (called as all are)
    return Classes(method={"test": "counted"})


def _gi(ask: Ask, at: Grid, collapse: bool, every: str) -> Classes:  # noqa: ARG001 (called as all are)
    found = spots(ask, at.res, collapse=collapse)
    columns = {name: found.cells[name].to_numpy() for name in ("expected", "z", "p", "q", "verdict", "cluster")}
    said = {"test": "Gi*, full relabelling", "runs": spatial.RUNS, "seed": spatial.SEED, "rings": found.rings,
            "two_rings_below_mean": SPARSE, "mean_cases_a_whole_cell": found.mean,
            "false_discovery": "Benjamini-Hochberg", "classes": list(spatial.CLASSES),
            "reference": "Ord & Getis 1995, Geogr Anal 27:286-306; Benjamini & Hochberg 1995, J R Stat Soc B "
                         "57:289-300"}  # fmt: skip
    return Classes(columns, said, found.rings, found.enough)


def _moran(ask: Ask, at: Grid, collapse: bool, every: str) -> Classes:  # noqa: ARG001 (called as all are)
    found = moran_map(ask, at.res, collapse=collapse)
    said = {"test": "local Moran, the others relabelled", "runs": spatial.RUNS, "seed": spatial.SEED, "rings": 1,
            "false_discovery": "Benjamini-Hochberg", "classes": [*moran.QUADRANTS, "ns"],
            "reference": "Anselin 1995, Geogr Anal 27:93-115; Sauer et al. 2021, Geogr Anal 53:574-593"}  # fmt: skip
    missing, local = np.full(len(at.cells), np.nan), found.local
    columns = {name: missing if local is None else getattr(local, name) for name in ("i", "z", "p", "q")}
    return Classes({**columns, "quadrant": found.verdict}, said, 1, found.enough)


def _emerging(ask: Ask, at: Grid, collapse: bool, every: str) -> Classes:
    by = every or fitting(ask)
    found = find_emerging(ask, by, at.res, collapse=collapse)
    said: dict[str, object] = {
        "test": "Gi* of a space-time cube, Mann-Kendall", "steps": len(found.cube.steps), "step": by, "rings": 1,
        "lag_steps": 1, "false_discovery": "Benjamini-Hochberg over the cube",
        "reference": "Mann 1945, Econometrica 13:245-259; Kendall 1975; Esri, How Emerging Hot Spot Analysis works"}
    names = ("share_hot", "share_cold", "last_z", "trend_z", "trend_p")
    if found.verdict is None:
        missing = np.full(len(at.cells), np.nan)
        return Classes({"class": "few", **dict.fromkeys(names, missing)}, said, 1, enough=False)
    one = found.verdict
    values = (one.hot.mean(0), one.cold.mean(0), one.z[-1], [t.z for t in one.trends], [t.p for t in one.trends])
    frame = pd.DataFrame({"class": one.classes, **dict(zip(names, values, strict=True))}, index=found.cube.cells)
    frame = frame.reindex(at.cells)  # the steps reach farther back than the view: a cell may be in one of them only
    return Classes({name: frame[name].to_numpy() for name in ("class", *names)}, said, 1)


LAYERS: dict[str, Callable[[Ask, Grid, bool, str], Classes]] = {
    "gi": _gi, "counts": _counts, "moran": _moran, "emerging": _emerging,
}  # fmt: skip
