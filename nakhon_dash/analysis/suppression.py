"""Which counts to hide so that no small one can be worked out from the sums that are also told.

Small counts are hidden; a hidden one that a told sum would give back takes a second one with it (complementary
suppression; Willenborg & de Waal 2001, Elements of statistical disclosure control). A sum guards what is hidden in it
when that is at least two counts, together at least k. Sums overlap, so what their differences give back counts too.
"""

from collections.abc import Sequence

import numpy as np

_SURE = 1e-8


def hide(n: np.ndarray, k: int, groups: list[np.ndarray], untold: Sequence[np.ndarray] = ()) -> np.ndarray:
    """Which of the counts `n` to hide: those from 1 to k - 1, and as many more as the told sums make necessary.

    `groups` are the told sums, each as the places of its counts; of the `untold` sums at least one count is hidden, so
    that they stay unknown. The smallest count that is not yet hidden goes next, empty ones last. A sum whose every
    count is hidden, and which is below k, must not be told either.
    """
    n = np.asarray(n)
    hidden = (n > 0) & (n < k)
    for group in untold:
        if not hidden[group].any():
            _add(n, hidden, group)
    if not hidden.any():
        return hidden
    members = [np.asarray(group, dtype=np.int64) for group in groups]
    more = True
    while more:
        more = False
        for group in members:
            while _bare(n, k, hidden, group) and _add(n, hidden, group):
                more = True
        for place in given_back(hidden, members):
            own_first = sorted(members, key=lambda group: place not in group)
            more |= any(_add(n, hidden, group) for group in own_first)
    return hidden


def _bare(n: np.ndarray, k: int, hidden: np.ndarray, group: np.ndarray) -> bool:
    inside = group[hidden[group]]
    return len(inside) > 0 and (len(inside) < 2 or int(n[inside].sum()) < k)


def _add(n: np.ndarray, hidden: np.ndarray, group: np.ndarray) -> bool:
    """Hides one more count of the group; False when there is none left."""
    left = group[~hidden[group]]
    if not len(left):
        return False
    order = np.lexsort((left, n[left], n[left] == 0))
    hidden[left[order[0]]] = True
    return True


def given_back(hidden: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """Places of hidden counts that the told sums and their differences give back exactly."""
    unknown = np.flatnonzero(hidden)
    if not len(unknown) or not groups:
        return unknown[:0]
    sums = np.array([np.isin(unknown, group) for group in groups], dtype=float)
    _, size, basis = np.linalg.svd(sums[sums.any(1)], full_matrices=True)
    free = basis[int((size > _SURE).sum()) :]
    return unknown[(np.abs(free) < 1e-6).all(0)]
