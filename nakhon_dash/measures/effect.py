"""Did it work? Every intervention of the store, judged by cells that are like its place (`analysis.interrupted`).

All reports count, repeats too: a repair that closes cases sooner would else seem to make more of them. The period and
the place of the view do not matter, an intervention has its own; filters of channel and source do.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from nakhon_dash.analysis import interrupted
from nakhon_dash.analysis.interrupted import AFTER, FEWEST_AFTER, FEWEST_BEFORE, Study
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope, day_no, day_of
from nakhon_dash.measures import grid, ground
from nakhon_dash.measures.asking import Ask
from nakhon_dash.queries import Reader, cases
from nakhon_dash.queries.interventions import interventions, weekly

HISTORY = 156  # weeks before the day that placebo dates may lie in
ZONE_RES = 8  # a zone is counted, and compared, in cells of this resolution
WIDTHS = (1, 2, 4, 13)  # weeks of one step of the picture
MOST_STEPS = 40
P_PLACES, P_WEEKS = 0.05, 0.10  # overlapping weeks are fewer than they seem: asked for less


@dataclass(frozen=True)
class Intervention:
    """`zone` or `cells` (H3) say where; an empty `category` means every kind of case."""

    code: str
    day: int
    zone: str | None
    cells: tuple[str, ...]
    category: tuple[str, ...]
    title_th: str
    title_en: str
    source: str
    batch: int

    def title(self, lang: str) -> str:
        return self.title_th if lang == "th" else self.title_en


@dataclass(frozen=True)
class Step:
    """Some weeks together, both days included. `observed` is None when told to nobody: more than none, below k."""

    first_day: int
    last_day: int
    observed: int | None
    expected: float
    low: float
    high: float
    after: bool


@dataclass(frozen=True)
class Effect:
    """`reason` says why there is no study: no_place (the whole city has no controls), early (weeks before), late (weeks
    after), few (cases or controls). `places` and `weeks` are the ratios of the placebos."""

    what: Intervention
    before: int
    after: int
    reason: str | None = None
    study: Study | None = None
    places: tuple[float, ...] = ()
    weeks: tuple[float, ...] = ()
    places_large: int = 0
    weeks_large: int = 0
    steps: tuple[Step, ...] = field(default=(), compare=False)

    @property
    def p_places(self) -> float | None:
        return interrupted.chance(self.places_large, len(self.places))

    @property
    def p_weeks(self) -> float | None:
        return interrupted.chance(self.weeks_large, len(self.weeks))

    @property
    def verdict(self) -> str | None:
        """fell, rose: interval and placebos agree · placebo: the interval lies off 1, but placebos as large are
        common · unproved: it does, with too few placebos · none: it holds 1."""
        if self.study is None:
            return None
        found = self.study.estimate
        if found.low <= 1 <= found.high:
            return "none"
        if self.p_places is None:
            return "unproved"
        if self.p_places > P_PLACES or (self.p_weeks is not None and self.p_weeks > P_WEEKS):
            return "placebo"
        return "fell" if found.ratio < 1 else "rose"


def known(reader: Reader, as_of_day: int) -> list[Intervention]:
    """The interventions that had begun by that day, newest first."""
    rows = interventions(reader)
    return [_intervention(row) for row in rows.to_dict("records") if row["day_from"] <= as_of_day]


def _intervention(row: dict) -> Intervention:
    def codes(name: str) -> tuple[str, ...]:
        return tuple(row[name].split()) if isinstance(row[name], str) else ()

    zone = row["zone"] if isinstance(row["zone"], str) else None
    return Intervention(str(row["id"]), int(row["day_from"]), zone, codes("cells"), codes("category"),
                        row["title_th"], row["title_en"], row["source"], int(row["batch_id"]))  # fmt: skip


def judged(reader: Reader, profile: Profile, scope: Scope, code: str, as_of: int) -> Effect | None:
    """The effect of one intervention; None when there is none of that code."""
    return effect(Ask(reader, profile, scope, as_of), code)


def effect(ask: Ask, code: str) -> Effect | None:
    what = next((one for one in known(ask.reader, day_no(ask.today)) if one.code == code), None)
    return None if what is None else ask.once(("effect", code), lambda: _effect(ask, what))


def effects(ask: Ask) -> list[Effect]:
    return [found for one in known(ask.reader, day_no(ask.today)) if (found := effect(ask, one.code)) is not None]


def _effect(ask: Ask, what: Intervention) -> Effect:
    scope = Scope(channel=ask.scope.channel, source=ask.scope.source)
    first = cases.first_day(ask.reader, scope, ask.as_of)
    before = 0 if first is None else min(max(what.day - first, 0) // 7, HISTORY)
    after = min(max(day_no(ask.today) - what.day, 0) // 7, AFTER)  # today is not over: not counted
    if not what.cells and what.zone is None:
        return Effect(what, before, after, "no_place")
    if before < FEWEST_BEFORE or after < FEWEST_AFTER:
        return Effect(what, before, after, "early" if before < FEWEST_BEFORE else "late")
    start = what.day - 7 * before
    window = Scope(start, what.day + 7 * after - 1, channel=scope.channel, source=scope.source, category=what.category)
    return _study(ask, window, what, before, after)


def _pins(ask: Ask) -> list[tuple[float, float]]:
    """Points that hold too many of all cases ever to be a place, as on the map."""

    def find() -> list[tuple[float, float]]:
        rows = grid.pins(Ask(ask.reader, ask.profile, Scope(source=ask.scope.source), ask.as_of))
        return list(zip(rows["lat"].tolist(), rows["lon"].tolist(), strict=True))

    return ask.once("effect pins", find)


def _study(ask: Ask, window: Scope, what: Intervention, before: int, after: int) -> Effect:
    counts, cells, place = _counted(ask, window, what, before + after)
    near = ground.rings(cells, 1)
    real = interrupted.study(counts, near, place, before) if len(place) else None
    if real is None:
        return Effect(what, before, after, "few")
    places = interrupted.at_other_places(counts, near, real)
    weeks = interrupted.at_other_weeks(counts, near, real)
    return Effect(what, real.before, real.after, None, real, _ratios(places), _ratios(weeks),
                  interrupted.as_large(real, places), interrupted.as_large(real, weeks),
                  _steps(ask, counts, real, what.day))  # fmt: skip


def _counted(
    ask: Ask, window: Scope, what: Intervention, weeks: int
) -> tuple[np.ndarray, list[int], list[int]]:
    """Cases by cell and week, the cells, and which of them are the place: its cells, or those where most cases are of
    its zone. Cells without a case in all these weeks are not there."""
    res = int(what.cells[0][1], 16) if what.cells else ZONE_RES
    rows = weekly(ask.reader, window, ask.as_of, res, _pins(ask))
    outside = rows["outside"] == 1
    if rows["n"][outside].sum() <= rows["n"].sum() / 2:  # else the file is of another city: all of it counts
        rows = rows[~outside]
    cells, index = np.unique(rows["cell"].to_numpy("int64"), return_inverse=True)
    n, size = rows["n"].to_numpy("int64"), len(cells) * weeks
    week = rows["day"].to_numpy("int64") // 7
    counts = np.bincount(index * weeks + week, n, minlength=size).astype("int64").reshape(len(cells), weeks)
    if what.cells:
        mine = np.isin(cells, [int(cell, 16) for cell in what.cells])
    else:
        mine = np.bincount(index, n * (rows["zone"] == what.zone).to_numpy(), minlength=len(cells)) * 2 > counts.sum(1)
    return counts, cells.tolist(), np.flatnonzero(mine).tolist()


def _ratios(studies: list[Study]) -> tuple[float, ...]:
    return tuple(one.estimate.ratio for one in studies)


def _steps(ask: Ask, counts: np.ndarray, real: Study, day: int) -> tuple[Step, ...]:
    """Counted and expected in steps wide enough to hold k cases before, from the day outwards; whole steps only."""
    window = slice(real.week - real.before, real.week + real.after)
    inside, control = (counts[list(rows), window].sum(axis=0) for rows in (real.place, real.controls))
    k = ask.profile.privacy.k
    fitting = [width for width in WIDTHS if width <= real.after]
    mean = real.estimate.inside[0] / real.before
    wide = (width for width in fitting if mean * width >= k and len(inside) <= MOST_STEPS * width)
    width = next(wide, fitting[-1])
    number = (np.arange(len(inside)) - real.before) // width
    middle, low, high = interrupted.expected(inside, control, real.before, number - number[0], real.estimate.dispersion)
    seen, whole = np.bincount(number - number[0], inside), np.bincount(number - number[0]) == width
    out = []
    for i in np.flatnonzero(whole).tolist():
        first, n = day + 7 * width * (i + int(number[0])), int(seen[i])
        out.append(Step(first, first + 7 * width - 1, None if 0 < n < k else n, float(middle[i]), float(low[i]),
                        float(high[i]), first >= day))  # fmt: skip
    return tuple(out)


def effect_table(ask: Ask, by: str) -> pd.DataFrame:
    """`each`: a row an intervention · `steps`: its weeks, counted and expected · `placebos`: each placebo's ratio."""
    rows = [row for found in effects(ask) for row in ROWS[by](found)]
    return pd.DataFrame(rows)


