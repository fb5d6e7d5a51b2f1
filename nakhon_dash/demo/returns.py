"""Repairs that did not hold: some cases are an old trouble come back, at the place where it was fixed."""

import numpy as np

from nakhon_dash.demo.ground import Ground
from nakhon_dash.demo.plan import DAY
from nakhon_dash.demo.shape import shape
from nakhon_dash.demo.waits import FIXED, Course

_WITHIN = 30 * DAY


def failed_repairs(
    code: np.ndarray, received: np.ndarray, life: Course, parent: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    """For each case that is an old trouble come back, the repair of its category that did not hold; else -1.

    The repair was closed within 30 days before, mostly few. Duplicates, and cases that have some, stay where they are.
    """
    table = shape()["after"]
    share = np.array([table["returns_for"].get(one, table["returns"]) for one in code])
    alone = (parent < 0) & ~np.isin(np.arange(len(code)), parent)
    back = alone & (random.random(len(code)) < share)
    since = random.beta(1, 2.2, len(code)) * _WITHIN
    failed = np.full(len(code), -1)
    for one in np.unique(code[back]):
        repairs = np.flatnonzero((code == one) & (life.answer == FIXED) & ~back)
        repairs = repairs[np.argsort(life.closed[repairs], kind="stable")]
        mine = np.flatnonzero(back & (code == one))
        place = np.searchsorted(life.closed[repairs], received[mine] - since[mine])
        mine, found = mine[place < len(repairs)], repairs[place[place < len(repairs)]]
        later = life.closed[found] < received[mine]
        failed[mine[later]] = found[later]
    return failed


def move_back(
    ground: Ground, place: dict[str, np.ndarray], failed: np.ndarray, random: np.random.Generator
) -> None:
    """Puts cases a few metres from the repair that failed, where both have a good point."""
    good = place["flags"] == ""
    mine = np.flatnonzero((failed >= 0) & good & good[failed])
    there = np.column_stack([place[name][failed[mine]] for name in ("lon", "lat")])
    points = ground.beside(there, random)
    place["lon"][mine], place["lat"][mine] = points.T
    place["zone"][mine] = ground.zone_of(points)
