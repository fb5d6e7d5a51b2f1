"""The figures of record: `compute(metric, reader, profile, scope, as_of)`, its parts, and what pages are made of."""

from collections.abc import Callable, Iterable

from nakhon_dash.domain.measure import Measure
from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures import backlog, fairness, flow, opinion, promise, quality, reach, waiting, weekend
from nakhon_dash.measures.ahead import breach_ahead
from nakhon_dash.measures.asking import Ask, Part
from nakhon_dash.queries import Reader

COMPUTE: dict[str, Callable[[Part], Measure]] = {
    "received": promise.received,
    "on_time": promise.on_time,
    "on_time_fixed": promise.on_time_fixed,
    "on_time_closed_only": promise.on_time_closed_only,
    "on_time_with_overdue": promise.on_time_with_overdue,
    "bridge": promise.bridge,
    "states": promise.states,
    "p_within": waiting.p_within,
    "median_hours": waiting.median_hours,
    "p90_hours": waiting.p90_hours,
    "mean_hours_30d": waiting.mean_hours_30d,
    "open": backlog.open_now,
    "overdue": backlog.overdue,
    "breach_ahead": breach_ahead,
    "instant_close": promise.instant_close,
    "friends_active": reach.friends_active,
    "reach": reach.reach,
    "satisfaction": opinion.satisfaction,
    "top2": opinion.top2,
    "report_rate": reach.report_rate,
    "ended": flow.ended,
    "adjusted_on_time": fairness.adjusted_on_time,
    "zone_gap": fairness.zone_gap,
    "weekend_penalty": weekend.weekend_penalty,
    "weekend_penalty_on_time": weekend.weekend_penalty_on_time,
    "clean_close": quality.clean_close,
    "reopen_rate": quality.reopen_rate,
    "rereport_rate": quality.rereport_rate,
    "after_photo": quality.after_photo,
    "stars_mean": quality.stars_mean,
    "stars_low": quality.stars_low,
}


def compute(
    metric: str, reader: Reader, profile: Profile, scope: Scope, as_of: int, *, denominator: str | None = None
) -> Measure:
    """One figure of the view at `as_of` (µs); KeyError when there is no such metric."""
    return COMPUTE[metric](Ask(reader, profile, scope, as_of, denominator).whole)


def compute_many(
    metrics: Iterable[str], reader: Reader, profile: Profile, scope: Scope, as_of: int
) -> dict[str, Measure]:
    """Several figures of one view; what they share is asked once."""
    whole = Ask(reader, profile, scope, as_of).whole
    return {metric: COMPUTE[metric](whole) for metric in metrics}


def compute_by(
    metric: str, dimension: str, reader: Reader, profile: Profile, scope: Scope, as_of: int
) -> list[Measure]:
    """The figure for each part of the view that has data; ValueError when the metric cannot be split that way."""
    return [COMPUTE[metric](part) for part in _parts(metric, dimension, Ask(reader, profile, scope, as_of))]


def compute_many_by(
    metrics: Iterable[str], dimension: str, reader: Reader, profile: Profile, scope: Scope, as_of: int
) -> dict[str, list[Measure]]:
    """Several figures for each part; what they share is asked once."""
    ask = Ask(reader, profile, scope, as_of)
    return {metric: [COMPUTE[metric](part) for part in _parts(metric, dimension, ask)] for metric in metrics}


def _parts(metric: str, dimension: str, ask: Ask) -> list[Part]:
    if dimension not in METRICS[metric].parts:
        raise ValueError(f"{metric} cannot be split by {dimension}; allowed: {', '.join(METRICS[metric].parts) or '–'}")
    if metric == "ended":
        return flow.ended_parts(ask, dimension)
    if dimension == "denominator":
        return reach.denominators(ask)
    return opinion.parts(ask, dimension) if METRICS[metric].source == "survey" else ask.parts(dimension)
