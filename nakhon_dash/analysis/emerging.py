"""New, lasting or fading: hot and cold spots along time, in the 17 classes of an emerging hot spot analysis.

Gi* of every cell and step against the mean and spread of the whole space-time cube, neighbours in space at this step
and at `lag` steps before, false discovery over the whole cube, then the Mann-Kendall trend of each cell's z. The
classes follow Esri's public description ("How Emerging Hot Spot Analysis works"); what its text leaves open is said
at `classify`. Lagged neighbours make successive z overlap, so the trend's p is somewhat small.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.special import ndtr

from nakhon_dash.analysis.spatial import false_discovery, gi_star, on_land, quick_p

KINDS = ("new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic", "oscillating", "historical")
CLASSES = (*(f"{kind}_hot" for kind in KINDS), *(f"{kind}_cold" for kind in KINDS), "none")
MOSTLY = 0.9  # share of the steps from which on a spot is lasting
FEWEST_STEPS = 10
LEVEL = 0.05


@dataclass(frozen=True)
class Trend:
    """Mann-Kendall: S, its variance with ties, z with continuity correction, two-sided p, tau-a, Theil-Sen slope."""

    s: int
    variance: float
    z: float
    p: float
    tau: float
    slope: float


def mann_kendall(x: np.ndarray) -> Trend:
    """Trend of a series of at least two values (Mann 1945; Kendall 1975; Sen 1968)."""
    x, n = np.asarray(x, dtype=float), len(x)
    i, j = np.triu_indices(n, 1)
    gaps = x[j] - x[i]
    s = int(np.sign(gaps).sum())
    _, ties = np.unique(x, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - (ties * (ties - 1) * (2 * ties + 5)).sum()) / 18
    z = (s - np.sign(s)) / np.sqrt(variance) if variance > 0 else 0.0
    p = min(2 * float(ndtr(-abs(z))), 1.0)
    return Trend(s, float(variance), float(z), p, 2 * s / (n * (n - 1)), float(np.median(gaps / (j - i))))


def cube_weights(weights: sparse.csr_array, steps: int, lag: int = 1) -> sparse.csr_array:
    """Weights between all bins of a cube laid out step by step: neighbours now and at `lag` steps before."""
    back = sparse.diags_array([np.ones(steps - k) for k in range(min(lag, steps - 1) + 1)],
                              offsets=[-k for k in range(min(lag, steps - 1) + 1)])  # fmt: skip
    return sparse.csr_array(sparse.kron(back, weights, format="csr"))


def classify(hot: np.ndarray, cold: np.ndarray, trend_z: float, trend_p: float) -> str:
    """The class of one cell from its steps; `hot` and `cold` are booleans along time, `trend_*` of its z.

    Where several descriptions fit, their order in the text decides: New and Consecutive come before Oscillating.
    Sporadic needs a hot last step. A trend counts at p < .05.
    """
    found = _kind(hot, cold, trend_z, trend_p)
    if found:
        return f"{found}_hot"
    found = _kind(cold, hot, -trend_z, trend_p)
    return f"{found}_cold" if found else "none"


def _kind(on: np.ndarray, other: np.ndarray, trend_z: float, trend_p: float) -> str | None:
    """The kind for steps that are `on`, with a trend towards more of it counted as positive."""
    share, last, before = float(np.mean(on)), bool(on[-1]), on[:-1]
    if share >= MOSTLY:
        if not last:
            return "historical"
        if trend_p < LEVEL:
            return "intensifying" if trend_z > 0 else "diminishing"
        return "persistent"
    if not last:
        return None
    if not before.any():
        return "new"
    run = len(on) - int(np.flatnonzero(~on).max()) - 1
    if run >= 2 and on.sum() == run:
        return "consecutive"
    return "oscillating" if other.any() else "sporadic"


@dataclass(frozen=True)
class Emerging:
    """`z`, `q` by step and cell; `hot`, `cold` at q < .05; for each cell its class and the trend of its z."""

    z: np.ndarray
    q: np.ndarray
    hot: np.ndarray
    cold: np.ndarray
    classes: list[str]
    trends: list[Trend]


def emerging(cube: np.ndarray, weights: sparse.csr_array, lag: int = 1, land: np.ndarray | None = None) -> Emerging:
    """Classes of every cell of `cube[step, cell]`; `weights` are binary with the cell itself; `land`: see
    `spatial.on_land`. ValueError with fewer than ten steps, too few for any class.

    p by the tail that knows how skewed the counts are: with few cases a bin the normal one would cry wolf.
    """
    cube = np.asarray(cube, dtype=float)
    steps, cells = cube.shape
    if steps < FEWEST_STEPS:
        raise ValueError(f"{steps} steps; at least {FEWEST_STEPS} are needed")
    held = np.tile(np.ones(cells) if land is None else land, steps)
    x, near = on_land(cube.ravel(), cube_weights(weights, steps, lag), held)
    flat = gi_star(x, near)
    q = false_discovery(quick_p(x, near, flat)).reshape(cube.shape)
    z = flat.reshape(cube.shape)
    hot, cold = (q < LEVEL) & (z > 0), (q < LEVEL) & (z < 0)
    trends = [mann_kendall(column) for column in z.T]
    classes = [classify(hot[:, i], cold[:, i], trend.z, trend.p) for i, trend in enumerate(trends)]
    return Emerging(z, q, hot, cold, classes, trends)
