"""Is a hot spot new, lasting or fading? Cases of the view by cell and step of time, with a verdict for each.

The steps end with the view and reach back as far as the data, at most two years of months or one of weeks; the first
day of the view does not matter. Only whole steps count.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from nakhon_dash.analysis import spatial
from nakhon_dash.analysis.emerging import CLASSES, FEWEST_STEPS, Emerging, emerging
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of
from nakhon_dash.measures import grid, ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries import events as happened

MOST = {"month": 24, "week": 52}
WEEK, RES = 7, 9
ALL = "-all"
FEWEST_CASES = 30
FAMILIES = {
    "new": ("new", "consecutive"), "rising": ("intensifying",), "lasting": ("persistent",),
    "onoff": ("sporadic", "oscillating"), "fading": ("diminishing", "historical"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A whole month or week: its first and last day number."""

    first: int
    last: int


@dataclass(frozen=True)
class Cube:
    """Cases by step and cell: `n[step, cell]`, every cell of the map, zeros too; `ground` as in `grid.Points`."""

    by: str
    res: int
    steps: list[Step]
    cells: np.ndarray
    n: np.ndarray
    ground: str


@dataclass(frozen=True)
class Group:
    """Connected cells of one family of classes; `zone` where its middle cell lies, `n` its cases of the last step."""

    rank: int
    side: str  # hot | cold
    family: str
    cells: tuple[int, ...]
    zone: str | None
    n: int


@dataclass(frozen=True)
class Event:
    """What the city's calendar says of some days; `titles` in Thai and English."""

    first: int
    last: int
    kind: str
    titles: dict[str, str]


@dataclass(frozen=True)
class Found:
    """`verdict` is None with a `reason` (steps: too short a history, cases: too few) when there is none.

    `zones`: of each cell's middle. `groups`: hot before cold, in the order of FAMILIES, the largest first. `events`:
    feasts, floods and campaigns that touch these days.
    """

    cube: Cube
    verdict: Emerging | None
    reason: str
    zones: list[str | None]
    groups: list[Group]
    events: list[Event]
    k: int


def emerging_of(reader: Reader, profile: Profile, scope: Scope, by: str, as_of: int) -> Found:
    """`of` for answers that are kept; the first day of `scope` is not used."""
    return of(Ask(reader, profile, scope, as_of), by)


def of(ask: Ask, by: str) -> Found:
    """`by` as the tables are split; without month or week in front, what fits the length of the data."""
    step, res, collapse = split(by)
    return find(ask, step or fitting(ask), res, collapse=collapse)


def fitting(ask: Ask) -> str:
    """Months when there are enough of them, else weeks."""
    return "month" if len(steps_of(ask, "month")) >= FEWEST_STEPS else "week"


def find(ask: Ask, by: str = "month", res: int = RES, *, collapse: bool = True) -> Found:
    return ask.once(("emerging", by, res, collapse), lambda: _find(ask, by, res, collapse=collapse))


def _find(ask: Ask, by: str, res: int, *, collapse: bool) -> Found:
    cube, land = _cube(ask, by, res, collapse=collapse)
    events = _events(ask, cube.steps)
    known = ground.zones(res) if cube.ground == "outline" else {}
    zones, k = [known.get(cell) for cell in cube.cells.tolist()], ask.profile.privacy.k
    reason = "steps" if len(cube.steps) < FEWEST_STEPS else "cases" if cube.n.sum() < FEWEST_CASES else ""
    if reason:
        return Found(cube, None, reason, zones, [], events, k)
    verdict = emerging(cube.n, ground.rings(cube.cells.tolist(), 1), land=land)
    return Found(cube, verdict, "", zones, _groups(cube, verdict, zones), events, k)


def _events(ask: Ask, steps: list[Step]) -> list[Event]:
    if not steps:
        return []
    rows = happened.titled(ask.reader, steps[0].first, steps[-1].last)
    columns = (rows["day_from"].tolist(), rows["day_to"].tolist(), rows["kind"], rows["title_th"], rows["title_en"])
    return [Event(first, last, str(kind), {"th": str(th), "en": str(en)})
            for first, last, kind, th, en in zip(*columns, strict=True)]  # fmt: skip


def steps_of(ask: Ask, by: str) -> list[Step]:
    """Whole months, or whole weeks from Monday, from the first day of the data to the end of the view; days that are
    not over do not count."""

    def known() -> int | None:
        return cases.first_day(ask.reader, Scope(source=ask.scope.source), ask.as_of)

    first, last = ask.once("first day of the data", known), min(ask.last_day, day_no(ask.today) - 1)
    if first is None:
        return []
    found: list[Step] = []
    end = _month_end(day_of(last + 1)) if by == "month" else last - (last - 3) % WEEK  # day 3 was a Sunday
    while len(found) < MOST[by]:
        start = day_no(day_of(end).replace(day=1)) if by == "month" else end - WEEK + 1
        if start < first:
            break
        found.append(Step(start, end))
        end = start - 1
    return found[::-1]


