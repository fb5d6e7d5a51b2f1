"""Where and when at once: clusters of cases by scan statistics, worked out on demand and kept in the store.

`permutation` asks daily whether something new is going on: circles of up to 1.5 km, windows of 1 to 14 days that end
today, against where and when people report at all (Kulldorff et al. 2005). `poisson` asks once where and in which
months of the past there was more than the residents of a place lead to expect, the city's months as they were
(Kulldorff 1997, 1998). The map's rules on points hold: no pins, nothing outside, repeats of open trouble once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from nakhon_dash.analysis import scan
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import FILTERS, Scope, day_of, moment_of
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.grid import Points, points
from nakhon_dash.measures.scan_places import cells_with_cases, cells_with_residents, day_numbers
from nakhon_dash.queries import Reader
from nakhon_dash.queries import scans as stored
from nakhon_dash.store import scans
from nakhon_dash.store.batches import has_synthetic

MODELS = ("permutation", "poisson")
DAYS, LONGEST, MONTH = 365, 14, 30.4375
RADIUS = 1.5  # km
FEWEST = 20  # cases; with fewer nothing is looked for
RECURRENCE = 365  # days between two such clusters by chance: alert from here on (New York City's standard)
LIKELY = 0.05


@dataclass(frozen=True)
class Cluster:
    """`cell` (H3) is the middle of the circle, `metres` reaches to the far side of its outermost cell; days are local
    day numbers, both ends included. `p` is that of the best cluster of a whole relabelled city."""

    zone: str | None
    cell: str
    lat: float
    lon: float
    metres: int
    first_day: int
    last_day: int
    observed: int
    expected: float
    llr: float
    p: float
    cells: tuple[str, ...]

    @property
    def ratio(self) -> float:
        return self.observed / self.expected


@dataclass(frozen=True)
class Result:
    """One scan. `runs` relabelled cities stand behind each p; `reason` says why nothing was looked for: too_few cases,
    no_residents. `newer`: data was imported or undone since."""

    model: str
    first_day: int
    last_day: int
    runs: int
    seed: int
    res: int
    cases: int
    places: int
    reason: str | None
    clusters: tuple[Cluster, ...]
    as_of: int
    data_rev: int
    made_at: int = 0
    synthetic: bool = False
    newer: bool = False

    def recurrence(self, cluster: Cluster) -> float | None:
        """Days between two such clusters by chance alone, when looked for every day; None for a single look back."""
        return 1 / cluster.p if self.model == "permutation" else None

    def tier(self, cluster: Cluster) -> str:
        """alert: chance gives it once in RECURRENCE days at most · likely: p of at most LIKELY · chance: the rest."""
        if (self.recurrence(cluster) or 0) >= RECURRENCE:
            return "alert"
        return "likely" if cluster.p <= LIKELY else "chance"


@dataclass(frozen=True)
class Setting:
    """How to scan; the p of `runs` runs is never below 1/(runs + 1)."""

    model: str = "permutation"
    days: int = DAYS
    runs: int = scan.RUNS
    seed: int = scan.SEED


class Stopped(Exception):  # noqa: N818 (nothing went wrong)
    """Somebody stopped the scan."""


def search(
    reader: Reader, profile: Profile, scope: Scope, as_of: int, how: Setting, progress: scan.Progress | None = None
) -> Result:
    """Clusters under the filters of `scope` in the `how.days` days that end with the day of `as_of`; the period of the
    scope does not matter. Stopped when `progress` says so: half a scan is no result."""
    last = Ask(reader, profile, Scope(), as_of).last_day
    first = last - how.days + 1
    chosen = {name: getattr(scope, name) for name in FILTERS}
    found = points(Ask(reader, profile, Scope(first, last, **chosen), as_of))

    def watch(run: int) -> bool:
        if progress is not None and not progress(run):
            raise Stopped
        return True

    made = (_permuted if how.model == "permutation" else _by_residents)(found, profile, scope, first, how, watch)
    return Result(how.model, first, last, how.runs, how.seed, made.res, made.cases, made.places, made.reason,
                  tuple(made.clusters), as_of, reader.rev)  # fmt: skip


@dataclass(frozen=True)
class _Made:
    res: int
    cases: int
    places: int
    clusters: list[Cluster]
    reason: str | None = None


def _permuted(found: Points, profile: Profile, _scope: Scope, first: int, how: Setting, watch: scan.Progress) -> _Made:
    at = cells_with_cases(found)
    day = day_numbers(found.rows, profile) - first
    n = len(at.index)
    if n < FEWEST:
        return _Made(at.res, n, len(at.cells), [], "too_few")
    places = scan.around(scan.kilometres(at.lat, at.lon), RADIUS)
    longest = min(LONGEST, how.days // 2)
    made = scan.permutation(at.index, day, places, how.days, longest=longest, runs=how.runs, seed=how.seed,
                            progress=watch)  # fmt: skip
    ends = np.arange(how.days + 1) + first
    return _Made(at.res, n, len(at.cells), [_cluster(one, at, found.rows, day + first, ends) for one in made])


def _by_residents(
    found: Points, profile: Profile, scope: Scope, first: int, how: Setting, watch: scan.Progress
) -> _Made:  # fmt: skip
    at = cells_with_residents(found, profile, scope.zone)
    if at is None:
        return _Made(9, len(found.rows), 0, [], "no_residents")
    rows = found.rows[at.index >= 0].reset_index(drop=True)
    at = at.only_known()
    if len(rows) < FEWEST:
        return _Made(at.res, len(rows), len(at.cells), [], "too_few")
    steps = max(round(how.days / MONTH), 2)
    ends = np.linspace(0, how.days, steps + 1).round().astype(int) + first
    day = day_numbers(rows, profile)
    step = np.searchsorted(ends, day, side="right") - 1
    counts = np.bincount(at.index * steps + step, minlength=len(at.cells) * steps).reshape(-1, steps)
    places = scan.around(scan.kilometres(at.lat, at.lon), RADIUS)
    made = scan.poisson(counts, np.outer(at.residents, counts.sum(0)), places, runs=how.runs, seed=how.seed,
                        progress=watch)  # fmt: skip
    return _Made(at.res, len(rows), len(at.cells), [_cluster(one, at, rows, day, ends) for one in made])


def _cluster(one: scan.Cylinder, at: Any, rows: pd.DataFrame, day: np.ndarray, ends: np.ndarray) -> Cluster:  # noqa: ANN401
    import h3

    members = np.array(one.places)
    far = scan.kilometres(at.lat[members], at.lon[members])[0].max() * 1000
    first, last = int(ends[one.first]), int(ends[one.last + 1]) - 1
    inside = np.isin(at.index, members) & (day >= first) & (day <= last)
    zones = rows.loc[inside, "zone"].dropna().value_counts()
    names = tuple(h3.int_to_str(int(cell)) for cell in at.cells[members])
    metres = int(round(far + h3.average_hexagon_edge_length(at.res, "m"), -1))
    return Cluster(None if zones.empty else str(zones.index[0]), names[0], round(float(at.lat[one.centre]), 6),
                   round(float(at.lon[one.centre]), 6), metres, first, last, one.observed, one.expected, one.llr, one.p,
                   names)  # fmt: skip


_WHOLE = ("first_day", "last_day", "runs", "seed", "res", "cases", "places", "as_of", "data_rev", "made_at")


def save(engine: sa.Engine, result: Result, scope: Scope) -> int:
    """Puts a result into the store, where every reader finds it; its number."""
    about = {name: getattr(result, name) for name in ("model", "reason", *_WHOLE) if name != "made_at"}
    return scans.write(engine, scope, about, [vars(one) for one in result.clusters], synthetic=has_synthetic(engine))


def latest(ask: Ask, model: str) -> Result | None:
    """The newest stored result of the view's filters by the moment of `ask`, which must read the store itself."""

    def find() -> Result | None:
        rows = stored.latest(ask.reader, model, scans.filters_of(ask.scope), ask.as_of)
        return None if rows.empty else _read({str(k): v for k, v in rows.iloc[0].to_dict().items()})

    return ask.once(("scan", model), find)


