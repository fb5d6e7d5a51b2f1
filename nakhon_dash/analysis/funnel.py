"""Funnel limits: how far the share of a part may lie from the share of all before it is more than chance.

Exact binomial limits, interpolated between whole cases; overdispersion from winsorised z-scores (Spiegelhalter 2005,
Stat Med 24:1185-1202). A part inside the limits is not shown to be as good as the rest, only not shown to differ.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik, chdtri

INNER, OUTER = 0.95, 0.998
WINSOR = 0.1  # each tail of the z-scores that is pulled in
FEWEST_PARTS = 10  # below this one far part would widen the limits for itself

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Funnel:
    """`share`, `low`, `high` are shares (0 to 1); `z` is against chance alone, before any widening.

    `outside`: 0 inside, 1 or -1 beyond the 95 % limits, 2 or -2 beyond 99.8 %, the sign being the side.
    `phi` is None when there are too few parts to tell; the limits are `widened` by its root only if it is clearly
    above 1.
    """

    centre: float
    share: Floats
    z: Floats
    inner: tuple[Floats, Floats]
    outer: tuple[Floats, Floats]
    outside: NDArray[np.int64]
    phi: float | None
    widened: bool

    @property
    def stretch(self) -> float:
        """How many times further out the limits stand than chance alone puts them."""
        return self.phi**0.5 if self.phi is not None and self.widened else 1.0

    def at(self, n: ArrayLike, level: float) -> tuple[Floats, Floats]:
        """The limits for any number of cases: the curves of the funnel."""
        return _widened(limits(n, self.centre, level), self.centre, self.stretch)


def limits(n: ArrayLike, centre: float, level: float) -> tuple[Floats, Floats]:
    """Interpolated exact binomial limits of a share of `n` cases about `centre`, two-sided at `level`."""
    size = np.asarray(n, dtype=float)
    tail = (1 - level) / 2
    return _lower(size, centre, tail), 1 - _lower(size, 1 - centre, tail)


def _lower(n: Floats, centre: float, p: float) -> Floats:
    """(r - a) / n with r the p-quantile of the binomial count and a the part of its step above p.

    A count below it has probability under p. The upper limit is that of the cases that are late, so that neither side
    calls a likely count outside: interpolating down from above would, where all of a few cases are on time.
    """
    if centre <= 0 or centre >= 1:
        return np.full(n.shape, float(centre))
    r = np.clip(np.ceil(bdtrik(p, n, centre)), 0, n)
    r = np.where((r > 0) & (_cdf(r - 1, n, centre) >= p), r - 1, r)
    below, upto = _cdf(r - 1, n, centre), _cdf(r, n, centre)
    return np.clip((r - (upto - p) / (upto - below)) / n, 0.0, 1.0)


def _cdf(k: Floats, n: Floats, centre: float) -> Floats:
    return np.where(k < 0, 0.0, bdtr(np.maximum(k, 0), n.astype(np.int64), centre))


def overdispersion(z: ArrayLike, q: float = WINSOR) -> float:
    """Mean square of the z-scores after the lowest and highest `q` of them are pulled in to their quantiles."""
    scores = np.asarray(z, dtype=float)
    low, high = np.quantile(scores, [q, 1 - q])
    return float(np.mean(np.clip(scores, low, high) ** 2))


def funnel(k: ArrayLike, n: ArrayLike, centre: float | None = None) -> Funnel:
    """Each part's k of n (n at least 1) against `centre`, by default the share of all parts together."""
    cases, size = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    if centre is None:
        centre = float(cases.sum() / size.sum())
    share = cases / size
    spread = np.sqrt(centre * (1 - centre) / size)
    z = np.divide(share - centre, spread, out=np.zeros_like(share), where=spread > 0)
    phi = overdispersion(z) if len(z) >= FEWEST_PARTS else None
    widened = phi is not None and len(z) * phi > chdtri(len(z), 1 - INNER)
    stretch = phi**0.5 if phi is not None and widened else 1.0
    inner, outer = (_widened(limits(size, centre, level), centre, stretch) for level in (INNER, OUTER))
    outside = np.zeros(len(share), dtype=np.int64)
    for low, high in (inner, outer):
        outside += (share > high).astype(np.int64) - (share < low).astype(np.int64)
    return Funnel(centre, share, z, inner, outer, outside, phi, widened)


def _widened(ends: tuple[Floats, Floats], centre: float, stretch: float) -> tuple[Floats, Floats]:
    """Limits moved away from the centre by the factor `stretch`, kept inside 0 to 1."""
    low, high = (np.clip(centre + (end - centre) * stretch, 0.0, 1.0) for end in ends)
    return low, high
