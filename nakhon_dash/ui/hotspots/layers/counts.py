"""Layer: how many cases lie in each cell. Counts only, so where more people live there is more."""

import h3
import pandas as pd

from nakhon_dash.figures.classes import class_of, counting_breaks
from nakhon_dash.figures.map import SUPPRESSED
from nakhon_dash.i18n import numbers
from nakhon_dash.measures.cell_counts import CellCounts, count_cells, frame
from nakhon_dash.ui import state
from nakhon_dash.ui.cards import command
from nakhon_dash.ui.hotspots.choice import choice, collapsed, table_part
from nakhon_dash.ui.hotspots.drawn import Drawn
from nakhon_dash.ui.page import Page

SIZES = ["auto", "8", "9", "10"]
CLASSES = ("s2", "s3", "s4", "s5", "s6")
NONE = "s1"


def controls(page: Page) -> None:
    choice(page, "cells", SIZES, "auto")


def draw(page: Page) -> Drawn:
    size = state.own("cells", SIZES, "auto")
    found = count_cells(page.now, None if size == "auto" else int(size), collapse=collapsed())
    breaks = counting_breaks(max(found.n, default=0), found.k)
    return Drawn(
        shows=page.t("counts.shows"),
        hides=page.t("counts.hides"),
        finding=_finding(page, found),
        legend=_legend(page, found, breaks),
        cells=_cells(page, found, breaks),
        table=frame(found),
        about="cell_counts",
        command=command("cell_counts", page.scope, page.at, by=table_part("cell" if size == "auto" else f"cell{size}")),
        method=page.t("counts.method_auto" if size == "auto" else "counts.method", k=found.k,
                      cases=numbers.count(found.points.guard.counted, page.lang)),
    )  # fmt: skip


def _cells(page: Page, found: CellCounts, breaks: list[int]) -> pd.DataFrame:
    few = page.t("counts.few", k=found.k)
    rows = [(h3.int_to_str(cell), SUPPRESSED, few) if hidden else
            (h3.int_to_str(cell), CLASSES[class_of(n, breaks)] if n else NONE, numbers.count(n, page.lang))
            for cell, n, hidden in zip(found.cells, found.n.tolist(), found.few.tolist(), strict=True)]  # fmt: skip
    return pd.DataFrame(rows, columns=["h3", "look", "tip"])


def _legend(page: Page, found: CellCounts, breaks: list[int]) -> list[tuple[str, str]]:
    """The classes that occur, highest first, then few, then none."""
    shown = found.n[~found.few & (found.n > 0)]
    occur = {class_of(n, breaks) for n in shown.tolist()}
    rows = []
    for i in sorted(occur, reverse=True):
        last = i + 1 == len(breaks)
        words = page.t("counts.from", n=numbers.decimal(breaks[i], 0)) if last else numbers.span(
            numbers.decimal(breaks[i], 0), numbers.decimal(breaks[i + 1] - 1, 0), page.lang)  # fmt: skip
        rows.append((CLASSES[i], words))
    if found.few.any():
        rows.append((SUPPRESSED, page.t("counts.few", k=found.k)))
    if (found.n == 0).any():
        rows.append((NONE, page.t("counts.none")))
    return rows


def _finding(page: Page, found: CellCounts) -> str:
    """How much of all lies in the fullest tenth of the cells, or that there is nothing to tell."""
    total = int(found.n.sum())
    if not total:
        return page.t("counts.nothing")
    if found.few.sum() == (found.n > 0).sum():
        return page.t("counts.only_few", k=found.k)
    tenth = max(len(found.cells) // 10, 1)
    top = sum(sorted(found.n.tolist(), reverse=True)[:tenth])
    return page.t("counts.finding", share=numbers.share(top / total, total), cells=numbers.decimal(tenth, 0),
                  every=numbers.decimal(len(found.cells), 0))
