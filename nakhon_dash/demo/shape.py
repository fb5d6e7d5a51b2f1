"""The shape table `shape.toml` and what of it a city's profile can carry."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nakhon_dash.domain.profile import Category, Profile

PATH = Path(__file__).parent / "shape.toml"
PROMISE_OF_SHAPE = 48.0


@cache
def shape() -> dict[str, Any]:
    """The table as it stands in the file; shared between callers: do not change it."""
    return tomllib.loads(PATH.read_text("utf-8"))


@dataclass(frozen=True)
class Kinds:
    """The categories of a profile as arrays of equal length: how often, how fast, how late, how seasonal."""

    codes: tuple[str, ...]
    weight: np.ndarray  # shares of all cases, sum 1
    hours: np.ndarray
    late: np.ndarray
    late_hours: np.ndarray
    deferred: np.ndarray
    season: tuple[str, ...]
    emergency: np.ndarray

    def of(self, codes: list[str]) -> np.ndarray:
        """Which of the categories are named in `codes`."""
        return np.isin(np.array(self.codes), codes)


def kinds(profile: Profile) -> Kinds:
    """The categories of `profile` with their shapes; hours are scaled to each category's own promise."""
    rows = [_row(category, profile.promise_hours(category.code)) for category in profile.category]
    columns = {name: np.array([row[name] for row in rows], float) for name in ("weight", "hours", "late", "deferred")}
    return Kinds(
        codes=tuple(c.code for c in profile.category),
        weight=columns["weight"] / columns["weight"].sum(),
        hours=columns["hours"],
        late=columns["late"],
        late_hours=np.array([row["late_hours"] for row in rows], float),
        deferred=columns["deferred"],
        season=tuple(row["season"] for row in rows),
        emergency=np.array([c.promise == "E" for c in profile.category]),
    )


def _row(category: Category, promise_hours: float) -> dict[str, Any]:
    table = shape()
    row = table["promise"][category.promise] | table["other"] | table["category"].get(category.code, {})
    scale = promise_hours / PROMISE_OF_SHAPE
    return row | {"hours": row["hours"] * scale, "late_hours": row["late_hours"] * scale}


def weights(table: dict[str, float], allowed: list[str]) -> tuple[list[str], np.ndarray]:
    """The names of `table` that are allowed and their shares (sum 1); all of `allowed` alike when none is."""
    names = [name for name in table if name in allowed] or allowed
    share = np.array([table.get(name, 1.0) for name in names], float)
    return names, share / share.sum()
