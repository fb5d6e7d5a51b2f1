"""Layer: is a place newly high, always, on and off, or fading? Cells classed by their months or weeks."""

from collections import Counter
from html import escape

import h3.api.basic_int as h3
import pandas as pd

from nakhon_dash.analysis.emerging import CLASSES, KINDS, Emerging
from nakhon_dash.figures.map import SUPPRESSED, Cluster
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.emerging_map import FAMILIES, Found, Group
from nakhon_dash.ui.hotspots import steps
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page, name_of

controls = steps.controls
STRENGTH = {"new": 0, "rising": 0, "lasting": 0, "onoff": 1, "fading": 2}
LOOKS = {"hot": ("h2", "h1", "h1-dash"), "cold": ("c2", "c1", "c1-dash")}
LISTED = 8  # groups with a disc; the others are on the map by colour and words


def draw(page: Page) -> Drawn:
    found = steps.found(page)
    return Drawn(
        shows=page.t(f"emerging.shows_{found.cube.by}"),
        hides=page.t("emerging.hides"),
        finding=finding(page, found),
        legend=_legend(page, found),
        cells=_cells(page, found),
        clusters=[_cluster(page, group) for group in found.groups if group.side == "hot"][:LISTED],
        table=told(found),
        about="emerging",
        command=steps.line_of(page, "emerging", found),
        method=page.t("emerging.method") if found.verdict else "",
    )  # fmt: skip


def look_of(code: str) -> str:
    """The colour class of a class: strong, middle, pale with a dashed edge."""
    if code == "none":
        return "ns"
    kind, side = code.rsplit("_", 1)
    family = next(name for name, kinds in FAMILIES.items() if kind in kinds)
    return LOOKS[side][STRENGTH[family]]


def finding(page: Page, found: Found) -> str:
    """How many groups of each family, up to which step; cells below expectation after them."""
    if found.verdict is None:
        return steps.unjudged(page, found)
    span = page.t(f"emerging.span_{found.cube.by}", n=len(found.cube.steps),
                  last=steps.name(page, found.cube.by, found.cube.steps[-1]))  # fmt: skip
    hot = Counter(group.family for group in found.groups if group.side == "hot")
    listed = [page.t(f"emerging.groups.{family}", n=numbers.count(hot[family], page.lang, "clusters"))
              for family in FAMILIES if hot[family]]  # fmt: skip
    said = page.t("emerging.none", span=span)
    if listed:
        said = page.t("emerging.found", span=span, list=" · ".join(listed))
    cold = sum(code.endswith("_cold") for code in found.verdict.classes)
    return f"{said} · {page.t('emerging.cold', n=numbers.count(cold, page.lang, 'cells'))}" if cold else said


def meanings(page: Page, found: Found) -> str:
    """One line for each kind of class that occurs, as a list."""
    if found.verdict is None:
        return ""
    kinds = {code.rsplit("_", 1)[0] for code in found.verdict.classes}
    return "\n".join(f"- **{page.t(f'emerging.kind.{kind}')}**: {page.t(f'emerging.meaning.{kind}')}"
                     for kind in KINDS if kind in kinds)  # fmt: skip


def told(found: Found) -> pd.DataFrame:
    """The classed cells as a public download: counts below k and what would give them back are left out."""
    if found.verdict is None:
        return pd.DataFrame()
    verdict = found.verdict
    rows = pd.DataFrame({
        "cell": [h3.int_to_str(cell) for cell in found.cube.cells.tolist()], "zone": found.zones,
        "class": verdict.classes, "share_hot": verdict.hot.mean(0).round(3),
        "share_cold": verdict.cold.mean(0).round(3),
    })  # fmt: skip
    order = rows["class"].map({code: i for i, code in enumerate(CLASSES)})
    return rows.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _cluster(page: Page, group: Group) -> Cluster:
    name = name_of(page, "zone", group.zone) if group.zone else page.t("emerging.no_zone")
    note = page.t("emerging.group", family=page.t(f"emerging.family.{group.family}"),
                  cells=numbers.count(len(group.cells), page.lang, "cells"))  # fmt: skip
    return Cluster(group.rank, tuple(h3.int_to_str(cell) for cell in group.cells), name, note)


def _legend(page: Page, found: Found) -> list[tuple[str, str]]:
    """The classes that occur with how many cells have them."""
    if found.verdict is None:
        return [(SUPPRESSED, page.t("emerging.unjudged"))]
    occur = Counter(found.verdict.classes)
    return [(look_of(code), page.t("emerging.row", name=class_name(page, code), n=numbers.decimal(occur[code], 0)))
            for code in CLASSES if occur[code]]  # fmt: skip


def class_name(page: Page, code: str) -> str:
    if code == "none":
        return page.t("emerging.no_class")
    kind, side = code.rsplit("_", 1)
    return page.t(f"emerging.side_{side}", kind=page.t(f"emerging.kind.{kind}"))


def _cells(page: Page, found: Found) -> pd.DataFrame:
    cells, verdict = [h3.int_to_str(cell) for cell in found.cube.cells.tolist()], found.verdict
    if verdict is None:
        return pd.DataFrame({"h3": cells, "look": SUPPRESSED, "tip": page.t("emerging.unjudged")})
    tips = [_tip(page, found, verdict, i) for i in range(len(cells))]
    return pd.DataFrame({"h3": cells, "look": [look_of(code) for code in verdict.classes], "tip": tips})


def _tip(page: Page, found: Found, verdict: Emerging, i: int) -> str:
    return escape(page.t("emerging.tip", name=class_name(page, verdict.classes[i]), steps=len(found.cube.steps),
                         hot=int(verdict.hot[:, i].sum()), cold=int(verdict.cold[:, i].sum())))  # fmt: skip
