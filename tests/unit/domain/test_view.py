"""The address of a view."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.domain.view import (
    COMPARES,
    FILTERS,
    PERIODS,
    View,
    day_no,
    fiscal_days,
    fiscal_year,
    period_days,
    valid_cell,
    valid_period,
)

CODES = st.lists(st.sampled_from(["C01", "C10", "800101", "PH", "ENV", "line"]), unique=True).map(tuple)
CELLS = st.lists(st.sampled_from(["8865b1a5c3fffff", "8965b1a5c27ffff", "8a65b1a5c277fff"]), unique=True).map(tuple)
VIEWS = st.builds(
    View,
    period=st.sampled_from([*PERIODS, "fy2026", "2026-01-01..2026-02-03"]),
    compare=st.sampled_from(COMPARES),
    lang=st.sampled_from(["th", "en"]),
    **(dict.fromkeys(FILTERS, CODES) | {"cell": CELLS}),
)
TODAY = date(2026, 11, 22)


@given(VIEWS)
def test_an_address_gives_back_the_view_it_was_made_from(view):
    assert View.from_query(view.to_query()) == view


@given(st.dictionaries(st.sampled_from([*FILTERS, "period", "compare", "lang", "x"]), st.text()))
def test_any_address_gives_a_valid_view(query):
    view = View.from_query(query, {"zone": ["800101"]})
    assert valid_period(view.period)
    assert view.compare in COMPARES
    assert set(view.zone) <= {"800101"}
    assert all(valid_cell(cell) for cell in view.cell)
    assert view.scope(TODAY).first_day <= view.scope(TODAY).last_day


def test_the_default_view_has_an_empty_address():
    assert View().to_query() == {}


def test_thirty_days_end_today_and_compare_with_the_thirty_before():
    view = View()
    now, before = view.scope(TODAY), view.compare_scope(TODAY)
    assert (now.first_day, now.last_day) == (day_no(date(2026, 10, 24)), day_no(TODAY))
    assert (before.first_day, before.last_day) == (day_no(date(2026, 9, 24)), day_no(date(2026, 10, 23)))


def test_the_thai_fiscal_year_starts_in_october():
    assert fiscal_year(date(2026, 9, 30)) == 2026
    assert fiscal_year(date(2026, 10, 1)) == 2027
    assert fiscal_days(2027) == (date(2026, 10, 1), date(2027, 9, 30))
    assert period_days("fy", TODAY, TODAY) == (date(2026, 10, 1), TODAY)
    assert period_days("lastfy", TODAY, TODAY) == (date(2025, 10, 1), date(2026, 9, 30))


def test_a_leap_day_has_a_day_before_it_a_year_ago():
    view = View(period="2024-02-29..2024-02-29", compare="lastyear")
    assert view.compare_scope(TODAY).first_day == day_no(date(2023, 2, 28))


def test_days_in_the_wrong_order_are_no_period():
    assert not valid_period("2026-02-03..2026-01-01")
    assert not valid_period("2026-02-30..2026-03-01")


def test_only_cells_that_the_store_keeps_are_cells():
    cells = ["8965b1a5c27ffff", "8765b1a5cffffff", "8965B1A5C27FFFF", "C01", "8965b1a5c27fff"]
    assert [valid_cell(cell) for cell in cells] == [True, False, False, False, False]
    assert View.from_query({"cell": ",".join(cells)}).cell == ("8965b1a5c27ffff",)
