"""Do cases of days off wait longer: the difference, what it may claim, and both clocks."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from nakhon_dash.analysis.intervals import newcombe
from nakhon_dash.domain.calendar import weekday
from nakhon_dash.domain.view import day_no, moment_of
from nakhon_dash.measures import compute, compute_by
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.tables import table
from tests.unit.measures.city import EVERYTHING, at, case, fill

OFFICE = replace(EVERYTHING, clock="working")
DAY = 24
MONDAY = 7 * DAY  # 9 March 2026, 07:00 in the city; the week before has a holiday on its Tuesday
SATURDAY = MONDAY + 5 * DAY
HOLIDAY = DAY  # Makha Bucha, Tuesday 3 March 2026


@pytest.fixture
def city(sqlite_store, profile):
    """city(cases, hours, scope) -> the question about them so many hours after the start."""

    def of(rows, hours=1_000, scope=EVERYTHING):
        return Ask(fill(sqlite_store, *rows), profile, scope, at(hours))

    return of


def figure(metric, ask):
    return compute(metric, ask.reader, ask.profile, ask.scope, ask.as_of)


def many(first, waits, **rest):
    return [case(first + i / 100, first + i / 100 + wait, **rest) for i, wait in enumerate(waits)]


def test_the_penalty_is_the_difference_of_the_medians(city):
    ask = city(many(MONDAY, range(10, 31)) + many(SATURDAY, range(40, 61)))
    found = figure("weekend_penalty", ask)
    assert found.value == pytest.approx(30)
    assert found.low < 30 < found.high
    assert found.parts["off_n"] == found.parts["working_n"] == 21
    assert (found.parts["off_hours"], found.parts["working_hours"]) == (50, 20)
    assert (found.numerator, found.denominator) == (42, 42)


def test_a_holiday_counts_as_a_day_off(city):
    found = figure("weekend_penalty", city([case(MONDAY, MONDAY + 5), case(HOLIDAY, HOLIDAY + 9)], hours=500))
    assert found.parts["off_n"] == 1
    assert found.parts["holidays"] == 1
    assert found.value == 4


def test_open_cases_count_as_waiting(city):
    ask = city([*many(MONDAY, [5] * 9), *many(SATURDAY, [5] * 4), *[case(SATURDAY + i) for i in range(5)]])
    found = figure("weekend_penalty", ask)
    assert (found.value, found.reason) == (None, "not_reached")
    assert found.parts["off_hours"] is None


def test_the_difference_on_time_is_newcombes(city):
    ask = city(many(MONDAY, [10] * 40 + [100] * 10) + many(SATURDAY, [10] * 15 + [100] * 15))
    found = figure("weekend_penalty_on_time", ask)
    assert found.value == pytest.approx(0.5 - 0.8)
    assert (found.low, found.high) == pytest.approx(newcombe(15, 30, 40, 50))
    assert found.parts == {"off_on_time": 15, "off_due": 30, "working_on_time": 40, "working_due": 50}


def test_the_base_on_time_is_that_of_the_headline(city):
    no_target = case(MONDAY, MONDAY + 9, due_at=None, due_from=None, flags="no_target")
    rows = [case(MONDAY, MONDAY + 5), case(MONDAY, outcome="duplicate"), case(SATURDAY), case(980, 990), no_target,
            case(SATURDAY, SATURDAY + 60)]  # fmt: skip
    ask = city(rows)
    share, gap = figure("on_time", ask), figure("weekend_penalty_on_time", ask)
    assert gap.n == share.denominator
    assert gap.parts["off_on_time"] + gap.parts["working_on_time"] == share.numerator


def test_closed_offices_alone_are_no_slower_service(city):
    # every case takes about two office hours: on the calendar the weekend waits longer, in office time nobody does
    starts = [MONDAY + day * DAY + 1.5 + i / 10 for day in range(5) for i in range(9)]
    working = [case(start, start + 1.5 + i % 9 / 10) for i, start in enumerate(starts)]
    weekend = [case(SATURDAY + i, MONDAY + 7 * DAY + 3 + i % 9 / 10) for i in range(45)]
    ask = city(working + weekend)
    found = figure("weekend_penalty", ask)
    assert found.low > 20
    assert found.parts["office_p"] > 0.05
    assert figure("weekend_penalty", replace(ask, scope=OFFICE, _kept={})).value < 1


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no_cases"),
        ([case(MONDAY, outcome="duplicate")], "all_left_out"),
        ([case(MONDAY, MONDAY + 1)], "one_kind_of_day"),
        ([case(SATURDAY)], "one_kind_of_day"),
    ],
)
def test_without_both_kinds_of_day_nothing_is_claimed(city, rows, reason):
    found = figure("weekend_penalty", city(rows))
    assert (found.value, found.low, found.high, found.reason) == (None, None, None, reason)


def test_not_yet_due_is_not_zero_on_time(city):
    found = figure("weekend_penalty_on_time", city([case(MONDAY, MONDAY + 1), case(MONDAY + 1)], hours=MONDAY + 3))
    assert (found.value, found.reason) == (None, "none_due")


def test_a_few_cases_leave_an_end_of_the_interval_open(city):
    ask = city([*many(MONDAY, range(10, 40)), case(SATURDAY, SATURDAY + 10), case(SATURDAY, SATURDAY + 20)])
    found = figure("weekend_penalty", ask)
    assert found.value is not None
    assert found.high is None


def test_each_department_has_its_own_penalty(city):
    ask = city(many(MONDAY, [5] * 3) + many(SATURDAY, [9] * 3) + many(MONDAY, [5], department="ENG"))
    found = compute_by("weekend_penalty", "department", ask.reader, ask.profile, EVERYTHING, ask.as_of)
    assert {one.group: (one.value, one.reason) for one in found} == {"PH": (4, None), "ENG": (None, "one_kind_of_day")}


def test_the_grid_holds_every_case_once_and_its_own_median(city):
    ask = city([*many(MONDAY + 3, [5, 6, 7]), *many(SATURDAY, [9, 11]), case(SATURDAY)])
    rows = table("weekday_hour", ask)
    assert len(rows) == 168
    assert rows["n"].sum() == 6
    at_three = rows[(rows["weekday"] == 0) & (rows["hour"] == 3)].iloc[0]
    assert (at_three["n"], at_three["median_hours"], at_three["on_time"]) == (3, 6, 1)
    midnight = rows[(rows["weekday"] == 5) & (rows["hour"] == 0)].iloc[0]
    assert (midnight["n"], midnight["median_hours"], midnight["denominator"]) == (3, 11, 3)
    assert np.isnan(rows[rows["n"] == 0]["median_hours"]).all()


def test_the_weekdays_stand_on_both_clocks(city):
    ask = city(many(MONDAY, [24] * 3) + many(SATURDAY, [48] * 3))
    rows = table("weekdays", ask).set_index("weekday")
    assert rows.index.tolist() == ["0", "5", "working", "off"]
    assert rows.loc["working", ["median_hours", "office_median_hours"]].tolist() == pytest.approx([24, 8], abs=0.1)
    assert rows.loc["off", "n"] == rows.loc["5", "n"] == 3


def test_very_many_cases_are_counted_and_give_the_same_figures(city, monkeypatch):
    rows = [case(MONDAY + i * 1.7, None if i % 9 == 0 else MONDAY + i * 5.3) for i in range(90)]
    others = [case(HOLIDAY, HOLIDAY + 9), case(SATURDAY, outcome="duplicate"), case(990)]
    ask = city([*rows, *others])
    exact = [figure(metric, ask) for metric in ("weekend_penalty", "weekend_penalty_on_time")]
    cells, days = table("weekday_hour", ask), table("weekdays", ask)
    monkeypatch.setattr("nakhon_dash.measures.asking.EXACT", 10)
    ask = replace(ask, _kept={})
    assert ask.large
    found = [figure(metric, ask) for metric in ("weekend_penalty", "weekend_penalty_on_time")]
    assert [one.n for one in found] == [one.n for one in exact]
    assert found[1].parts == exact[1].parts
    assert found[0].value == pytest.approx(exact[0].value, abs=1)
    assert [found[0].parts[name] for name in ("off_n", "working_n", "holidays")] == [
        exact[0].parts[name] for name in ("off_n", "working_n", "holidays")
    ]
    again = table("weekday_hour", ask)
    same = ["weekday", "hour", "n", "numerator", "denominator", "on_time"]
    pd.testing.assert_frame_equal(again[same], cells[same])
    np.testing.assert_allclose(again["median_hours"], cells["median_hours"], atol=1)
    assert table("weekdays", ask)["n"].tolist() == days["n"].tolist()


@pytest.mark.parametrize("name", ["weekday_hour", "weekdays"])
def test_without_cases_the_tables_are_empty(city, name):
    assert table(name, city([])).empty


def test_the_weekday_of_a_day_is_that_of_the_calendar():
    day = moment_of(at(0)).date()
    assert weekday(np.array([day_no(day)]))[0] == day.weekday()
