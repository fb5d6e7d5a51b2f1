"""Months of receipt: the figures of record, limits of the mature months only, years in both counts."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
import sqlalchemy as sa

from nakhon_dash.analysis.charts import fitting_spread
from nakhon_dash.domain.view import Scope, day_no, micros
from nakhon_dash.measures import compute
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.monthly import course_of, month_before, months
from nakhon_dash.store.schema import complaint
from tests.unit.measures.city import HOUR, START, case, fill

NOW = micros(datetime(2026, 3, 31, 12, tzinfo=UTC))


def of_month(year, month, n, late=0, day=5):
    """`n` cases of one month, a day to the answer, `late` of them five days."""
    received = (micros(datetime(year, month, day, tzinfo=UTC)) - START) / HOUR
    return [case(received + i / 100, received + i / 100 + (120 if i < late else 24)) for i in range(n)]


def steady(months=12, n=40, late=4):
    rows = []
    for i in range(months):
        number = 2026 * 12 + 2 - i
        rows += of_month(number // 12, number % 12 + 1, n, late + i % 2)
    return rows


@pytest.fixture
def course(sqlite_store, profile):
    """course(cases) -> the months of only these cases."""

    def of(rows, grain="month", scope=None, as_of=NOW):
        with sqlite_store.begin() as connection:
            connection.execute(sa.delete(complaint))
        return course_of(fill(sqlite_store, *rows), profile, scope or Scope(), grain, as_of)

    return of


def test_every_month_is_the_figure_of_record(course, sqlite_store, profile):
    found = course(steady()).periods
    scope = Scope(day_no(date(2026, 1, 1)), day_no(date(2026, 1, 31)))
    month = next(p for p in found if p.code == "2026-01")
    for metric, mine in (("on_time", month.on_time), ("median_hours", month.median)):
        alone = compute(metric, Ask(fill(sqlite_store), profile, scope, NOW).reader, profile, scope, NOW)
        assert (mine.value, mine.low, mine.high, mine.n) == (alone.value, alone.low, alone.high, alone.n)


def test_a_month_without_cases_stands_there_without_a_value(course):
    found = course(of_month(2026, 1, 5) + of_month(2026, 3, 5)).periods
    assert [p.code for p in found] == ["2026-01", "2026-02", "2026-03"]
    assert found[1].on_time.value is None
    assert found[1].share_limits is None
    assert found[1].share_out is None


def test_a_month_that_is_not_due_yet_takes_no_part_in_the_limits(course):
    early = micros(datetime(2026, 3, 5, 12, tzinfo=UTC))
    found = course(steady(), as_of=early)
    assert not found.periods[-1].mature
    assert found.periods[-1].share_limits is None
    assert found.periods[-1].share_out is None
    assert found.points == 11


def test_one_bad_month_lies_outside_and_is_named_so(course):
    rows = [row for row in steady() if row["received_at"] < micros(datetime(2026, 2, 1, tzinfo=UTC))]
    found = course(rows + of_month(2026, 2, 40, 30))
    assert [p.code for p in found.periods if p.share_out] == ["2026-02"]
    assert found.method == "p"
    assert found.reliable


def test_few_months_are_called_unreliable_and_one_has_no_limits(course):
    assert not course(steady(5)).reliable
    alone = course(of_month(2026, 2, 9), scope=Scope(day_no(date(2026, 2, 1)), day_no(date(2026, 2, 28))))
    assert (alone.method, alone.points) == (None, 1)


def test_limits_are_laneys_where_the_p_chart_would_flag_every_third_month():
    n = np.full(24, 50_000.0)
    k = np.round(n * (0.9 + 0.02 * np.sin(np.arange(24) * 2)))
    assert fitting_spread(k, n)[1] == "laney"
    assert fitting_spread(np.full(24, 45.0), np.full(24, 50.0)) == (1.0, "p")


def test_years_are_fiscal_or_of_the_calendar_and_say_when_they_are_cut(course):
    rows = steady(18)
    fiscal, calendar = course(rows, "fiscal"), course(rows, "year")
    assert [p.code for p in fiscal.periods] == ["2025", "2026"]
    assert [p.code for p in calendar.periods] == ["2024", "2025", "2026"]
    assert [p.whole for p in calendar.periods] == [False, True, False]
    assert fiscal.periods[1].first_day == date(2025, 10, 1)
    assert sum(p.on_time.n for p in fiscal.periods) == sum(p.on_time.n for p in calendar.periods) == 18 * 40
    assert calendar.method is None


def test_all_open_cases_have_no_median_and_no_error(course):
    found = course([case(i, None) for i in range(5)])
    assert found.periods[0].median.value is None
    assert found.periods[0].on_time.value == 0


def test_all_instant_answers_have_a_median_of_nothing(course):
    found = course([case(i, i) for i in range(60)])
    assert found.periods[0].median.value == 0


def test_nothing_gives_no_months(course, sqlite_store, profile):
    assert course([]).periods == []
    ask = Ask(fill(sqlite_store), profile, Scope(), NOW)
    assert months(ask, "month").empty


@pytest.mark.parametrize(("last", "count", "first"), [
    (date(2026, 3, 31), 12, date(2025, 4, 1)), (date(2026, 1, 9), 1, date(2026, 1, 1)),
    (date(2026, 12, 31), 36, date(2024, 1, 1)),
])  # fmt: skip
def test_so_many_months_begin_on_the_first_of_the_right_one(last, count, first):
    assert month_before(last, count) == first


def test_the_table_holds_a_row_a_month_with_fraction_and_limits(sqlite_store, profile):
    ask = Ask(fill(sqlite_store, *steady()), profile, Scope(), NOW)
    rows = months(ask, "month")
    assert len(rows) == 12
    assert (rows["numerator"] / rows["denominator"] == rows["on_time"]).all()
    assert set(rows["limits"]) == {"p"}
