"""Layer: where more or fewer cases lie than chance would put there, by Gi* with a permutation, and how firm that is."""

from html import escape

import h3.api.basic_int as h3
import numpy as np
import pandas as pd

from nakhon_dash.analysis.spatial import CLASSES, RUNS, SEED
from nakhon_dash.figures.map import SUPPRESSED, Cluster
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.spots import FEWEST_CASES, FEWEST_CELLS, OF, Spots, robustness, spots
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import collapsed
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

LOOK = dict(zip(CLASSES, ("h2", "h1", "ns", "c1", "c2"), strict=True)) | {"few": SUPPRESSED}
LISTED = 3  # groups in the sentence; all of them are on the map


def draw(page: Page) -> Drawn:
    found = spots(page.now, collapse=collapsed())
    return Drawn(
        shows=page.t("gi.shows"),
        hides=page.t("gi.hides"),
        finding=finding(page, found),
        legend=[(LOOK[code], page.t(f"gi.{code}")) for code in (CLASSES if found.enough else ("few",))],
        cells=_cells(page, found),
        clusters=_groups(page, found),
        table=told(page, found),
        about="cells",
        command=command("cells", page.scope, page.at, by="" if collapsed() else "all"),
        method=page.t("gi.method", n=numbers.count(found.mapped, page.lang), rings=found.rings, seed=SEED, of=OF,
                      runs=numbers.decimal(RUNS, 0)) if found.enough else "",
    )  # fmt: skip


def zone_name(page: Page, code: str | None) -> str:
    return name_of(page, "zone", code) if code else page.t("gi.no_zone")


def finding(page: Page, found: Spots) -> str:
    """How many groups, the first of them with their numbers, and how many cells lie below expectation."""
    if not found.enough:
        return page.t("gi.too_few", cases=FEWEST_CASES, cells=FEWEST_CELLS, n=numbers.decimal(found.mapped, 0),
                      there=found.cells_with_cases)  # fmt: skip
    if not found.clusters:
        said = page.t("gi.none", cells=numbers.decimal(len(found.cells), 0))
    else:
        listed = [_group(page, found, rank) for rank in range(min(LISTED, len(found.clusters)))]
        if (rest := len(found.clusters) - LISTED) > 0:
            listed.append(page.t("gi.more", n=numbers.count(rest, page.lang, "clusters")))
        groups = numbers.count(len(found.clusters), page.lang, "clusters")
        said = page.t("gi.found", groups=groups, list=" · ".join(listed))
    cold = int(found.cells["verdict"].isin(["cold95", "cold99"]).sum())
    return f"{said} · {page.t('gi.cold', n=numbers.count(cold, page.lang, 'cells'))}" if cold else said


def firm(page: Page, rank: int) -> str:
    """In how many of the ways to lay the grid the group is high, in words."""
    return page.t("gi.firm", hot=robustness(page.now, collapse=collapsed())[rank].hot, of=OF)


def told(page: Page, found: Spots) -> pd.DataFrame:
    """The cells as a public download: verdict and expectation; counts below k are missing, and what would give them
    back (z, p and exact q) is left to the command line."""
    rows, k = found.cells, page.profile.privacy.k
    n = rows["n"].astype("Int64").mask((rows["n"] > 0) & (rows["n"] < k))
    return pd.DataFrame({"cell": [h3.int_to_str(cell) for cell in rows["cell"]], "zone": rows["zone"], "n": n,
                         "expected": rows["expected"].round(1), "verdict": rows["verdict"],
                         "cluster": rows["cluster"]})  # fmt: skip


def _group(page: Page, found: Spots, place: int) -> str:
    one = found.clusters[place]
    return page.t("gi.group", rank=one.rank, zone=escape(zone_name(page, one.zone)),
                  cases=numbers.count(one.cases, page.lang), firm=firm(page, one.rank),
                  expected=numbers.decimal(one.expected, 0))  # fmt: skip


def _groups(page: Page, found: Spots) -> list[Cluster]:
    return [Cluster(one.rank, tuple(h3.int_to_str(cell) for cell in one.cells), zone_name(page, one.zone),
                    firm(page, one.rank)) for one in found.clusters]  # fmt: skip


def _cells(page: Page, found: Spots) -> pd.DataFrame:
    k = page.profile.privacy.k
    fewer = page.t("gi.fewer", k=k)
    cases = [fewer if 0 < n < k else numbers.count(n, page.lang) for n in found.cells["n"].tolist()]
    words = {code: page.t(f"gi.{code}") for code in LOOK}
    tips = [page.t("gi.tip", cases=said, expected=numbers.decimal(expected, 1), verdict=words[verdict])
            for said, expected, verdict in zip(cases, np.round(found.cells["expected"], 1).tolist(),
                                               found.cells["verdict"], strict=True)]  # fmt: skip
    return pd.DataFrame({"h3": [h3.int_to_str(cell) for cell in found.cells["cell"].tolist()],
                         "look": found.cells["verdict"].map(LOOK), "tip": tips})  # fmt: skip
