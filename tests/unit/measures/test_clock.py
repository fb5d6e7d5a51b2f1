"""The reader's clock turns waiting times, never the promise."""

from dataclasses import replace

import pytest

from nakhon_dash.measures import compute, compute_by
from tests.unit.measures.city import EVERYTHING, at, case, fill

OFFICE = replace(EVERYTHING, clock="working")
# a week without holidays: Monday 9 March 2026, 07:00 in the city; offices open 1.5 h later and close after 9.5 h
MONDAY = 7 * 24
FRIDAY, SATURDAY = MONDAY + 4 * 24, MONDAY + 5 * 24


@pytest.fixture
def both(sqlite_store, profile):
    """both("median_hours", cases) -> the measure on the calendar and in office time."""

    def of(metric, rows, hours=1_000):
        reader = fill(sqlite_store, *rows)
        return [compute(metric, reader, profile, scope, at(hours)) for scope in (EVERYTHING, OFFICE)]

    return of


def test_a_wait_over_the_weekend_counts_office_hours_only(both):
    plain, office = both("median_hours", [case(FRIDAY + 8.5, FRIDAY + 74.5)])  # Friday 15:30 to Monday 09:30
    assert (plain.value, office.value) == (66, 2)


def test_an_answer_while_the_office_is_closed_took_no_office_time(both):
    assert both("median_hours", [case(SATURDAY + 3, SATURDAY + 10)])[1].value == 0


def test_open_cases_wait_in_office_time_too(both):
    office = both("median_hours", [case(MONDAY), case(MONDAY), case(MONDAY, MONDAY + 24)], hours=MONDAY + 48)[1]
    assert office.value is None
    assert office.parts["followed_hours"] == 16


@pytest.mark.parametrize("metric", ["p_within", "on_time"])
def test_the_promise_runs_on_the_calendar_whatever_the_clock(both, metric):
    rows = [case(MONDAY, MONDAY + 50), case(SATURDAY, SATURDAY + 60), case(MONDAY, MONDAY + 20), case(980)]
    plain, office = both(metric, rows)
    assert (office.value, office.numerator, office.low) == (plain.value, plain.numerator, plain.low)
    assert plain.numerator == 1


def test_the_parts_of_a_view_are_turned_as_well(sqlite_store, profile):
    reader = fill(sqlite_store, case(MONDAY, MONDAY + 24), case(MONDAY, MONDAY + 48, department="ENG"))
    found = compute_by("median_hours", "department", reader, profile, OFFICE, at(1_000))
    assert {one.group: one.value for one in found} == {"PH": 8, "ENG": 16}
