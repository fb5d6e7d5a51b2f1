"""What counts as open, and as overdue."""

from dataclasses import replace

from nakhon_dash.measures import compute, compute_by
from tests.unit.measures.city import EVERYTHING, at, case, fill


def test_open_means_received_and_not_answered_yet(figure):
    found = figure("open", [case(0), case(0, 200), case(0, 50), case(150)], hours=100)
    assert (found.value, found.parts["overdue"], found.parts["not_yet_due"]) == (2, 2, 0)
    assert found.parts["oldest_hours"] == 100


def test_nothing_open_is_zero_and_has_no_oldest(figure):
    found = figure("open", [case(0, 5)])
    assert (found.value, found.parts["oldest_hours"]) == (0, None)


def test_overdue_starts_at_the_due_time(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(10))
    assert [compute("overdue", reader, profile, EVERYTHING, at(h)).value for h in (47.99, 48, 58)] == [0, 1, 2]


def test_a_case_without_a_target_is_open_but_never_overdue(sqlite_store, profile):
    reader = fill(sqlite_store, case(0, due_at=None, due_from=None, flags="no_target"))
    assert compute("open", reader, profile, EVERYTHING, at(999)).parts["no_target"] == 1
    found = compute("overdue", reader, profile, EVERYTHING, at(999))
    assert (found.value, found.excluded) == (0, {"no_target": 1})


def test_finished_at_an_unknown_time_is_not_open(figure):
    found = figure("open", [case(0, None, status="closed", flags="no_finish_time"), case(0, None, "duplicate")])
    assert (found.value, found.excluded) == (0, {"duplicate": 1, "no_finish_time": 1})


def test_a_close_that_nobody_explained_is_not_an_answer(figure):
    found = figure("open", [case(0, 5, None, status="unknown")])
    assert found.value == 1


def test_the_backlog_by_department_adds_up(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(0, department="PW"), case(0, 3, department="WW"))
    found = compute_by("open", "department", reader, profile, EVERYTHING, at(10))
    assert {m.group: m.value for m in found} == {"PH": 1, "PW": 1, "WW": 0}


def test_the_backlog_of_a_view_is_that_of_its_receipts(sqlite_store, profile):
    reader = fill(sqlite_store, case(0), case(24))
    day = at(0) // 86_400_000_000
    assert compute("open", reader, profile, replace(EVERYTHING, first_day=day + 1), at(99)).value == 1
