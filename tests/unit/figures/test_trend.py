"""The monthly trend: ripe months as full dots, unripe ones hollow over a hatch, years as the reader counts them."""

from datetime import date

import pytest

from nakhon_dash.figures.theme import LIGHT
from nakhon_dash.figures.trend import Month, month_names, monthly_trend, narrow_layout


def months(*values, unripe=0):
    days = [date(2025 + (10 + i) // 12, (10 + i) % 12 + 1, 1) for i in range(len(values))]
    return [
        Month(day, v, v and v - 0.02, v and v + 0.02, 500, (0.83, 0.9), mature=i < len(values) - unripe)
        for i, (day, v) in enumerate(zip(days, values, strict=True))
    ]


YEAR = months(*(0.84, 0.85, 0.86, 0.855, 0.87, 0.872, 0.866, 0.881, 0.886, 0.879, 0.884, 0.88, 0.87), unripe=1)


def named(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_last_month_is_hollow_over_a_hatch_and_linked_by_dots():
    traces = named(monthly_trend(YEAR, "en", colours=LIGHT))
    assert traces["months"].marker.color[-2:] == (LIGHT.on, LIGHT.paper)
    assert list(traces["unripe"].x) == [12]
    assert list(traces["link"].x) == [11, 12]
    assert traces["link"].line.dash == "2px 5px"


def test_whiskers_reach_from_low_to_high():
    dots = named(monthly_trend(YEAR, "en"))["months"]
    assert dots.error_y.array[0] == pytest.approx(2)
    assert dots.error_y.arrayminus[0] == pytest.approx(2)


def test_first_highest_and_last_ripe_value_are_written():
    words = [a.text for a in monthly_trend(YEAR, "en").layout.annotations]
    assert [w for w in words if "%" in w and "<b>" in w] == ["<b>84.0%</b>", "<b>88.6%</b>", "<b>88.0%</b>"]


def test_a_value_under_a_steep_line_is_written_below_it():
    steep = monthly_trend(months(0.70, 0.90, 0.90), "en").layout.annotations
    assert {a.text: a.yanchor for a in steep}["<b>70.0%</b>"] == "top"


@pytest.mark.parametrize(
    ("lang", "first", "january"), [("th", "พ.ย.<br>2568", "ม.ค.<br>2569"), ("en", "Nov<br>2025", "Jan<br>2026")]
)
def test_years_stand_under_the_first_month_and_each_january(lang, first, january):
    assert [name for name in month_names(YEAR, lang) if "<br>" in name] == [first, january]


def test_the_fiscal_year_is_marked_where_it_begins():
    figure = monthly_trend(YEAR, "th")
    assert figure.layout.shapes[0].x0 == 10.5  # before October
    assert "ปีงบฯ 2570" in [a.text for a in figure.layout.annotations]


def test_a_month_in_which_nobody_is_due_yet_is_left_out_not_zero():
    dots = named(monthly_trend(months(0.8, 0.9, None), "en"))["months"]
    assert list(dots.x) == [0, 1]


def test_a_period_without_any_value_is_an_empty_picture():
    assert "months" in named(monthly_trend(months(None, None), "en"))


def test_bars_of_no_value_axis_reach_beyond_what_is_shown():
    low, high = monthly_trend(YEAR, "en").layout.yaxis.range
    assert 0 <= low < 82
    assert 90 < high <= 103


def test_a_narrow_column_names_every_third_month_and_lets_a_finger_scroll():
    narrow = narrow_layout(YEAR, "en")
    assert narrow["xaxis"]["tickvals"] == [0, 3, 6, 9, 12]
    assert narrow["xaxis"]["ticktext"][:2] == ["Nov<br>2025", "Feb<br>2026"]
    assert narrow["dragmode"] is False
