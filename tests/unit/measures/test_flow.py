"""What comes in, what ends, what stays: the arithmetic holds exactly, whatever happened to the cases."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nakhon_dash.domain.view import Scope, day_no, moment_of
from nakhon_dash.measures import compute, compute_by
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.flow import AGES, ages, flow, flow_table, grain_of
from tests.unit.measures.city import START, at, case, fill

FIRST = day_no(moment_of(START).date())  # a Monday; days of these tests are UTC days


def ended_on(received, closed, outcome="fixed", **rest):
    """A case with the day of its close, as the reader of a file derives it."""
    row = case(received, closed, outcome, **rest)
    row["closed_day_no"] = None if closed is None else day_no(moment_of(row["closed_at"]).date())
    return row


def of(store, profile, rows, scope=None, hours=1_000):
    return Ask(fill(store, *rows), profile, scope or Scope(FIRST, FIRST + 13), at(hours))


def test_open_at_the_end_is_open_before_plus_received_less_ended(sqlite_store, profile):
    rows = [
        ended_on(-50, 30), ended_on(-50, None), ended_on(1, 2), ended_on(5, 40, "referred_out"), ended_on(30, None),
        ended_on(31, 32, "duplicate"), ended_on(200, 90, "fixed"),
    ]  # fmt: skip
    found = flow(of(sqlite_store, profile, rows), "day")
    assert (found.start, found.received, found.ended, found.end) == (2, 5, 5, 2)
    assert found.rows["open"].tolist()[:3] == [3, 2, 2]
    assert found.rows["answered"].sum() == 3
    assert found.rows["left"].sum() == 2


def test_a_case_closed_before_it_was_received_ends_on_the_day_of_receipt(sqlite_store, profile):
    found = flow(of(sqlite_store, profile, [ended_on(200, 90)]), "day")
    assert found.rows["open"].min() == 0


def test_ended_without_a_time_is_counted_apart_and_information_calls_not_at_all(sqlite_store, profile):
    rows = [case(1, None, "duplicate"), case(2, None, None, status="closed"), case(3, 4, flags="information_call"),
            case(4, None)]  # fmt: skip
    found = flow(of(sqlite_store, profile, rows), "day")
    assert (found.received, found.ended, found.end, found.undated) == (1, 0, 1, 2)


def test_weeks_begin_on_monday_and_the_cut_ones_say_so(sqlite_store, profile):
    found = flow(of(sqlite_store, profile, [case(1, None)], Scope(FIRST + 2, FIRST + 19)), "week")
    assert found.rows["whole"].tolist() == [False, True, False]
    assert [day.weekday() for day in found.rows["first_day"]] == [2, 0, 0]
    assert found.rows["last_day"].tolist()[-1] == found.rows["first_day"].tolist()[0] + timedelta(days=17)


def test_the_period_that_holds_today_is_not_over(sqlite_store, profile):
    found = flow(of(sqlite_store, profile, [case(1, None)], Scope(FIRST, FIRST + 13), hours=3 * 24 + 5), "day")
    assert found.rows["whole"].tolist() == [True, True, True, False]


@pytest.mark.parametrize(("days", "grain"), [(7, "day"), (45, "day"), (90, "week"), (366, "week"), (1_800, "month")])
def test_long_views_are_drawn_in_longer_steps(days, grain):
    assert grain_of(days) == grain


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(0, 900)),
                  st.sampled_from(["fixed", "deferred_to_budget", "referred_out", "duplicate", None]),
                  st.sampled_from(["", "no_finish_time", "information_call"])),
        max_size=25,
    ),
    st.integers(0, 30), st.integers(0, 12), st.sampled_from(["day", "week", "month"]),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
def test_the_arithmetic_holds_for_any_cases_and_ends_at_the_open_of_record(
    sqlite_store, profile, drawn, first, length, grain
):
    rows = [ended_on(a, b, outcome, flags=flags) for a, b, outcome, flags in drawn]
    with sqlite_store.begin() as connection:
        connection.exec_driver_sql("delete from complaint")
    ask = of(sqlite_store, profile, rows, Scope(FIRST + first, FIRST + first + length), hours=700)
    table = flow_table(ask, grain)
    assert (table["open_before"] + table["received"] - table["ended"] == table["open"]).all()
    assert table["open_before"].tolist()[1:] == table["open"].tolist()[:-1]
    whole = flow(Ask(ask.reader, profile, Scope(None, None), at(700)), grain)
    assert whole.end == compute("open", ask.reader, profile, Scope(), at(700)).value
    assert whole.rows["open"].min() >= 0
    assert whole.received + whole.undated == compute("received", ask.reader, profile, Scope(), at(700)).value


def test_an_empty_store_flows_nothing(sqlite_store, profile):
    found = flow(of(sqlite_store, profile, [], Scope()))
    assert (found.received, found.ended, found.start, found.end) == (0, 0, 0, 0)


def test_ended_counts_by_the_day_of_close_and_its_parts_add_up(sqlite_store, profile):
    rows = [ended_on(-100, 5), ended_on(1, 6, "referred_out", department="PW"), ended_on(2, 900), ended_on(3, None)]
    reader, scope = fill(sqlite_store, *rows), Scope(FIRST, FIRST + 6)
    found = compute("ended", reader, profile, scope, at(1_000))
    assert (found.value, found.parts) == (2, {"fixed": 1, "referred_out": 1})
    for by in ("department", "outcome", "zone"):
        assert sum(m.value for m in compute_by("ended", by, reader, profile, scope, at(1_000))) == 2


def test_what_is_closed_later_has_not_ended_yet(sqlite_store, profile):
    reader = fill(sqlite_store, ended_on(1, 6), ended_on(1, 30))
    assert compute("ended", reader, profile, Scope(), at(10)).value == 1


def test_open_cases_fall_into_ages_whatever_the_period(sqlite_store, profile):
    rows = [case(1_000 - hours, None) for hours in (1, 24, 47, 48, 168, 360, 720, 900)] + [case(10, 20)]
    found = ages(of(sqlite_store, profile, rows)).set_index("age")
    assert found["waiting"].tolist() == [1, 2, 0, 0, 0, 0]
    assert found["late"].tolist() == [0, 0, 1, 1, 1, 2]
    assert tuple(found.index) == AGES
