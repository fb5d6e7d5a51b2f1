"""Where more happens than expected: Gi* on a grid, its significance, and clusters of significant cells.

Gi* after Ord & Getis 1995 (with the cell itself, variance divided by n); the null relabels all cells, so its moments
are those of Gi*. Two verdicts: "quick" fits a Pearson-III tail to the first three moments of that null,
"permutation" draws it. Beside a hot cell its neighbours turn hot too: that is what Gi* means.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.special import gammaincc, ndtr

RUNS, SEED = 9_999, 20_250_101


def rings(cells: list[int], k: int) -> sparse.csr_array:
    """Binary weights: 1 for each listed cell at most `k` H3 steps away, itself included."""
    import h3.api.basic_int as h3

    place = {cell: i for i, cell in enumerate(cells)}
    pairs = [(i, place[near]) for i, cell in enumerate(cells) for near in h3.grid_disk(cell, k) if near in place]
    rows, columns = np.array(pairs).T if pairs else (np.array([], int), np.array([], int))
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(cells), len(cells)))


def gi_star(x: np.ndarray, weights: sparse.csr_array) -> np.ndarray:
    """z of Gi* for each cell; 0 everywhere when all values are equal."""
    x, n = np.asarray(x, dtype=float), len(x)
    mean, sd = x.mean(), x.std()
    w, s1 = np.asarray(weights.sum(1)).ravel(), np.asarray(weights.power(2).sum(1)).ravel()
    scale = sd * np.sqrt((n * s1 - w**2) / (n - 1))
    return np.divide(weights @ x - mean * w, scale, out=np.zeros(n), where=scale > 0)


def quick_p(x: np.ndarray, ring: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Two-sided p of Gi* under full relabelling, by a Pearson-III tail; `ring` = cells in the ring with itself."""
    x, n, m = np.asarray(x, dtype=float), len(x), np.asarray(ring, dtype=float)
    d = x - x.mean()
    m2, m3 = (d**2).mean(), (d**3).mean()
    if m2 == 0 or n < 3:
        return np.ones(n)
    k2 = m * m2 * (n - m) / (n - 1)
    k3 = m * m3 * (n - m) * (n - 2 * m) / ((n - 1) * (n - 2))
    skew = np.divide(k3, k2**1.5, out=np.zeros(n), where=k2 > 0)
    flat = np.abs(skew) < 1e-6
    g = np.where(flat, 1.0, skew)
    a = 4 / g**2
    upper = gammaincc(a, np.maximum(a + np.sign(g) * z * np.sqrt(a), 0.0))
    upper = np.where(flat, ndtr(-z), np.where(g < 0, 1 - upper, upper))
    return np.where(k2 > 0, np.minimum(2 * np.minimum(upper, 1 - upper), 1.0), 1.0)


def permutation_p(x: np.ndarray, weights: sparse.csr_array, runs: int = RUNS, seed: int = SEED) -> np.ndarray:
    """Two-sided p of the ring sums when all values are relabelled `runs` times; the same at every call."""
    x, random = np.asarray(x, dtype=float), np.random.default_rng(seed)
    observed = weights @ x
    above, below = np.zeros(len(x)), np.zeros(len(x))
    for first in range(0, runs, 200):
        drawn = weights @ random.permuted(np.tile(x, (min(200, runs - first), 1)), axis=1).T
        above += (drawn >= observed[:, None]).sum(1)
        below += (drawn <= observed[:, None]).sum(1)
    return np.minimum(2 * (np.minimum(above, below) + 1) / (runs + 1), 1.0)


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
    """z, p, q of each cell; `method` is quick or permutation, `k` the ring that was used."""

    z: np.ndarray
    p: np.ndarray
    q: np.ndarray
    ring_expected: np.ndarray
    method: str
    k: int


def verdict(x: np.ndarray, weights: sparse.csr_array, k: int, method: str = "quick") -> Verdict:
    z = gi_star(x, weights)
    ring = np.asarray(weights.sum(1)).ravel()
    p = quick_p(x, ring, z) if method == "quick" else permutation_p(x, weights)
    return Verdict(z, p, false_discovery(p), ring * float(np.mean(x)), method, k)
