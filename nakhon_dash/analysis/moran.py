"""Like beside like: Moran's I of a map, and the cells that make it (local Moran, LISA).

After Anselin 1995, Geogr Anal 27:93-115; analytic moments of the local statistic given the cell's own value after
Sauer et al. 2021, Geogr Anal 53:574-593. The verdict is drawn: the cell keeps its value, the others are relabelled.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from nakhon_dash.analysis.spatial import RUNS, SEED, false_discovery, without_putting_back

QUADRANTS = ("HH", "LL", "HL", "LH")  # high among high, low among low, high among low, low among high


@dataclass(frozen=True)
class Global:
    """Moran's I with its expectation and z under randomisation (Cliff & Ord 1981)."""

    i: float
    expected: float
    z: float


def row_standardised(weights: sparse.csr_array) -> sparse.csr_array:
    """Weights without the cell itself whose rows sum to 1; a cell without neighbours keeps an empty row."""
    bare = sparse.csr_array(weights - sparse.diags_array(weights.diagonal()))
    bare.eliminate_zeros()
    sums = np.asarray(bare.sum(1)).ravel()
    return sparse.csr_array(sparse.diags_array(np.divide(1, sums, out=np.zeros(len(sums)), where=sums > 0)) @ bare)


def moran(x: np.ndarray, weights: sparse.csr_array) -> Global | None:
    """Moran's I for given weights; None when all values are equal or there are fewer than four."""
    x, n = np.asarray(x, dtype=float), len(x)
    d = x - x.mean()
    squares = float((d**2).sum())
    if n < 4 or squares == 0:
        return None
    w = sparse.csr_array(weights)
    total = float(w.sum())
    value = n / total * float(d @ (w @ d)) / squares
    both = w + w.T
    s1 = float(both.power(2).sum()) / 2
    s2 = float(((np.asarray(w.sum(1)).ravel() + np.asarray(w.sum(0)).ravel()) ** 2).sum())
    kurtosis = n * float((d**4).sum()) / squares**2
    expected = -1 / (n - 1)
    upper = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
    upper -= kurtosis * (n * (n - 1) * s1 - 2 * n * s2 + 6 * total**2)
    variance = upper / ((n - 1) * (n - 2) * (n - 3) * total**2) - expected**2
    return Global(value, expected, (value - expected) / float(np.sqrt(variance)))


@dataclass(frozen=True)
class Local:
    """For each cell: statistic, analytic z, two-sided p by relabelling, q after false discovery, quadrant."""

    i: np.ndarray
    z: np.ndarray
    p: np.ndarray
    q: np.ndarray
    quadrant: np.ndarray

    def verdict(self, level: float = 0.05) -> np.ndarray:
        """The quadrant where q is below `level`, else "ns"."""
        return np.where(self.q < level, self.quadrant, "ns")


def local(x: np.ndarray, weights: sparse.csr_array, runs: int = RUNS, seed: int = SEED) -> Local:
    """Local Moran; `weights` as `row_standardised` makes them of neighbours that all count alike.

    A map of equal values, and a cell alone, is never a cluster.
    """
    x, n = np.asarray(x, dtype=float), len(x)
    d = x - x.mean()
    m2 = float((d**2).mean())
    lag = weights @ d
    quadrant = np.where(d > 0, np.where(lag > 0, "HH", "HL"), np.where(lag > 0, "LH", "LL"))
    if m2 == 0 or n < 3:
        return Local(np.zeros(n), np.zeros(n), np.ones(n), np.ones(n), quadrant)
    i = d * lag / m2
    z = _z(d, i, weights, m2)
    p = _conditional_p(d, lag, weights, runs, seed)
    return Local(i, z, p, false_discovery(p), quadrant)


def _z(d: np.ndarray, i: np.ndarray, weights: sparse.csr_array, m2: float) -> np.ndarray:
    n = len(d)
    w, w2 = np.asarray(weights.sum(1)).ravel(), np.asarray(weights.power(2).sum(1)).ravel()
    expected = -(d**2) * w / ((n - 1) * m2)
    variance = (d / m2) ** 2 * n / (n - 2) * (w2 - w**2 / (n - 1)) * (m2 - d**2 / (n - 1))
    return np.divide(i - expected, np.sqrt(np.maximum(variance, 0)), out=np.zeros(n), where=variance > 1e-15)


def _conditional_p(d: np.ndarray, lag: np.ndarray, weights: sparse.csr_array, runs: int, seed: int) -> np.ndarray:
    """Two-sided p of the neighbours' mean when the others change places and the cell stays.

    Each run draws one cell more than the widest neighbourhood has. A cell takes the first as its neighbours; where it
    was drawn itself, the next one stands in. So one draw serves every cell, however large the city.
    """
    size, p = np.diff(weights.indptr), np.ones(len(d))
    if not size.max(initial=0):
        return p
    drawn = without_putting_back(len(d), int(size.max()) + 1, runs, np.random.default_rng(seed))
    for m in np.unique(size[size > 0]).tolist():
        above, below = _tails(d, np.where(size == m, lag * m, np.nan), drawn[:, :m], d[drawn[:, m]])
        own = size == m
        p[own] = np.minimum(2 * (np.minimum(above, below)[own] + 1) / (runs + 1), 1.0)
    return p


def _tails(d: np.ndarray, wanted: np.ndarray, drawn: np.ndarray, spare: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each cell: runs whose sum is at least, and at most, as `wanted`; NaN = a cell that is not asked."""
    sums, near = d[drawn].sum(1), 1e-12 * max(float(np.abs(d).sum()), 1.0)
    ordered = np.sort(sums)
    above = (len(sums) - np.searchsorted(ordered, wanted - near, side="left")).astype(np.int64)
    below = np.searchsorted(ordered, wanted + near, side="right").astype(np.int64)
    cell = drawn.ravel()
    with_itself = np.repeat(sums, drawn.shape[1])
    without = with_itself - d[cell] + np.repeat(spare, drawn.shape[1])
    for tail, reaches in ((above, lambda s: s >= wanted[cell] - near), (below, lambda s: s <= wanted[cell] + near)):
        tail += np.bincount(cell, reaches(without).astype(float) - reaches(with_itself), len(d)).astype(np.int64)
    return above, below
