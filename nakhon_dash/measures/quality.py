"""Closed is not fixed: what a close was worth. Shares of first closes, by what happened to them afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from nakhon_dash.analysis import followup, sampling
from nakhon_dash.analysis.intervals import wilson
from nakhon_dash.analysis.recurrence import NEVER
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.measures import promise
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.closes import CAUSES, INSTANTLY, REOPENED, RETURNED, Closes, closes
from nakhon_dash.measures.comparison import Change, compare

LOW_STARS = 2


def _left_out(part: Part, **more: int) -> dict[str, int]:
    return part.counts.left_out_of_waits | {reason: int(n) for reason, n in more.items() if n}


def _none(part: Part, metric: str, reason: str, **rest: Any) -> Measure:  # noqa: ANN401
    nothing = part.counts.received + part.counts.information == 0
    return part.unknown(metric, "no_cases" if nothing else reason, **rest)


def _share(part: Part, metric: str, k: int, n: int, empty: str, **rest: Any) -> Measure:  # noqa: ANN401
    """k in n with its Wilson interval."""
    if n == 0:
        return _none(part, metric, empty, **rest)
    low, high = wilson(k, n)
    return part.measure(metric, k / n, n, numerator=k, denominator=n, low=low, high=high, **rest)


def _within(part: Part, metric: str, time: np.ndarray, happened: np.ndarray, follow_up: np.ndarray, days: int | None,
            excluded: dict[str, int]) -> Measure:  # fmt: skip
    """Share with the event within 30 days, or within as many as enough closes have been followed: `parts.days`."""
    told = followup.whole_days(follow_up) if days is None else days
    if not told:
        return _none(part, metric, "follow_up_short" if len(time) else "none_fixed", n=len(time), excluded=excluded)
    found = followup.within(time, happened, told)
    return part.measure(metric, found.share, found.n, numerator=found.k, denominator=found.n, low=found.low,
                        high=found.high, excluded=excluded, parts={"days": told})  # fmt: skip


def reopen_rate(part: Part, days: int | None = None) -> Measure:
    """Share of first closes opened again. Where a source does not say when, the share ever opened again instead:
    then `parts.days` is None and `parts.undated` counts those cases."""
    told = closes(part)
    every = told[~told.silent]
    excluded = _left_out(part, reopen_not_told=(told.silent & told.fixed).sum())
    if not every.fixed.any() and told.fixed.any():
        return _none(part, "reopen_rate", "not_told", excluded=excluded)
    undated = int(every.undated.sum())
    if undated:
        base = every.fixed | every.undated
        again = (every.reopened < NEVER) | every.undated
        return _share(part, "reopen_rate", int(again.sum()), int(base.sum()), "none_fixed",
                      excluded=excluded, parts={"days": None, "undated": undated})  # fmt: skip
    mine = every[every.fixed]
    time = np.minimum(mine.reopened, mine.followed)
    return _within(part, "reopen_rate", time, mine.reopened < NEVER, mine.followed, days, excluded)


def rereport_rate(part: Part, days: int | None = None) -> Measure:
    """Share of first closes after which the same kind is reported within 50 m; a case that is open again is followed
    no longer, since what comes then is a duplicate."""
    mine, excluded = _placed(part)
    end = np.minimum(mine.reopened, mine.followed)
    time = np.minimum(mine.returned, end)
    return _within(part, "rereport_rate", time, mine.returned <= end, mine.followed, days, excluded)


def clean_close(part: Part, days: int | None = None) -> Measure:
    """Share of first closes that were not instant, were not opened again and brought no new report at the place.

    `parts`: what each costs, as shares: a close counts under what happened first, so value + costs = 1. One opened
    again at an unknown time counts as not clean from the start; of `silent` closes the source never tells of
    reopening.
    """
    mine, excluded = _placed(part)
    time, cause = _first_fault(mine)
    found = _within(part, "clean_close", time, cause >= 0, mine.followed, days, excluded)
    if found.value is None or found.low is None or found.high is None:
        return found
    told = int(found.parts["days"] or 0)
    costs = dict(zip(CAUSES, followup.shares_of_causes(time, cause, len(CAUSES), told).tolist(), strict=True))
    parts = {"days": told, "undated": int(mine.undated.sum()), "silent": int(mine.silent.sum()), **costs}
    return part.measure("clean_close", 1 - found.value, found.n, numerator=found.n - int(found.numerator or 0),
                        denominator=found.n, low=1 - found.high, high=1 - found.low, excluded=excluded,
                        parts=parts)  # fmt: skip


def _placed(part: Part) -> tuple[Closes, dict[str, int]]:
    every = closes(part)
    unsorted = every.fixed & every.placed & ~every.sorted
    return every[every.fixed & every.placed & every.sorted], _left_out(
        part, no_point=(every.fixed & ~every.placed).sum(), no_kind=unsorted.sum())  # fmt: skip


def _first_fault(mine: Closes) -> tuple[np.ndarray, np.ndarray]:
    """(time of the first fault or time followed, its cause or -1)."""
    times = np.empty((len(CAUSES), len(mine.fixed)), np.int64)
    times[INSTANTLY] = np.where(mine.instant, 0, NEVER)
    times[REOPENED] = np.where(mine.undated, 0, mine.reopened)
    times[RETURNED] = mine.returned
    first = times.min(axis=0)
    seen = first <= mine.followed
    return np.where(seen, first, mine.followed), np.where(seen, times.argmin(axis=0), -1)


def after_photo(part: Part) -> Measure:
    """Share of repairs with a photo taken afterwards, of those of which the source tells."""
    every = closes(part)
    photo = every.photo[every.repaired]
    told = photo[~np.isnan(photo)]
    empty = "not_told" if len(photo) else "none_fixed"
    return _share(part, "after_photo", int((told > 0).sum()), len(told), empty,
                  excluded=_left_out(part, photo_not_told=len(photo) - len(told)))  # fmt: skip


def _stars(part: Part) -> tuple[np.ndarray, dict[str, float | int | None]]:
    """The stars given, and how many of the closed cases were rated at all."""
    every = closes(part)
    closed = int(every.answered.sum())
    given = every.stars[every.answered]
    given = given[~np.isnan(given)]
    return given, {"closed": closed, "rated_share": len(given) / closed if closed else None}


def stars_mean(part: Part) -> Measure:
    """Mean of the stars of closed cases with its t interval (kept inside 1 to 5); rated cases only."""
    given, parts = _stars(part)
    if not len(given):
        return _none(part, "stars_mean", "none_rated", parts=parts, excluded=_left_out(part))
    found = sampling.mean(given, np.arange(len(given)))
    known = found.low is not None and found.high is not None
    low, high = (max(found.low or 0, 1.0), min(found.high or 0, 5.0)) if known else (None, None)
    return part.measure("stars_mean", found.value, found.n, numerator=float(given.sum()), denominator=found.n, low=low,
                        high=high, parts=parts, excluded=_left_out(part))  # fmt: skip


def stars_low(part: Part) -> Measure:
    """Share of one or two stars among the closed cases that were rated."""
    given, parts = _stars(part)
    return _share(part, "stars_low", int((given <= LOW_STARS).sum()), len(given), "none_rated", parts=parts,
                  excluded=_left_out(part))  # fmt: skip


DATED: dict[str, Callable[[Part, int | None], Measure]] = {
    "clean_close": clean_close, "reopen_rate": reopen_rate, "rereport_rate": rereport_rate,
}  # fmt: skip
PLAIN: dict[str, Callable[[Part], Measure]] = {
    "instant_close": promise.instant_close, "after_photo": after_photo, "stars_mean": stars_mean,
    "stars_low": stars_low,
}  # fmt: skip
ROWS = ("clean_close", "instant_close", "reopen_rate", "rereport_rate", "after_photo", "stars_mean", "stars_low")


def clean_by(ask: Ask, by: str) -> list[Measure]:
    """The share that stayed fixed of each part, each after the days that its own closes have been followed."""
    return ask.once(("clean", by), lambda: [clean_close(part) for part in ask.parts(by)])


@dataclass(frozen=True)
class Row:
    """A figure now and in the period before, and its change: both read after the same number of days."""

    now: Measure
    before: Measure | None = None
    moved: Change | None = None


def rows(ask: Ask) -> list[Row]:
    """The figures of the card; `before` and `moved` only with a period to compare with."""
    return ask.once("quality", lambda: [_row(ask, metric) for metric in ROWS])


def _row(ask: Ask, metric: str) -> Row:
    if metric in PLAIN:
        now = PLAIN[metric](ask.whole)
        return Row(now) if ask.earlier is None else _compared(now, now, PLAIN[metric](ask.earlier.whole))
    now = DATED[metric](ask.whole, None)
    if ask.earlier is None:
        return Row(now)
    before = DATED[metric](ask.earlier.whole, None)
    days = now.parts.get("days"), before.parts.get("days")
    if None in days:  # one counts ever, the other within days, or one is not known
        return _compared(now, now, before) if days == (None, None) else Row(now)
    both = min(int(told or 0) for told in days)
    return _compared(now, *(one if one.parts["days"] == both else DATED[metric](of.whole, both)
                            for one, of in ((now, ask), (before, ask.earlier))))  # fmt: skip


def _compared(shown: Measure, now: Measure, before: Measure) -> Row:
    return Row(shown, before, compare(now.metric, now, before))


def quality(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (not split)
    """One row a figure of the card, with the period before and whether the change is more than noise."""
    return pd.DataFrame([_cells(row) for row in rows(ask)])


def _cells(row: Row) -> dict:
    now, before, moved = row.now, row.before, row.moved
    costs = {f"cost_{cause}": now.parts.get(cause) for cause in CAUSES}
    return {
        "metric": now.metric, "value": now.value, "unit": METRICS[now.metric].unit.value, "low": now.low,
        "high": now.high, "numerator": now.numerator, "denominator": now.denominator, "n": now.n,
        "days": now.parts.get("days"), "reason": now.reason, "before": before.value if before else None,
        "change": moved.difference if moved else None, "change_low": moved.low if moved else None,
        "change_high": moved.high if moved else None, "noise": moved.noise if moved else None,
        "rated_share": now.parts.get("rated_share"), **costs,
    }  # fmt: skip
