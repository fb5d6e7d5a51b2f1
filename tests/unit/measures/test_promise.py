"""The promise at the edges: what counts, what is left out and why, what adds up."""

from dataclasses import replace

import pytest

from nakhon_dash.measures import compute, compute_by, compute_many
from tests.unit.measures.city import EVERYTHING, HOUR, at, case, fill


def test_an_answer_at_the_due_second_is_on_time_and_one_later_is_not(figure):
    rows = [case(0, 48), case(0, 48 + 1 / 3600)]
    found = figure("on_time", rows)
    assert (found.value, found.numerator, found.denominator) == (0.5, 1, 2)


def test_an_open_case_counts_as_late_once_it_is_due_and_not_before(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(10))
    before = compute("states", reader, profile, EVERYTHING, at(47))
    between = compute("states", reader, profile, EVERYTHING, at(48))
    assert (before.parts["late"], before.parts["not_yet_due"]) == (0, 2)
    assert (between.parts["late"], between.parts["not_yet_due"]) == (1, 1)


def test_an_early_answer_waits_for_its_due_time_to_count(figure):
    found = figure("on_time", [case(0, 1)], hours=47)
    assert (found.value, found.reason, found.parts["not_yet_due"]) == (None, "none_due", 1)


def test_an_empty_store_is_unknown_not_zero(figure):
    found = figure("on_time", [])
    assert (found.value, found.reason, found.n) == (None, "no_cases", 0)
    assert figure("received", []).value == 0


def test_an_answer_deferred_to_a_budget_keeps_the_promise_but_does_not_fix(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 5), case(0, 5, "deferred_to_budget"))
    found = compute_many(["on_time", "on_time_fixed"], reader, profile, EVERYTHING, at(100))
    assert (found["on_time"].value, found["on_time_fixed"].value) == (1.0, 0.5)


@pytest.mark.parametrize("outcome", ["duplicate", "out_of_area", "not_actionable", "referred_out"])
def test_a_case_that_left_is_out_of_the_base_and_counted_by_reason(figure, outcome):
    found = figure("on_time", [case(0, 5), case(0, 5, outcome), case(0, None, outcome)])
    assert (found.value, found.excluded) == (1.0, {outcome: 2})


def test_a_case_counts_as_open_until_the_moment_it_left(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 60, "referred_out"))
    assert compute("on_time", reader, profile, EVERYTHING, at(59)).parts["late"] == 1
    assert compute("on_time", reader, profile, EVERYTHING, at(60)).excluded == {"referred_out": 1}


def test_what_happens_later_does_not_change_an_earlier_moment(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 200), case(90))
    found = compute("states", reader, profile, EVERYTHING, at(80))
    assert (found.value, found.parts["late_open"]) == (1, 1)


def test_every_case_has_one_reason_the_outcome_first(figure):
    rows = [
        case(0, None, "duplicate", flags="no_finish_time information_call", due_at=None),
        case(0, None, flags="no_finish_time information_call", status="closed", outcome="fixed"),
        case(0, 0, flags="zero_duration information_call", due_at=None, due_from=None),
        case(0, 1, due_at=None, due_from=None, flags="no_target"),
        case(0, 1),
    ]
    found = figure("states", rows)
    assert found.excluded == {"duplicate": 1, "no_finish_time": 1, "information_call": 1, "no_target": 1}
    assert found.value + sum(found.excluded.values()) == len(rows)


def test_received_leaves_out_information_calls_only(figure):
    found = figure("received", [case(0, 1, "duplicate"), case(0, None), case(0, 0, flags="information_call")])
    assert (found.value, found.excluded) == (2, {"information_call": 1})


def test_a_flag_that_only_resembles_another_does_not_count(figure):
    assert figure("received", [case(0, flags="no_information_call information_calls")]).value == 1


