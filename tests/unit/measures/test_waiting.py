"""Waiting times with open cases in them."""

import numpy as np
import pytest

from nakhon_dash.measures import asking, compute, compute_by
from tests.unit.measures.city import EVERYTHING, at, case, fill


def test_the_median_of_answered_cases_is_the_plain_one(figure):
    waits = [1, 2.5, 7, 30, 200]
    assert figure("median_hours", [case(0, w) for w in waits]).value == np.median(waits)


def test_open_cases_lengthen_the_wait(figure):
    found = figure("median_hours", [case(0, 1), case(0, 2), case(0), case(0), case(0)], hours=50)
    assert (found.value, found.reason) == (None, "not_reached")
    assert found.n == 5


def test_a_median_carries_its_interval(figure):
    found = figure("median_hours", [case(0, w) for w in range(1, 101)])
    assert found.low < found.value < found.high
    assert (found.value, found.level) == (50.5, 0.95)


def test_nine_in_ten_looks_further(figure):
    assert figure("p90_hours", [case(0, w) for w in range(1, 101)]).value == 90.5


def test_while_everyone_is_old_enough_the_share_is_the_exact_fraction(figure):
    found = figure("p_within", [case(0, 48), case(0, 49), case(0)], hours=100)
    assert (found.value, found.numerator, found.denominator) == (1 / 3, 1, 3)


def test_a_young_open_case_does_not_lower_the_share_like_a_late_one(figure):
    rows = [case(0, 10), case(0, 60), case(99)]
    found = figure("p_within", rows, hours=100)
    assert found.value == 0.5
    assert found.low < 0.5 < found.high


def test_each_category_is_measured_by_its_own_promise(sqlite_store, profile):
    strict = profile.model_copy(update={"promise": profile.promise.model_copy(update={"by_category": {"C06": 24}})})
    reader = fill(sqlite_store, case(0, 30, category="C06"), case(0, 30), case(99, category="C06"))
    found = compute("p_within", reader, strict, EVERYTHING, at(100))
    assert found.value == pytest.approx(0.5)
    assert found.parts["promise_hours"] is None


def test_a_case_without_a_target_still_waits(figure):
    found = figure("median_hours", [case(0, 10, due_at=None, due_from=None, flags="no_target")])
    assert (found.value, found.n, found.excluded) == (10, 1, {})


def test_finished_at_an_unknown_time_is_left_out_and_said(figure):
    rows = [case(0, 10), case(0, None, outcome="fixed", status="closed", flags="no_finish_time")]
    found = figure("median_hours", rows)
    assert (found.n, found.excluded) == (1, {"no_finish_time": 1})


def test_when_all_are_left_out_the_wait_is_unknown(figure):
    assert figure("median_hours", [case(0, 1, "duplicate")]).reason == "all_left_out"


def test_without_a_case_the_share_is_unknown(figure):
    assert figure("p_within", []).reason == "no_cases"


def test_the_mean_is_capped_at_thirty_days(figure):
    assert figure("mean_hours_30d", [case(0, 10), case(0, 5_000)], hours=6_000).value == (10 + 720) / 2


def test_the_mean_of_thirty_days_is_unknown_before_thirty_days_have_passed(figure):
    found = figure("mean_hours_30d", [case(0, 10), case(0)], hours=100)
    assert (found.value, found.reason) == (None, "follow_up_short")
    assert found.parts["mean_hours_followed"] == (10 + 100) / 2


def test_a_clock_that_closes_before_receipt_waits_zero(figure):
    assert figure("median_hours", [case(1, 1 - 30 / 3600)]).value == 0


def test_groups_have_their_own_curve(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 5), case(0, 9, department="PW"))
    found = compute_by("median_hours", "department", reader, profile, EVERYTHING, at(100))
    assert {m.group: m.value for m in found} == {"PH": 5, "PW": 9}


def test_a_large_view_tells_waits_to_the_minute_and_keeps_who_was_in_time(figure, monkeypatch):
    rows = [case(0, 48 - 1 / 7200), case(0, 48), case(0, 48 + 1 / 7200), case(52 - 1 / 7200), case(0, 80.5)]
    exact = {"p_within": figure("p_within", rows, hours=100), "median_hours": figure("median_hours", [], hours=100)}
    monkeypatch.setattr(asking, "EXACT", 2)
    rough = {name: figure(name, [], hours=100) for name in ("p_within", "median_hours")}
    assert rough["p_within"].value == exact["p_within"].value == 0.4
    assert rough["median_hours"].n == 5
    assert exact["median_hours"].value == 48 + 1 / 7200
    assert rough["median_hours"].value == 48 + 1 / 60


def test_large_views_count_days_in_whole_hours(figure, monkeypatch):
    monkeypatch.setattr(asking, "EXACT", 0)
    assert figure("median_hours", [case(0, 80.2)], hours=100).value == 81
