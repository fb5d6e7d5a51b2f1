"""Is the promise kept: the shares on time, the three states, and the bridge between the shares."""

from nakhon_dash.analysis.intervals import garwood, wilson
from nakhon_dash.domain.measure import Measure
from nakhon_dash.measures.asking import Part


def received(part: Part) -> Measure:
    counts = part.counts
    low, high = garwood(counts.received)
    left_out = {"information_call": counts.information} if counts.information else {}
    return part.measure("received", counts.received, counts.received, numerator=counts.received, low=low, high=high,
                        excluded=left_out)  # fmt: skip


def _share(part: Part, metric: str, k: int, n: int, empty: str, parts: dict | None = None) -> Measure:
    """k in n with its Wilson interval; unknown because of `empty` when n is 0."""
    rest: dict = {"numerator": k, "denominator": n, "excluded": part.counts.left_out, "parts": parts or {}}
    if n == 0:
        nothing = part.counts.received + part.counts.information == 0
        return part.unknown(metric, "no_cases" if nothing else empty, **rest)
    low, high = wilson(k, n)
    return part.measure(metric, k / n, n, low=low, high=high, **rest)


def on_time(part: Part) -> Measure:
    c = part.counts
    parts = {"on_time": c.on_time, "late": c.late, "not_yet_due": c.not_yet_due}
    return _share(part, "on_time", c.on_time, c.due, "none_due", parts)


def on_time_fixed(part: Part) -> Measure:
    c = part.counts
    return _share(part, "on_time_fixed", c.timed("fixed"), c.due, "none_due")


def on_time_closed_only(part: Part) -> Measure:
    c = part.counts
    by_due = c.timed("fixed", "deferred", "early")
    return _share(part, "on_time_closed_only", by_due, by_due + c.timed("late"), "none_answered")


def on_time_with_overdue(part: Part) -> Measure:
    c = part.counts
    by_due = c.timed("fixed", "deferred", "early")
    return _share(part, "on_time_with_overdue", by_due, by_due + c.late, "none_due")


def states(part: Part) -> Measure:
    """The three counts in `parts`; the value is their sum."""
    c = part.counts
    total = c.due + c.not_yet_due
    parts = {"on_time": c.on_time, "late": c.late, "not_yet_due": c.not_yet_due, "received": c.received,
             "late_answered": c.timed("late"), "late_open": c.timed("overdue"),
             "not_yet_due_answered": c.timed("early"), "not_yet_due_open": c.timed("waiting")}  # fmt: skip
    return part.measure("states", total, total, numerator=total, excluded=c.left_out, parts=parts)


def bridge(part: Part) -> Measure:
    """From the share of answered cases to the headline; the value is the headline less that share.

    `parts`: each step with numerator, denominator and share, and the counts that lead from one to the next:
    + late_open in the denominator, then - answered_before_due in both.
    """
    steps = (on_time_closed_only(part), on_time_with_overdue(part), on_time(part))
    c = part.counts
    parts: dict = {"late_open": c.timed("overdue"), "answered_before_due": c.timed("early")}
    for step in steps:
        parts |= {f"{step.metric}_{name}": getattr(step, name) for name in ("numerator", "denominator", "value")}
    first, last = steps[0], steps[-1]
    rest: dict = {"numerator": last.numerator, "denominator": last.denominator, "excluded": c.left_out, "parts": parts}
    if first.value is None or last.value is None:
        return part.unknown("bridge", last.reason or first.reason or "none_due", c.due, **rest)
    return part.measure("bridge", last.value - first.value, c.due, **rest)


def instant_close(part: Part) -> Measure:
    c = part.counts
    answered = c.every("fixed", "deferred", "early", "late")
    found = _share(part, "instant_close", c.instant, answered, "none_answered")
    return part.measure("instant_close", found.value, found.n, numerator=found.numerator,
                        denominator=found.denominator, low=found.low, high=found.high, reason=found.reason,
                        excluded=c.left_out_of_waits)  # fmt: skip
