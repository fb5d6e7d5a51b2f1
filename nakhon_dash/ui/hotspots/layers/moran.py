"""Layer: cells that are high among high ones, low among low ones, or unlike those around them."""

import h3
import pandas as pd

from nakhon_dash.analysis import spatial
from nakhon_dash.analysis.moran import QUADRANTS
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.moran_map import FEWEST_CASES, FEWEST_CELLS, MoranMap, frame, moran_map
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import collapsed
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page

LOOKS = {"HH": "h2", "HL": "h1-dash", "ns": "ns", "LH": "c1-dash", "LL": "c2"}
SURE = 0.05
MANY = 1_000  # cells: with more, those without a verdict say their number only


def draw(page: Page) -> Drawn:
    found = moran_map(page.now, collapse=collapsed())
    return Drawn(
        shows=page.t("moran.shows"),
        hides=page.t("moran.hides"),
        finding=_finding(page, found),
        legend=[(look, page.t(f"moran.{code}")) for code, look in LOOKS.items() if found.cells(code)],
        cells=_cells(page, found),
        table=frame(found),
        about="moran",
        command=command("moran", page.scope, page.at, by="" if collapsed() else "cell-all"),
        method=page.t("moran.method", n=numbers.count(int(found.grid.n.sum()), page.lang),
                      runs=numbers.decimal(spatial.RUNS, 0), seed=spatial.SEED),
    )  # fmt: skip


def _cells(page: Page, found: MoranMap) -> pd.DataFrame:
    """Cells with their verdict; none where there is none: empty outlines of all cells would say nothing."""
    local, tips = found.local, []
    if local is None:
        return pd.DataFrame({"h3": [], "look": [], "tip": []})
    for i, verdict in enumerate(found.verdict.tolist()):
        cases = page.t("counts.few", k=page.profile.privacy.k) if found.few[i] else numbers.count(
            int(found.grid.n[i]), page.lang)  # fmt: skip
        if verdict == "ns" and len(found.verdict) > MANY:
            tips.append(cases)
            continue
        words = page.t("moran.tip", cases=cases, expected=numbers.decimal(found.expected[i], 1),
                       verdict=page.t(f"moran.{verdict}"))  # fmt: skip
        sure = "" if found.few[i] else page.t("moran.sure", q=numbers.decimal(local.q[i], 3))
        tips.append(words + sure)
    names = [h3.int_to_str(cell) for cell in found.grid.cells]
    return pd.DataFrame({"h3": names, "look": [LOOKS[code] for code in found.verdict.tolist()], "tip": tips})


def _finding(page: Page, found: MoranMap) -> str:
    """Whether like lies beside like in the whole map, and how many cells make it so."""
    if not found.enough:
        return page.t("moran.too_few", cases=FEWEST_CASES, cells=FEWEST_CELLS)
    if found.whole is None or found.p is None:
        return page.t("moran.equal")
    beyond = found.p < SURE
    key = "random" if not beyond else "beside" if found.whole.i > found.whole.expected else "apart"
    whole = page.t(f"moran.{key}", i=numbers.decimal(found.whole.i, 2), z=numbers.decimal(found.whole.z, 1))
    named = [page.t(f"moran.cells_{code}", n=numbers.decimal(found.cells(code), 0))
             for code in QUADRANTS if found.cells(code)]  # fmt: skip
    cells = " · ".join(named) if named else page.t("moran.no_cell")
    return f"{whole} · {cells}"
