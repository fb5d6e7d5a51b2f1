"""The curve of those still waiting: what a picture draws of it, and its table at readable hours."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.measures.waiting import waiting_curve
from nakhon_dash.queries.conditions import HOUR

GRID = (1, 2, 3, 6, 12, 24, 36, 48, 72, 96, 168, 240, 360, 480, 720)  # hours
MARKS = (("half", 0.5), ("nine_in_ten", 0.9))


@dataclass(frozen=True)
class Standing:
    """After so many hours: the share still waiting with its limits, cases still followed, cases answered by then.

    `still` is None where nobody was followed so long; limits are None where it is 0 or 1.
    """

    hours: float
    still: float | None
    low: float | None
    high: float | None
    at_risk: int
    answered: int


def standing(part: Part, hours: float) -> Standing:
    """One point of the curve; `at_risk` are the cases whose wait was not over, answered or not, before `hours`."""
    fitted, time = waiting_curve(part), hours * HOUR
    wait, n = part.waits["wait"].to_numpy("int64"), part.waits["n"].to_numpy("int64")
    answered = int(fitted.events[fitted.t <= time].sum())
    at_risk = int(n[wait >= time].sum())
    if not fitted.n or (time > fitted.last and float(fitted.at(fitted.last)) > 0):
        return Standing(hours, None, None, None, at_risk, answered)
    return Standing(hours, float(fitted.at(time)), *fitted.limits(time), at_risk, answered)


@dataclass(frozen=True)
class Drawn:
    """The curve at given hours, for a picture: shares, NaN where nobody was followed so long or without a limit."""

    still: np.ndarray
    low: np.ndarray
    high: np.ndarray


def drawn(part: Part, hours: np.ndarray) -> Drawn:
    """Limits are carried flat from the last answer, as the curve is; where all were answered they are NaN."""
    fitted, times = waiting_curve(part), hours * HOUR
    place = np.searchsorted(fitted.t, times, side="right")
    beyond = (times > fitted.last) & (float(fitted.at(fitted.last)) > 0) if fitted.n else np.ones(len(times), bool)
    whole = np.concatenate(([1.0], fitted.s))[place]
    low, high = (np.concatenate(([np.nan], limit))[place] for limit in fitted.band())
    return Drawn(*(np.where(beyond, np.nan, values) for values in (whole, low, high)))


def curve_table(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (a table of no parts)
    """Rows of GRID and of the promise, then the times by which half and nine in ten were answered.

    With a period to compare with, its own share stands beside.
    """
    part = ask.whole
    if not len(part.waits):
        return pd.DataFrame()
    fitted = waiting_curve(part)
    hours = sorted({*map(float, GRID), ask.profile.promise.hours, ask.profile.baseline.hours})
    rows = [{"mark": "", **vars(standing(part, one))} for one in hours]
    for mark, share in MARKS:
        found = fitted.quantile(share)
        if found is not None:
            rows.append({"mark": mark, **vars(standing(part, found / HOUR))})
    table = pd.DataFrame(rows)
    if ask.earlier is not None:
        before = [standing(ask.earlier.whole, row) for row in table["hours"]]
        table["before_still"] = [one.still for one in before]
        table["before_low"], table["before_high"] = [one.low for one in before], [one.high for one in before]
    return table