def _month_end(after: date) -> int:
    """The last day of the month before `after`."""
    return day_no(after.replace(day=1) - timedelta(days=1))


def _cube(ask: Ask, by: str, res: int, *, collapse: bool) -> tuple[Cube, np.ndarray]:
    """The cube, and the share of each cell that can hold cases."""
    steps = steps_of(ask, by)
    if not steps:
        none = np.array([], dtype=np.int64)
        return Cube(by, res, [], none, none.reshape(0, 0), "outline"), none
    whole = replace(ask, scope=ask.scope.days(steps[0].first, steps[-1].last), compare=None, _kept={})
    found = grid.grid(whole, res, collapse=collapse)
    rows, cells = found.points.rows, np.array(found.cells, dtype=np.int64)
    step = np.searchsorted([one.first for one in steps], rows["day_no"].to_numpy("int64"), side="right") - 1
    counted = np.bincount(step * len(cells) + found.index, minlength=len(steps) * len(cells))
    return Cube(by, res, steps, cells, counted.reshape(len(steps), -1), found.points.ground), found.land


def _groups(cube: Cube, verdict: Emerging, zones: list[str | None]) -> list[Group]:
    near, classes = ground.rings(cube.cells.tolist(), 1), np.array(verdict.classes)
    found = []
    for side in ("hot", "cold"):
        for family, kinds in FAMILIES.items():
            labels = spatial.clusters(near, np.isin(classes, [f"{kind}_{side}" for kind in kinds]))
            members = [np.flatnonzero(labels == label) for label in range(labels.max(initial=-1) + 1)]
            members.sort(key=lambda index: (-cube.n[:, index].sum(), int(index[0])))
            found += [(side, family, index) for index in members]
    return [
        Group(rank, side, family, tuple(cube.cells[index].tolist()), _most(zones, cube.n[:, index].sum(0), index),
              int(cube.n[-1, index].sum()))
        for rank, (side, family, index) in enumerate(found, start=1)
    ]  # fmt: skip


def _most(zones: list[str | None], n: np.ndarray, index: np.ndarray) -> str | None:
    """The zone of the cell with most cases."""
    return zones[int(index[int(n.argmax())])]


def emerging_table(ask: Ask, by: str) -> pd.DataFrame:
    """Every cell with its class, classified cells first: cell, res, zone, class, share_hot, share_cold, last_z,
    trend_z, trend_p, n (of the last step, missing when few), few, steps. Empty when there is no verdict."""
    import h3.api.basic_int as h3

    found = of(ask, by)
    if found.verdict is None:
        return pd.DataFrame()
    cube, verdict = found.cube, found.verdict
    last = cube.n[-1]
    few = (last > 0) & (last < found.k)
    n = pd.array(last, dtype="Int64")
    n[few] = pd.NA
    rows = pd.DataFrame({
        "cell": [h3.int_to_str(cell) for cell in cube.cells.tolist()], "res": cube.res, "zone": found.zones,
        "class": verdict.classes, "share_hot": verdict.hot.mean(0), "share_cold": verdict.cold.mean(0),
        "last_z": verdict.z[-1], "trend_z": [t.z for t in verdict.trends], "trend_p": [t.p for t in verdict.trends],
        "n": n, "few": few, "steps": len(cube.steps),
    })  # fmt: skip
    order = rows["class"].map({name: i for i, name in enumerate(CLASSES)})
    return rows.iloc[np.lexsort((-rows["last_z"], order))].reset_index(drop=True)


def emerging_steps(ask: Ask, by: str) -> pd.DataFrame:
    return steps_frame(of(ask, by))


def steps_frame(found: Found) -> pd.DataFrame:
    """Each step: first_day, last_day, n (cases on the map), hot and cold (cells at q < .05; missing: none judged)."""
    verdict = found.verdict
    return pd.DataFrame([
        {"first_day": str(day_of(step.first)), "last_day": str(day_of(step.last)), "n": int(found.cube.n[i].sum()),
         "hot": None if verdict is None else int(verdict.hot[i].sum()),
         "cold": None if verdict is None else int(verdict.cold[i].sum())}
        for i, step in enumerate(found.cube.steps)
    ])  # fmt: skip


def split(by: str) -> tuple[str, int, bool]:
    """month8-all -> month, 8, False; month -> month, 9, True (repeats of open trouble count once)."""
    code = by.removesuffix(ALL)
    step = code.rstrip("0123456789")
    return step, int(code[len(step) :] or RES), code == by
