"""The bridge step by step: three ways to count on time over the same cases, and what each leaves out."""

from dataclasses import dataclass

import pandas as pd

from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures import promise
from nakhon_dash.measures.asking import Ask, Part


@dataclass(frozen=True)
class Way:
    """One way to count. `on`, `late`, `overdue`: answered on time, answered late, open past due, as this way has them;
    `missing` (open past due) and `taken_out` (answered, not due yet) are what it leaves out of the same cases.

    `change` is its share less that of the way before, None for the first or where one is unknown.
    """

    name: str
    share: Measure
    on: int
    late: int
    overdue: int = 0
    missing: int = 0
    taken_out: int = 0
    change: float | None = None


def ways(part: Part) -> tuple[Way, Way, Way]:
    """Answered cases only, with the open ones past due, and of all cases due. Each sums to the same number of cases."""
    c = part.counts
    shares = (promise.on_time_closed_only(part), promise.on_time_with_overdue(part), promise.on_time(part))
    early, late, overdue = c.timed("early"), c.timed("late"), c.timed("overdue")
    closed, both, ours = shares
    return (
        Way("closed_only", closed, c.on_time + early, late, missing=overdue),
        Way("with_overdue", both, c.on_time + early, late, overdue, change=_change(both, closed)),
        Way("matured", ours, c.on_time, late, overdue, taken_out=early, change=_change(ours, both)),
    )


def _change(now: Measure, before: Measure) -> float | None:
    return None if now.value is None or before.value is None else now.value - before.value


def bridge_steps(ask: Ask, by: str) -> pd.DataFrame:  # noqa: ARG001 (not split)
    """One row a way: its share with interval and fraction, the change from the row before, and the cases in it."""
    rows = [
        {"step": way.name, "share": way.share.value, "low": way.share.low, "high": way.share.high,
         "numerator": way.share.numerator, "denominator": way.share.denominator, "change": way.change,
         "on_time": way.on, "late_answered": way.late, "late_open": way.overdue, "missing": way.missing,
         "taken_out": way.taken_out}
        for way in ways(ask.whole)
    ]  # fmt: skip
    return pd.DataFrame(rows)
