"""What makes one place busy: how many cases lie at one point, when they come, and what chance would bring."""

import numpy as np
from scipy.special import chdtrc, pdtr, pdtrc, pdtrik

from nakhon_dash.analysis.recurrence import metres_per_degree

HOURS, BLOCK = 24, 4  # the day is tested in blocks of so many hours
FEWEST_TIMES = 30  # five cases a block, below which the test is none


def most_within(lat: np.ndarray, lon: np.ndarray, metres: float) -> int:
    """The most cases that lie within `metres` of one of them; 0 without cases."""
    if not len(lat):
        return 0
    from scipy.spatial import cKDTree  # slow to import, and needed for one place only

    north, east = metres_per_degree(np.array(float(np.mean(lat))))
    spots, n = np.unique(np.round(np.column_stack((lat * north, lon * east)), 1), axis=0, return_counts=True)
    near = cKDTree(spots).query_ball_point(spots, metres)
    return max(int(n[found].sum()) for found in near)


def peak_hours(counts: np.ndarray) -> tuple[int, int] | None:
    """First hour and length of the BLOCK hours in a row with most cases, round midnight too; None when the day is not
    uneven beyond chance (chi-square over six blocks, p < .05) or cases are too few to tell."""
    counts = np.asarray(counts, dtype=float)
    total = counts.sum()
    if total < FEWEST_TIMES:
        return None
    blocks = counts.reshape(-1, BLOCK).sum(1)
    expected = total / len(blocks)
    if chdtrc(len(blocks) - 1, ((blocks - expected) ** 2).sum() / expected) >= 0.05:
        return None
    round_midnight = np.concatenate((counts, counts[: BLOCK - 1]))
    return int(np.argmax(np.convolve(round_midnight, np.ones(BLOCK), "valid"))), BLOCK


def poisson_band(mean: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Least and most cases that chance brings around each mean in `level` of all tries; 0 to 0 around nothing."""
    mean, tail = np.asarray(mean, dtype=float), (1 - level) / 2
    safe = np.maximum(mean, 1e-9)
    low, high = (_quantile(share, safe) for share in (tail, 1 - tail))
    return np.where(mean > 0, low, 0.0), np.where(mean > 0, high, 0.0)


def _quantile(share: float, mean: np.ndarray) -> np.ndarray:
    """The smallest count up to which at least `share` of the Poisson lies."""
    near = np.ceil(np.maximum(np.nan_to_num(pdtrik(share, mean)), 0.0))
    near = np.where((near > 0) & (pdtr(np.maximum(near - 1, 0), mean) >= share), near - 1, near)
    return np.where(pdtr(near, mean) < share, near + 1, near)


def poisson_above(n: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """One-sided p of so many cases or more around each mean; 1 where none came."""
    n, mean = np.asarray(n, dtype=float), np.asarray(mean, dtype=float)
    return np.where(n > 0, pdtrc(np.maximum(n - 1, 0), np.maximum(mean, 1e-9)), 1.0)
