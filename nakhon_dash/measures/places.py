"""Where more happens than expected: cells, their verdict, and clusters."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis import spatial
from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.queries import Reader, cases

SPARSE = 2.0  # below this mean number of cases a cell, two rings: one ring would cry wolf
CLASSES = ("hot99", "hot95", "ns", "cold95", "cold99")


@dataclass(frozen=True)
class Cluster:
    """Connected hot cells; `expected` if every cell had the mean; `zone` where most of its cases lie."""

    rank: int
    cells: tuple[int, ...]
    cases: int
    expected: float
    zone: str | None


@dataclass(frozen=True)
class Places:
    """`cells`: every cell of the municipality, zeros too: cell, n, expected, z, p, q, verdict (CLASSES), cluster
    (rank, 0 = none). `mapped` cases lie in them, `unmapped` have no usable point. `method` is quick or permutation,
    `rings` the neighbourhood."""

    cells: pd.DataFrame
    clusters: list[Cluster]
    mapped: int
    unmapped: int
    method: str
    rings: int
    res: int


def hotspots(
    reader: Reader, profile: Profile, scope: Scope, as_of: int, res: int = 9, method: str = "quick"  # noqa: ARG001
) -> Places:
    """Gi* of the cases of the view. The verdict is q < .05 or .01 after false-discovery control, not z alone.

    The profile is taken as by every other figure; the cells come from the layers that it names.
    """
    rows = cases.cells(reader, scope, as_of, res)
    every = geography.cells(res)
    per_cell = rows.groupby("cell")["n"].sum()
    n = per_cell.reindex(every, fill_value=0).to_numpy("float64")
    rings = 1 if n.mean() >= SPARSE else 2
    found = spatial.verdict(n, spatial.rings(every, rings), rings, method)
    hot = (found.q < 0.05) & (found.z > 0)
    labels = spatial.clusters(spatial.rings(every, 1), hot)
    table = pd.DataFrame({"cell": every, "n": n.astype(int), "expected": n.mean(), "z": found.z, "p": found.p,
                          "q": found.q, "verdict": _verdict(found), "cluster": 0})  # fmt: skip
    ranked = _clusters(table, labels, rows)
    for cluster in ranked:
        table.loc[table["cell"].isin(cluster.cells), "cluster"] = cluster.rank
    unmapped = cases.unmapped(reader, scope, as_of)
    return Places(table, ranked, int(n.sum()), unmapped, found.method, rings, res)


def _verdict(found: spatial.Verdict) -> np.ndarray:
    hot, cold = found.z > 0, found.z < 0
    chosen = [hot & (found.q < 0.01), hot & (found.q < 0.05), cold & (found.q < 0.01), cold & (found.q < 0.05)]
    return np.select(chosen, ["hot99", "hot95", "cold99", "cold95"], default="ns")


def _clusters(table: pd.DataFrame, labels: np.ndarray, rows: pd.DataFrame) -> list[Cluster]:
    """Most cases above expectation first."""
    found = []
    for label in range(labels.max() + 1 if len(labels) else 0):
        chosen = table[labels == label]
        members = rows[rows["cell"].isin(chosen["cell"])].dropna(subset=["zone"])
        zones = members.groupby("zone")["n"].sum()
        zone = None if zones.empty else str(zones.idxmax())
        found.append((chosen, zone))
    found.sort(key=lambda pair: (-(pair[0]["n"] - pair[0]["expected"]).sum(), pair[0]["cell"].min()))
    return [
        Cluster(rank, tuple(chosen["cell"].tolist()), int(chosen["n"].sum()), float(chosen["expected"].sum()), zone)
        for rank, (chosen, zone) in enumerate(found, start=1)
    ]
