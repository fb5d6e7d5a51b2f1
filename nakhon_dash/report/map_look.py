"""How the cells of a file look on the drawn map: the colour class of each and the legend."""

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from nakhon_dash.figures.classes import class_of, counting_breaks
from nakhon_dash.i18n import numbers, t
from nakhon_dash.measures.taken import Taken

GI = {"hot99": "h2", "hot95": "h1", "ns": "ns", "cold95": "c1", "cold99": "c2", "few": "ns"}
MORAN = {"HH": "h2", "HL": "h1", "ns": "ns", "LH": "c1", "LL": "c2", "few": "ns"}
FAMILY = {"new": "2", "consecutive": "2", "intensifying": "2", "persistent": "2", "sporadic": "1", "oscillating": "1",
          "diminishing": "1-dash", "historical": "1-dash"}  # fmt: skip
STEPS = ("s2", "s3", "s4", "s5", "s6")


@dataclass(frozen=True)
class Look:
    """The colour class of each cell (as in `ui.hotspots.drawn`) and the legend, highest first: (class, words).

    `marks` are written into the cells and before the rows of the legend, where colour alone would not tell; or empty.
    """

    cells: list[str]
    legend: list[tuple[str, str]]
    marks: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def look_of(taken: Taken, lang: str) -> Look:
    """The looks of one layer; the legend names only what occurs."""
    rows = taken.rows
    if taken.layer == "counts":
        return _counted(taken, lang)
    if taken.layer == "emerging":
        return _classed(taken, lang)
    column, table = ("verdict", GI) if taken.layer == "gi" else ("quadrant", MORAN)
    present = set(rows[column])
    legend = [(look, t(f"take.{column}.{name}", lang)) for name, look in table.items() if name in present]
    return Look([table[name] for name in rows[column]], legend)


def _classed(taken: Taken, lang: str) -> Look:
    """Classes along time share colours, so each has a number, in the cells and in the legend."""
    names = taken.rows["class"].tolist()
    found = sorted({name for name in names if _along(name) != "ns"}, key=_order)
    number = {name: str(i) for i, name in enumerate(found, start=1)}
    rest = [name for name in ("none", "few") if name in names]
    legend = [(_along(name), t(f"take.class.{name}", lang)) for name in [*found, *rest]]
    marks = [number.get(name, "") for name in names]
    return Look([_along(name) for name in names], legend, marks, [*number.values(), *("" for _ in rest)])


def _along(name: str) -> str:
    kind, _, side = name.rpartition("_")
    return f"{'h' if side == 'hot' else 'c'}{FAMILY[kind]}" if kind else "ns"


def _order(name: str) -> tuple[bool, int]:
    kind, _, side = name.rpartition("_")
    return side == "cold", list(FAMILY).index(kind) if kind in FAMILY else len(FAMILY)


def _counted(taken: Taken, lang: str) -> Look:
    n = taken.rows["n"]
    told = n.dropna()
    breaks = counting_breaks(int(told.max()) if len(told) else 0, taken.k)
    small = t("take.few_cases", lang, k=taken.k)

    def look(value: Any) -> str:  # noqa: ANN401 (a number or missing)
        if pd.isna(value):
            return "few"
        return "s1" if value == 0 else STEPS[class_of(value, breaks)]

    looks = [look(value) for value in n]
    legend = [(STEPS[i], _span(breaks, i, lang)) for i in reversed(range(len(breaks))) if STEPS[i] in looks]
    legend += [("few", small)] if "few" in looks else []
    return Look(looks, [*legend, ("s1", t("take.no_cases", lang))] if "s1" in looks else legend)


def _span(breaks: list[int], i: int, lang: str) -> str:
    low = numbers.decimal(breaks[i], 0)
    if i + 1 == len(breaks):
        return t("take.or_more", lang, n=low)
    return numbers.span(low, numbers.decimal(breaks[i + 1] - 1, 0), lang)
