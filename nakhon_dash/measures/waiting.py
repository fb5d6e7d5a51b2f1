"""How long people wait: share within the promise, median, nine in ten, mean of 30 days. Open cases count as open."""

from nakhon_dash.analysis.intervals import wilson, z_of
from nakhon_dash.analysis.survival import Curve, curve
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Part
from nakhon_dash.queries.conditions import HOUR

HORIZON_HOURS = 720


def waiting_curve(part: Part) -> Curve:
    """Kaplan-Meier curve of a part, in microseconds."""

    def fit() -> Curve:
        rows = part.waits
        return curve(rows["wait"].to_numpy("int64"), rows["answered"].to_numpy(bool), rows["n"].to_numpy("int64"))

    return part.ask.once(("curve", part.by, part.key), fit)


def _empty(part: Part, metric: str) -> Measure | None:
    if len(part.waits):
        return None
    nothing = part.counts.received + part.counts.information == 0
    return part.unknown(metric, "no_cases" if nothing else "all_left_out", excluded=part.counts.left_out_of_waits)


def p_within(part: Part) -> Measure:
    """1 - S(promise), the promise being the category's own; exact share and Wilson while nobody young is open.

    Always on the calendar clock: the promise runs day and night.
    """
    part = part.calendar
    if (empty := _empty(part, "p_within")) is not None:
        return empty
    rows = part.waits
    wait, done = rows["wait"].to_numpy("int64"), rows["answered"].to_numpy(bool)
    promised, weight = rows["promised"].to_numpy("int64"), rows["n"].to_numpy("int64")
    one = bool((promised == promised[0]).all())
    # several promises: every case on the scale of its own
    fitted, at = (waiting_curve(part), int(promised[0])) if one else (curve(wait / promised, done, weight), 1)
    k, n = int(weight[done & (wait <= promised)].sum()), int(weight.sum())
    parts = {"promise_hours": float(promised[0]) / HOUR if one else None}
    rest: dict = {"numerator": k, "denominator": n, "excluded": part.counts.left_out_of_waits, "parts": parts}
    if not (~done & (wait < promised)).any():
        low, high = wilson(k, n)
        return part.measure("p_within", k / n, n, low=low, high=high, **rest)
    s_low, s_high = fitted.limits(at)
    low_high = {"low": None if s_high is None else 1 - s_high, "high": None if s_low is None else 1 - s_low}
    return part.measure("p_within", 1 - float(fitted.at(at)), n, **low_high, **rest)


def _quantile(part: Part, metric: str, share: float) -> Measure:
    if (empty := _empty(part, metric)) is not None:
        return empty
    fitted = waiting_curve(part)
    value, (low, high) = fitted.quantile(share), fitted.quantile_limits(share)
    rest = {"numerator": fitted.n_events, "denominator": fitted.n, "excluded": part.counts.left_out_of_waits,
            "low": _hours(low), "high": _hours(high), "parts": {"followed_hours": fitted.last / HOUR}}  # fmt: skip
    if value is None:
        return part.unknown(metric, "not_reached", fitted.n, **rest)
    return part.measure(metric, _hours(value), fitted.n, **rest)


def median_hours(part: Part) -> Measure:
    return _quantile(part, "median_hours", 0.5)


def p90_hours(part: Part) -> Measure:
    return _quantile(part, "p90_hours", 0.9)


def mean_hours_30d(part: Part) -> Measure:
    """Restricted mean; unknown while nobody has been followed for 30 days and some still wait.

    `parts` then hold the mean up to the longest follow-up instead.
    """
    metric = "mean_hours_30d"
    if (empty := _empty(part, metric)) is not None:
        return empty
    fitted = waiting_curve(part)
    rest: dict = {"numerator": fitted.n_events, "denominator": fitted.n, "excluded": part.counts.left_out_of_waits}
    horizon = HORIZON_HOURS * HOUR
    if fitted.last < horizon and fitted.n_events < fitted.n and float(fitted.at(fitted.last)) > 0:
        mean, _ = fitted.restricted_mean(fitted.last)
        parts = {"followed_hours": fitted.last / HOUR, "mean_hours_followed": mean / HOUR}
        return part.unknown(metric, "follow_up_short", fitted.n, parts=parts, **rest)
    mean, se = (v / HOUR for v in fitted.restricted_mean(horizon))
    half = z_of() * se
    return part.measure(metric, mean, fitted.n, low=max(mean - half, 0.0), high=min(mean + half, float(HORIZON_HOURS)),
                        parts={"se": se}, **rest)  # fmt: skip


def _hours(micros: float | None) -> float | None:
    return None if micros is None else micros / HOUR
