"""Where people are not heard: fewer troubles than the people there would lead one to expect, and how often they repeat.

Expected troubles are spread over the places as their people are: residents, or LINE friends where the source tells them
by zone. Reports of trouble still open count as one trouble, so a place that reports everything three times is not
taken for three times the trouble: as many reports a trouble are expected there. A low ratio alone does not tell little
trouble from nobody telling; repeats do: where every trouble is told again, few go untold
(Liu, Bhandaram & Garg 2024, Nat Comput Sci 4:57-65).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.analysis.intervals import newcombe
from nakhon_dash.analysis.ratio import Ratios, dispersion, ratios
from nakhon_dash.measures import grid
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.rates import cells_with_people, friends_by_zone, people_by_zone, people_of

WEEK, FEWEST_STEPS = 7, 8  # scatter is judged from week to week, of short views from day to day
FEWEST = 30  # troubles on the map; with fewer nothing is called quiet
SURE = 0.05
FAR = 0.8  # where even the upper limit is below this, more than a fifth is missing: with many cases any ratio is sure


@dataclass(frozen=True)
class Quiet:
    """`places` are codes of zones or cells (numbers), those of the profile or the city.

    `troubles` counted once, `reports` all, `expected` troubles; `found` their ratio with 95 % interval, p and q;
    `verdict` quiet_far (even the upper limit is below FAR), quiet (q below .05, upper limit below 1), not_quiet, or
    empty (nobody lives there: not judged). `few`: too few to be told. `repeats`: share of reports that repeat a
    trouble, and in the rest of the city; `told` says whether that is less, more or alike. `dispersion`: the scatter
    that widens the intervals, None = not to be judged, taken as 1. With a `reason` (few, no_population) nothing is
    judged.
    """

    by: str
    res: int | None
    places: list[str] | list[int]
    troubles: np.ndarray
    reports: np.ndarray
    few: np.ndarray
    people: np.ndarray
    expected: np.ndarray
    found: Ratios
    verdict: np.ndarray
    dispersion: float | None
    reach: bool
    reason: str = ""

    @property
    def quiet(self) -> int:
        """How many places are quiet."""
        return int(np.char.startswith(self.verdict, "quiet").sum())

    @property
    def quietest(self) -> int | None:
        """The quiet place of which most is certainly missing: the lowest upper limit."""
        quiet = np.flatnonzero(np.char.startswith(self.verdict, "quiet"))
        return int(quiet[np.argmin(self.found.high[quiet])]) if len(quiet) else None

    def repeats(self, place: int) -> tuple[float, float | None]:
        """Share of the reports of a place that repeat, and of the rest of the city (None = no reports there)."""
        (k, n), (k_rest, n_rest) = self._repeated(place)
        return (k / n if n else 0.0), (k_rest / n_rest if n_rest else None)

    def told(self, place: int) -> str:
        """less, more or alike: how often trouble is told again beside the rest of the city, beyond doubt."""
        (k, n), (k_rest, n_rest) = self._repeated(place)
        if not n or not n_rest:
            return "alike"
        low, high = newcombe(k, n, k_rest, n_rest)
        return "less" if high < 0 else "more" if low > 0 else "alike"

    def _repeated(self, place: int) -> tuple[tuple[int, int], tuple[int, int]]:
        own = int(self.reports[place] - self.troubles[place]), int(self.reports[place])
        every = int(self.reports.sum() - self.troubles.sum()), int(self.reports.sum())
        return own, (every[0] - own[0], every[1] - own[1])


def quiet(ask: Ask, by: str = "zone") -> Quiet:
    """The verdict of the view by zone or cell; the switch of repeats does not change it."""
    return ask.once(("quiet", by), lambda: _quiet(ask, by))


def _quiet(ask: Ask, by: str) -> Quiet:
    reach = friends_by_zone(ask) is not None
    of_zone = people_by_zone(ask, "friends" if reach else "residents") or {}
    once, every = grid.points(ask, collapse=True), grid.points(ask, collapse=False)
    k = ask.profile.privacy.k
    if by == "zone":
        places: list = list(of_zone)
        res, own = None, pd.Index(places).get_indexer(pd.Index(once.rows["zone"]))
        all_own = pd.Index(places).get_indexer(pd.Index(every.rows["zone"]))
        people = np.array(list(of_zone.values()), dtype=float)
    else:
        counted = cells_with_people(ask)
        places, res = counted.cells, counted.res
        own = grid.grid(ask, res).index
        all_own = pd.Index(places).get_indexer(pd.Index(every.cells(counted.res)))
        home = once.ground == "outline"
        people = people_of(ask, places, res, of_zone) if home else np.zeros(len(places))
    troubles, reports = (np.bincount(of[of >= 0], minlength=len(places)) for of in (own, all_own))
    judged = people > 0
    total = int(troubles[judged].sum())
    expected = people / people.sum() * total if judged.any() else np.zeros(len(places))
    counts = (own >= 0) & judged[own]
    scatter = _scatter(ask, own[counts], once.rows["day_no"].to_numpy()[counts])
    found = ratios(troubles, expected, max(scatter or 1.0, 1.0))
    reason = "no_population" if not judged.any() else "few" if total < FEWEST or judged.sum() < 2 else ""
    few = (troubles > 0) & (troubles < k)
    return Quiet(by, res, places, troubles, reports, few, people, expected, found,
                 _verdict(found, judged, reason), scatter, reach, reason)  # fmt: skip


def _scatter(ask: Ask, place: np.ndarray, day: np.ndarray) -> float | None:
    """From week to week; from day to day in a view too short for weeks; None in one too short for days."""
    if not len(day):
        return None
    first = int(day.min()) if ask.scope.first_day is None else ask.scope.first_day
    days = ask.last_day - first + 1
    step = WEEK if days >= WEEK * FEWEST_STEPS else 1
    whole = days // step
    inside = (day - first) // step < whole  # the last week may be cut off: its cases would look like scatter
    return dispersion(place[inside], (day - first)[inside] // step) if whole >= FEWEST_STEPS else None


def _verdict(found: Ratios, judged: np.ndarray, reason: str) -> np.ndarray:
    out = np.where(judged & (not reason), "not_quiet", "empty").astype("U9")
    sure = (out != "empty") & (found.q < SURE)
    out[sure & (found.high < 1)] = "quiet"
    out[sure & (found.high < FAR)] = "quiet_far"
    return out


def quiet_table(ask: Ask, by: str) -> pd.DataFrame:
    """zone or cell, people, troubles, reports, expected, expected_reports, ratio, low, high, p, q, verdict, repeats,
    repeats_rest, told; dispersion and reach (whether people are LINE friends) are those of the whole. What few cases
    would give away is missing."""
    return frame(quiet(ask, by))


def frame(of: Quiet) -> pd.DataFrame:
    import h3.api.basic_int as h3

    names = [h3.int_to_str(place) if isinstance(place, int) else place for place in of.places]
    troubles, reports = pd.array(of.troubles, dtype="Int64"), pd.array(of.reports, dtype="Int64")
    troubles[of.few] = reports[of.few] = pd.NA
    each = np.divide(of.reports, of.troubles, out=np.ones(len(names)), where=of.troubles > 0)
    told = {name: np.where(of.few, np.nan, getattr(of.found, name)) for name in ("ratio", "low", "high", "p", "q")}
    shares = [(np.nan, np.nan) if few or not n else of.repeats(i)
              for i, (few, n) in enumerate(zip(of.few.tolist(), of.reports.tolist(), strict=True))]  # fmt: skip
    rows = pd.DataFrame({
        of.by: names, "people": of.people, "troubles": troubles, "reports": reports, "expected": of.expected,
        "expected_reports": np.where(of.few, np.nan, of.expected * each), **told, "verdict": of.verdict,
        "repeats": [own for own, _ in shares], "repeats_rest": [rest for _, rest in shares],
        "told": ["" if few or not n else of.told(i)
                 for i, (few, n) in enumerate(zip(of.few.tolist(), of.reports.tolist(), strict=True))],
        "dispersion": of.dispersion, "reach": of.reach,
    })  # fmt: skip
    return rows.sort_values("ratio", kind="stable", ignore_index=True)