def test_the_own_due_time_of_the_source_can_be_asked_for(sqlite_store, profile):
    rows = [case(0, 30, due_at=at(24), due_from="source"), case(0, 30), case(0, 60, due_at=at(90), due_from="source")]
    reader = fill(sqlite_store, *rows)
    source, promise = (replace(EVERYTHING, due_from=kind) for kind in ("source", "promise"))
    asked = compute("on_time", reader, profile, source, at(200))
    assert (asked.numerator, asked.denominator, asked.excluded) == (1, 2, {"no_target": 1})
    assert compute("on_time", reader, profile, promise, at(200)).numerator == 2
    assert compute("on_time", reader, profile, EVERYTHING, at(200)).numerator == 2


def test_a_category_with_a_promise_of_its_own_is_held_to_it(sqlite_store, profile):
    strict = profile.model_copy(update={"promise": profile.promise.model_copy(update={"by_category": {"C06": 24}})})
    reader = fill(sqlite_store, case(0, 30, category="C06"), case(0, 30))
    scope = replace(EVERYTHING, due_from="promise")
    assert compute("on_time", reader, profile, scope, at(1_000)).value == 1.0
    assert compute("on_time", reader, strict, scope, at(1_000)).value == 0.5


def mixed():
    """3 kept, 1 fixed early, 2 closed late, 1 open past due, 1 open and not due."""
    return [case(0, 5), case(0, 6), case(1, 9, "deferred_to_budget"), case(80, 81), case(0, 60), case(0, 70), case(2),
            case(90)]  # fmt: skip


def test_the_bridge_leads_from_closed_cases_only_to_the_headline_and_adds_up(figure):
    parts = figure("bridge", mixed(), hours=100).parts
    assert (parts["on_time_closed_only_numerator"], parts["on_time_closed_only_denominator"]) == (4, 6)
    assert parts["on_time_with_overdue_denominator"] == parts["on_time_closed_only_denominator"] + parts["late_open"]
    assert parts["on_time_denominator"] == parts["on_time_with_overdue_denominator"] - parts["answered_before_due"]
    assert parts["on_time_numerator"] == parts["on_time_with_overdue_numerator"] - parts["answered_before_due"]
    assert parts["on_time_value"] == 3 / 6


def test_the_bridge_is_unknown_before_anything_is_due(figure):
    assert figure("bridge", [case(0, 1)], hours=10).reason == "none_due"


def test_an_answer_within_ten_minutes_is_suspicious(figure):
    found = figure("instant_close", [case(0, 10 / 60), case(0, 11 / 60), case(0, 0), case(0)])
    assert (found.numerator, found.denominator) == (2, 3)


def test_parts_add_up_to_the_whole_and_follow_the_profile(sqlite_store, profile):
    rows = [case(0, 5, zone="800103"), case(0, 60, zone="800101"), case(0, zone=None), case(0, 3, zone="800101")]
    found = compute_by("on_time", "zone", fill(sqlite_store, *rows), profile, EVERYTHING, at(100))
    assert [m.group for m in found] == ["800101", "800103", ""]
    assert [(m.numerator, m.denominator) for m in found] == [(1, 2), (1, 1), (0, 1)]


def test_months_are_months_of_receipt(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, 5), case(31 * 24, 900))
    found = compute_by("received", "month", reader, profile, EVERYTHING, at(2_000))
    assert [(m.group, m.value) for m in found] == [("2026-03", 1), ("2026-04", 1)]


def test_a_split_that_means_nothing_is_refused(sqlite_store, profile):
    with pytest.raises(ValueError, match="cannot be split by colour; allowed: dimension"):
        compute_by("on_time", "colour", fill(sqlite_store), profile, EVERYTHING, at(0))


def test_filters_and_days_choose_the_cases(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(24), case(48, zone="800102"), case(47.9, channel="phone"))
    day = at(0) // (24 * HOUR)
    assert compute("received", reader, profile, EVERYTHING.days(day + 1, day + 1), at(99)).value == 2
    for name, value, n in (("zone", "800102", 1), ("channel", "phone", 1), ("category", "C09", 0)):
        assert compute("received", reader, profile, replace(EVERYTHING, **{name: (value,)}), at(99)).value == n