def row_of(found: Effect) -> pd.DataFrame:
    return pd.DataFrame(_each(found))


def _each(found: Effect) -> list[dict]:
    what, study = found.what, found.study
    told = study.estimate if study else None
    return [{
        "code": what.code, "day": str(day_of(what.day)), "title_th": what.title_th, "title_en": what.title_en,
        "zone": what.zone, "cells": " ".join(what.cells), "category": " ".join(what.category),
        "weeks_before": found.before, "weeks_after": found.after, "reason": found.reason, "verdict": found.verdict,
        "ratio": told and told.ratio, "low_95": told and told.low, "high_95": told and told.high,
        "inside_before": told and told.inside[0], "inside_after": told and told.inside[1],
        "control_before": told and told.control[0], "control_after": told and told.control[1],
        "control_cells": study and len(study.controls), "dispersion": told and told.dispersion,
        "places": len(found.places), "places_as_large": found.places_large, "p_places": found.p_places,
        "weeks": len(found.weeks), "weeks_as_large": found.weeks_large, "p_weeks": found.p_weeks,
    }]  # fmt: skip


def _in_steps(found: Effect) -> list[dict]:
    return [{"code": found.what.code, "from": str(day_of(one.first_day)), "to": str(day_of(one.last_day)),
             "after": int(one.after), "observed": one.observed, "expected": one.expected, "low_95": one.low,
             "high_95": one.high} for one in found.steps]  # fmt: skip


def _placebos(found: Effect) -> list[dict]:
    every = [("place", ratio) for ratio in found.places] + [("week", ratio) for ratio in found.weeks]
    return [{"code": found.what.code, "placebo": kind, "ratio": ratio} for kind, ratio in every]


ROWS = {"each": _each, "steps": _in_steps, "placebos": _placebos}
