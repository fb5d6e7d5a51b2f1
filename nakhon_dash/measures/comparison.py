"""Is a change more than noise? One rule a kind of figure, stated with the answer."""

from dataclasses import dataclass

from nakhon_dash.analysis.intervals import difference, rate_ratio
from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS, Unit

COUNTS = (Unit.CASES, Unit.PEOPLE)


@dataclass(frozen=True)
class Change:
    """`now` less `before`, with its interval; `noise` is true when no change is inside the interval, None when that
    cannot be told (`reason`). `ratio` and its interval are for counts.

    `rule`: intervals (both intervals combined; Newcombe's method 10 when they are Wilson's), poisson (exact
    comparison of two counts), none (a stock or a band: no sampling noise is defined).
    """

    metric: str
    difference: float | None
    low: float | None
    high: float | None
    noise: bool | None
    rule: str
    reason: str | None = None
    ratio: float | None = None


def compare(metric: str, now: Measure, before: Measure) -> Change:
    """The change from `before` to `now`, both of `metric` and independent samples."""
    if now.value is None or before.value is None:
        return Change(metric, None, None, None, None, "none", now.reason or before.reason)
    gap = now.value - before.value
    if METRICS[metric].unit in COUNTS:
        return _counts(metric, now, before, gap) if metric == "received" else Change(metric, gap, None, None, None,
                                                                                    "none", "stock")  # fmt: skip
    ends = now.low, now.high, before.low, before.high
    if now.level is None or None in ends:
        return Change(metric, gap, None, None, None, "none", "no_interval")
    low, high = difference((now.value, now.low, now.high), (before.value, before.low, before.high))  # type: ignore[arg-type]
    return Change(metric, gap, low, high, low <= 0 <= high, "intervals")


def _counts(metric: str, now: Measure, before: Measure, gap: float) -> Change:
    """Two Poisson counts over periods of equal length."""
    a, b = int(now.value or 0), int(before.value or 0)
    low, high = rate_ratio(a, b)
    if low is None:
        return Change(metric, 0, 0, 0, True, "poisson")
    noise = low <= 1 and (high is None or high >= 1)
    return Change(metric, gap, (low - 1) * b, None if high is None else (high - 1) * b, noise, "poisson",
                  ratio=a / b if b else None)  # fmt: skip
