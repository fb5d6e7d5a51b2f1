"""Where more happens than expected: Gi* on a grid, its significance, and clusters of significant cells.

Gi* after Ord & Getis 1995 (with the cell itself, variance divided by n); the null relabels all cells, so its moments
are those of Gi*. Two verdicts: "quick" fits a Pearson-III tail to the first three moments of that null,
"permutation" draws it. Beside a hot cell its neighbours turn hot too: that is what Gi* means.
"""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.special import gammaincc, ndtr

RUNS, SEED = 9_999, 20_250_101
CLASSES = ("hot99", "hot95", "ns", "cold95", "cold99")
_BLOCK = 4_000_000  # sums held at once: bounds memory
_NOTHING = 1e-9


def rings(cells: list[int] | np.ndarray, k: int) -> sparse.csr_array:
    """Binary weights: 1 for each listed cell at most `k` H3 steps away, itself included."""
    import h3.api.basic_int as h3

    listed = np.asarray(cells, dtype=np.int64)
    if not len(listed):
        return sparse.csr_array((0, 0))
    near = [h3.grid_disk(cell, k) for cell in listed.tolist()]
    row = np.repeat(np.arange(len(listed)), [len(found) for found in near])
    number = np.fromiter(chain.from_iterable(near), np.int64, len(row))
    order = np.argsort(listed)
    place = order[np.minimum(np.searchsorted(listed, number, sorter=order), len(listed) - 1)]
    known = listed[place] == number
    pairs = (np.ones(int(known.sum())), (row[known], place[known]))
    return sparse.csr_array(pairs, shape=(len(listed), len(listed)))


def on_land(x: np.ndarray, weights: sparse.csr_array, land: np.ndarray) -> tuple[np.ndarray, sparse.csr_array]:
    """Values and weights of Gi* where cells hold only the share `land` of what a whole cell can hold.

    Each count less what its land would hold, over the root of the land: all of like variance when cases are spread
    evenly, so that relabelling them is fair. Weighted by that root again, a ring sums to counted less expected.
    With whole cells this is Gi* of the counts.
    """
    root = np.sqrt(land)
    expected = land * (np.sum(x) / np.sum(land) if np.sum(land) else 0.0)
    return (np.asarray(x, dtype=float) - expected) / root, sparse.csr_array(weights @ sparse.diags_array(root))


def gi_star(x: np.ndarray, weights: sparse.csr_array) -> np.ndarray:
    """z of Gi* for each cell; 0 everywhere when all values are equal."""
    x, n = np.asarray(x, dtype=float), len(x)
    mean, sd = x.mean(), x.std()
    w, s1 = np.asarray(weights.sum(1)).ravel(), np.asarray(weights.power(2).sum(1)).ravel()
    scale = sd * np.sqrt(np.maximum(n * s1 - w**2, 0) / (n - 1)) if n > 1 else np.zeros(n)
    return np.divide(weights @ x - mean * w, scale, out=np.zeros(n), where=scale > _NOTHING)


def quick_p(x: np.ndarray, weights: sparse.csr_array, z: np.ndarray) -> np.ndarray:
    """Two-sided p of Gi* under full relabelling, by a Pearson-III tail (Caldas de Castro & Singer 2006, and the third
    moment of a linear permutation statistic)."""
    x, n = np.asarray(x, dtype=float), len(x)
    d = x - x.mean()
    m2, m3 = (d**2).sum(), (d**3).sum()
    if n < 3 or m2 <= _NOTHING:
        return np.ones(n)
    s1, s2, s3 = (np.asarray(weights.power(power).sum(1)).ravel() for power in (1, 2, 3))
    k2 = (s2 - s1**2 / n) * m2 / (n - 1)
    k3 = n * (s3 - 3 * s1 * s2 / n + 2 * s1**3 / n**2) * m3 / ((n - 1) * (n - 2))
    spread = k2 > _NOTHING * m2  # a ring that is the whole map says nothing
    skew = np.divide(k3, k2**1.5, out=np.zeros(n), where=spread)
    flat = np.abs(skew) < 1e-6
    g = np.where(flat, 1.0, skew)
    a = 4 / g**2
    upper = gammaincc(a, np.maximum(a + np.sign(g) * z * np.sqrt(a), 0.0))
    upper = np.where(flat, ndtr(-z), np.where(g < 0, 1 - upper, upper))
    return np.where(spread, np.minimum(2 * np.minimum(upper, 1 - upper), 1.0), 1.0)


