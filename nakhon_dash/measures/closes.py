"""Closes of a view and what followed each: opened again, reported again at the same place, photographed, rated."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.followup import DAY, HORIZON_DAYS
from nakhon_dash.analysis.recurrence import NEVER, Reports, first_returns
from nakhon_dash.measures.asking import Ask, Key, Part, key_of
from nakhon_dash.queries import quality
from nakhon_dash.queries.conditions import INSTANT

INSTANTLY, REOPENED, RETURNED = range(3)  # the order in which a close is blamed when two happen at once
CAUSES = ("instant", "reopened", "rereported")


@dataclass(frozen=True)
class Closes:
    """One entry a case with an answer; times are microseconds after its first close, NEVER = not by as_of.

    `fixed`: the first close was a repair, and its time is known. `followed`: from that close to as_of. `undated`:
    opened again, nobody knows when. `silent`: the source never tells of reopenings. `placed`, `sorted`: its point, its
    kind is known. `answered`: closed at as_of; `repaired`: and fixed. `photo`, `stars`: NaN where the source tells
    nothing.
    """

    kind: np.ndarray
    closed: np.ndarray
    fixed: np.ndarray
    followed: np.ndarray
    instant: np.ndarray
    reopened: np.ndarray
    undated: np.ndarray
    silent: np.ndarray
    returned: np.ndarray
    placed: np.ndarray
    sorted: np.ndarray
    answered: np.ndarray
    repaired: np.ndarray
    photo: np.ndarray
    stars: np.ndarray

    def __getitem__(self, chosen: np.ndarray) -> "Closes":
        return Closes(**{name: values[chosen] for name, values in vars(self).items()})


def closes(part: Part) -> Closes:
    """The closes of a part; what follows is looked up once for the whole view."""
    every = part.ask.once("closes", lambda: _all(part.ask))[1]
    return every if part.by is None else every[_places(part.ask, part.by).get(part.key, np.array([], int))]


def _places(ask: Ask, by: str) -> dict[Key, np.ndarray]:
    def split() -> dict[Key, np.ndarray]:
        ids, _ = ask.once("closes", lambda: _all(ask))
        rows = quality.parts(ask.reader, ask.scope, ask.as_of, by)
        at = ids.get_indexer(pd.Index(rows["id"]))
        grouped = pd.Series(at).groupby(rows["part"].to_numpy(), dropna=False, sort=False)
        return {key_of(key): group.to_numpy() for key, group in grouped}

    return ask.once(("closes", by), split)


def _all(ask: Ask) -> tuple[pd.Index, Closes]:
    rows = quality.closes(ask.reader, ask.scope, ask.as_of)
    ids = pd.Index(rows["id"])
    turns = quality.turns(ask.reader, ask.scope, ask.as_of) if rows["again"].any() else None
    early, again = (_moments(ids, turns, kind) for kind in ("closed", "reopened"))
    received, last = rows["received_at"].to_numpy("int64"), rows["closed_at"].to_numpy("int64", na_value=NEVER)
    early = np.where(early <= ask.as_of, early, NEVER)
    first = np.maximum(np.minimum(early, last), received)  # answered before it was received: clocks disagree
    repaired = rows["fixed"].to_numpy(bool)
    fixed = (early < NEVER) | repaired
    reopened = np.where(fixed & (again <= ask.as_of), np.maximum(again - first, 0), NEVER)
    kind, kinds = pd.factorize(rows["kind"])
    found = Closes(
        kind=kind, closed=first, fixed=fixed, followed=np.where(fixed, ask.as_of - first, 0),
        instant=fixed & (first - received <= INSTANT), reopened=reopened,
        undated=rows["again"].to_numpy(bool) & (again == NEVER), silent=_silent(ask, rows),
        returned=np.full(len(rows), NEVER),
        placed=rows["lat"].notna().to_numpy() & rows["lon"].notna().to_numpy(), sorted=kind >= 0,
        answered=last < NEVER, repaired=repaired, photo=rows["photo_after"].to_numpy("float64", na_value=np.nan),
        stars=rows["stars"].to_numpy("float64", na_value=np.nan),
    )  # fmt: skip
    _look_for_returns(ask, rows, found, kinds)
    return ids, found


def _moments(ids: pd.Index, turns: pd.DataFrame | None, kind: str) -> np.ndarray:
    """When each case had its first event of a kind; NEVER where it had none."""
    out = np.full(len(ids), NEVER)
    if turns is not None:
        mine = turns[turns["kind"] == kind]
        at = ids.get_indexer(pd.Index(mine["id"]))
        out[at[at >= 0]] = mine["when"].to_numpy("int64")[at >= 0]
    return out


def _silent(ask: Ask, rows: pd.DataFrame) -> np.ndarray:
    """Cases of sources that never told of a reopening: that none is known of them says nothing."""
    heard = set(rows.loc[rows["again"] == 1, "source"].unique())
    quiet = sorted(set(rows["source"].unique()) - heard)
    return rows["source"].isin(set(quiet) - quality.telling(ask.reader, quiet) if quiet else set()).to_numpy()


def _look_for_returns(ask: Ask, rows: pd.DataFrame, found: Closes, kinds: pd.Index) -> None:
    """Fills `returned`, asking the whole store: the next report may lie outside the view."""
    mine = np.flatnonzero(found.fixed & found.placed & found.sorted)
    if not len(mine):
        return
    month, closed = HORIZON_DAYS * DAY, found.closed[mine]
    categories = sorted(rows["category"].iloc[mine].unique())
    there = quality.reports(ask.reader, ask.as_of, categories, int(closed.min()), int(closed.max()) + month)
    kind = kinds.get_indexer(pd.Index(there["kind"]))
    there, kind = there[kind >= 0], kind[kind >= 0]
    lat, lon = (rows[name].to_numpy("float64", na_value=np.nan)[mine] for name in ("lat", "lon"))
    later = Reports(kind, there["lat"].to_numpy(float), there["lon"].to_numpy(float),
                    there["received_at"].to_numpy("int64"))  # fmt: skip
    found.returned[mine] = first_returns(Reports(found.kind[mine], lat, lon, closed), later, month)
