"""What changed and why: the change of the share on time since the compare period, split into mix and performance."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.decompose import Change, decompose
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.fairness import parts_of


@dataclass(frozen=True)
class Moved:
    """`parts` in the order of `change`'s arrays; `k` and `n` are (before, now)."""

    parts: list[Part]
    k: tuple[np.ndarray, np.ndarray]
    n: tuple[np.ndarray, np.ndarray]
    change: Change


def moved(ask: Ask, by: str) -> Moved | None:
    """The change from the compare period by `by`; None without that period or when one of both has no case due."""

    def compute() -> Moved | None:
        if ask.earlier is None:
            return None
        sides = [{part.key: (k, n) for part, k, n in parts_of(one, by)} for one in (ask.earlier, ask)]
        parts = sorted((Part(ask, by, key) for key in sides[0] | sides[1]), key=lambda part: part.rank)
        k, n = (tuple(np.array([side.get(p.key, (0, 0))[i] for p in parts], dtype=float) for side in sides)
                for i in (0, 1))  # fmt: skip
        change = decompose(k[0], n[0], k[1], n[1])
        return None if change is None else Moved(parts, (k[0], k[1]), (n[0], n[1]), change)

    return ask.once(("moved", by), compute)


def mix_change(ask: Ask, by: str) -> pd.DataFrame:
    """Each part's share of the change, then the row `total`, whose mix and performance are the sums.

    `low`, `high`: of a part's performance, at a level that holds for all parts at once; in the row `total` of the
    whole change, with those of both sums beside.
    """
    found = moved(ask, by)
    if found is None:
        return pd.DataFrame()
    c = found.change
    rows = pd.DataFrame({
        "group": [part.group for part in found.parts], "n0": found.n[0].astype(int), "n1": found.n[1].astype(int),
        "w0": c.weight0, "w1": c.weight1, "r0": c.rate0, "r1": c.rate1, "mix": c.mix, "performance": c.performance,
        "change": c.mix + c.performance, "low": c.limits[0], "high": c.limits[1],
    })  # fmt: skip
    total = pd.DataFrame([{
        "group": "total", "n0": int(found.n[0].sum()), "n1": int(found.n[1].sum()), "w0": 1.0, "w1": 1.0,
        "r0": c.before, "r1": c.after, "mix": float(c.mix.sum()), "performance": float(c.performance.sum()),
        "change": c.total, "low": c.total_limits[0], "high": c.total_limits[1],
        "mix_low": c.mix_limits[0], "mix_high": c.mix_limits[1],
        "performance_low": c.performance_limits[0], "performance_high": c.performance_limits[1],
    }])  # fmt: skip
    return pd.concat([rows, total], ignore_index=True)