def permutation_p(x: np.ndarray, weights: sparse.csr_array, runs: int = RUNS, seed: int = SEED) -> np.ndarray:
    """Two-sided p of the ring sums when all values are relabelled `runs` times; the same at every call.

    A relabelling lays any values on a ring's cells equally often, so that each run draws as many values as the widest
    ring has cells, without putting back, and lays them on every ring: the p of each cell is that of a relabelling of
    the whole map. Sums as near as rounding count as equal.
    """
    x = np.asarray(x, dtype=float)
    if not len(x) or not weights.nnz:
        return np.ones(len(x))
    values, random = (x - x.mean()).astype(np.float32), np.random.default_rng(seed)
    laid = _side_by_side(weights)
    observed = (weights @ (x - x.mean())).astype(np.float32)
    near = np.float32(1e-5) * np.maximum(np.abs(weights) @ np.abs(values), np.float32(1e-12))
    above, below = np.zeros(len(x), np.int64), np.zeros(len(x), np.int64)
    block = max(_BLOCK // len(x), 1)
    for first in range(0, runs, block):
        drawn = laid @ values[without_putting_back(len(x), laid.shape[1], min(block, runs - first), random)].T
        above += np.count_nonzero(drawn >= (observed - near)[:, None], axis=1)
        below += np.count_nonzero(drawn <= (observed + near)[:, None], axis=1)
    return np.minimum(2 * (np.minimum(above, below) + 1) / (runs + 1), 1.0)


def _side_by_side(weights: sparse.csr_array) -> np.ndarray:
    """The weights of each row without the zeros, one after the other, filled up with zeros at the end."""
    rows = weights.tocsr()
    size = np.diff(rows.indptr)
    laid = np.zeros((rows.shape[0], int(size.max())), np.float32)
    laid[np.repeat(np.arange(rows.shape[0]), size), np.arange(rows.nnz) - np.repeat(rows.indptr[:-1], size)] = rows.data
    return laid


def without_putting_back(n: int, m: int, runs: int, random: np.random.Generator) -> np.ndarray:
    """`runs` rows of `m` different numbers below `n`, every order equally likely (Floyd, then shuffled)."""
    if m * m > n * 8:
        return random.permuted(np.tile(np.arange(n), (runs, 1)), axis=1)[:, :m]
    chosen = np.empty((m, runs), np.int64)
    for i, last in enumerate(range(n - m, n)):
        one = random.integers(0, last + 1, runs)
        chosen[i] = np.where((chosen[:i] == one).any(0), last, one)
    return random.permuted(chosen, axis=0).T


def false_discovery(p: np.ndarray) -> np.ndarray:
    """q of each p (Benjamini & Hochberg 1995): significant at q < .05 keeps false finds below 1 in 20."""
    p = np.asarray(p, dtype=float)
    order = np.argsort(p)
    q = p[order] * len(p) / np.arange(1, len(p) + 1)
    out = np.empty(len(p))
    out[order] = np.minimum(np.minimum.accumulate(q[::-1])[::-1], 1.0)
    return out


def clusters(adjacent: sparse.csr_array, chosen: np.ndarray) -> np.ndarray:
    """Number of the connected group of each chosen cell (0, 1, …), -1 for the others."""
    index = np.flatnonzero(chosen)
    labels = np.full(len(chosen), -1)
    if len(index):
        _, labels[index] = connected_components(adjacent[index][:, index], directed=False)
    return labels


@dataclass(frozen=True)
class Verdict:
    """z, p, q and the expected value of each cell; `method` is quick or permutation, `k` the ring that was used."""

    z: np.ndarray
    p: np.ndarray
    q: np.ndarray
    expected: np.ndarray
    method: str
    k: int

    @property
    def hot(self) -> np.ndarray:
        return (self.q < 0.05) & (self.z > 0)

    @property
    def words(self) -> np.ndarray:
        """One of CLASSES for each cell."""
        hot, cold = self.z > 0, self.z < 0
        chosen = [hot & (self.q < 0.01), hot & (self.q < 0.05), cold & (self.q < 0.01), cold & (self.q < 0.05)]
        return np.select(chosen, ["hot99", "hot95", "cold99", "cold95"], default="ns")


def verdict(
    x: np.ndarray, weights: sparse.csr_array, k: int, method: str = "quick", land: np.ndarray | None = None
) -> Verdict:
    """The verdict on each cell; `land` is the share of the cell that can hold cases, None = whole cells."""
    whole = np.ones(len(x)) if land is None else land
    values, weighted = on_land(x, weights, whole)
    z = gi_star(values, weighted)
    p = quick_p(values, weighted, z) if method == "quick" else permutation_p(values, weighted)
    return Verdict(z, p, false_discovery(p), whole * (np.sum(x) / np.sum(whole)), method, k)
