"""Any handful of cases: the figures agree with a plain count, and their parts add up."""

import statistics

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nakhon_dash.measures import compute_many
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import complaint
from tests.unit.measures.city import EVERYTHING, HOUR, at, case, fill

NOW = 100
OUTCOMES = (None, "fixed", "deferred_to_budget", "duplicate", "out_of_area", "not_actionable", "referred_out")
FLAGS = ("", "no_target", "information_call", "reopened", "no_location information_call")


@st.composite
def cases(draw):
    received = draw(st.integers(0, 120))
    closed = draw(st.none() | st.integers(received, 150))
    outcome = draw(st.sampled_from(OUTCOMES))
    if closed is None and outcome in ("fixed", "deferred_to_budget"):
        outcome = None
    due = draw(st.none() | st.integers(received, received + 60))
    return case(received, closed, outcome, due_at=None if due is None else at(due), flags=draw(st.sampled_from(FLAGS)),
                status="received" if closed is None else "closed")  # fmt: skip


def plain(row):
    """(reason, state) of a case at NOW, in plain words of the definition."""
    now, closed, due = at(NOW), row["closed_at"], row["due_at"]
    known = closed is not None and closed <= now
    if row["outcome"] in OUTCOMES[3:] and (closed is None or known):
        return row["outcome"], None
    if "information_call" in row["flags"].split():
        return "information_call", None
    if due is None:
        return "no_target", None
    answered = known and row["outcome"] in ("fixed", "deferred_to_budget")
    if due > now:
        return None, "not_yet_due"
    return None, "on_time" if answered and closed <= due else "late"


@given(rows=st.lists(cases(), max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_equal_a_plain_count(sqlite_store, profile, rows):
    with sqlite_store.begin() as connection:
        connection.execute(complaint.delete())
    fill(sqlite_store, *rows)
    metrics = ("states", "on_time", "received", "bridge", "median_hours", "open", "on_time_with_overdue")
    found = compute_many(metrics, StoreReader(sqlite_store), profile, EVERYTHING, at(NOW))
    here = [row for row in rows if row["received_at"] <= at(NOW)]
    judged = [plain(row) for row in here]
    states = found["states"].parts
    for state in ("on_time", "late", "not_yet_due"):
        assert states[state] == sum(s == state for _, s in judged)
    assert found["states"].excluded == {r: n for r in (*OUTCOMES[3:], "information_call", "no_target")
                                        if (n := sum(reason == r for reason, _ in judged))}  # fmt: skip
    everyone = found["received"].value + found["received"].excluded.get("information_call", 0)
    assert found["states"].value + sum(found["states"].excluded.values()) == everyone == len(here)
    due = states["on_time"] + states["late"]
    assert found["on_time"].value == (states["on_time"] / due if due else None)
    check_bridge(found["bridge"].parts)
    check_median(found, here)


def check_bridge(parts):
    overdue, early = parts["late_open"], parts["answered_before_due"]
    assert parts["on_time_with_overdue_denominator"] == parts["on_time_closed_only_denominator"] + overdue
    assert parts["on_time_denominator"] == parts["on_time_with_overdue_denominator"] - early
    assert parts["on_time_numerator"] == parts["on_time_closed_only_numerator"] - early


def check_median(found, here):
    """Where nobody is open the median is the plain one."""
    stays = [row for row in here if plain(row)[0] in (None, "no_target")]
    done = [row for row in stays if row["closed_at"] is not None and row["closed_at"] <= at(NOW) and row["outcome"]]
    assert found["open"].value == len(stays) - len(done)
    if stays and len(done) == len(stays):
        waits = [(row["closed_at"] - row["received_at"]) / HOUR for row in done]
        assert found["median_hours"].value == statistics.median(waits)