def _read(row: Mapping[str, Any]) -> Result:
    clusters = tuple(Cluster(**one | {"cells": tuple(one["cells"])}) for one in scans.clusters_of(row["clusters"]))
    numbers = {name: int(row[name]) for name in _WHOLE}
    return Result(row["model"], **numbers, reason=row["reason"], clusters=clusters, synthetic=bool(row["synthetic"]),
                  newer=bool(row["newer"]))  # fmt: skip


def scan_table(ask: Ask, model: str) -> pd.DataFrame:
    """The clusters of the newest stored result, best first; one row without a cluster when it found none."""
    result = latest(ask, model)
    return pd.DataFrame() if result is None else rows_of(result, ask.profile)


def rows_of(result: Result, profile: Profile) -> pd.DataFrame:
    """Codes and full precision, with what was scanned: `scanned` up to when, `newer` whether data changed since. `tier`
    is the reason where nothing was looked for."""
    about = {
        "cases": result.cases, "days": result.last_day - result.first_day + 1,
        "scanned": moment_of(result.as_of).astimezone(profile.tz).isoformat(timespec="minutes"), "newer": result.newer,
    }  # fmt: skip
    return pd.DataFrame([row | about for row in cluster_rows(result) or [{"rank": None, "tier": result.reason}]])


def cluster_rows(result: Result) -> list[dict[str, Any]]:
    """One row a cluster; days as ISO, `ri_days` None where a recurrence makes no sense."""
    return [
        {"rank": i, "tier": result.tier(one), "zone": one.zone, "cell": one.cell, "metres": one.metres,
         "first_day": str(day_of(one.first_day)), "last_day": str(day_of(one.last_day)), "observed": one.observed,
         "expected": one.expected, "ratio": one.ratio, "p": one.p, "ri_days": result.recurrence(one)}
        for i, one in enumerate(result.clusters, 1)
    ]  # fmt: skip
