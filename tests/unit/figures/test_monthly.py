"""The two pictures of months: quiet inside the limits, strong outside, one axis of time, one ruler of hours."""

from datetime import date

import pytest

from nakhon_dash.figures.flow import Bar, Words, flow_picture
from nakhon_dash.figures.holders import Holder, holder_bars
from nakhon_dash.figures.monthly import Point, by_receipt, hour_scale, narrow, share_scale
from nakhon_dash.figures.scale import at_hour
from nakhon_dash.figures.theme import LIGHT


def point(number, value, band=(0.86, 0.92), ripe=True, out=False):
    return Point(date(2025 + number // 12, number % 12 + 1, 1), value, (value - 0.01, value + 0.01), band, ripe, out,
                 f"{value:.0%}", "-")  # fmt: skip


YEAR = [point(i, 0.9) for i in range(10)] + [point(10, 0.8, out=True), point(11, 0.9, None, ripe=False)]


def drawn(points=YEAR, **rest):
    return by_receipt(points, share_scale(points), "en", colours=LIGHT, **rest)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def test_only_the_month_outside_is_at_full_strength_and_written_bold():
    figure = drawn()
    colours = traces(figure)["points"].marker.color
    assert [i for i, colour in enumerate(colours) if colour == LIGHT.on] == [10]
    assert [a.text for a in figure.layout.annotations if "<b>" in a.text] == ["<b>80%</b>"]


def test_a_low_outside_value_is_written_under_its_dot():
    assert {a.text: a.yanchor for a in drawn().layout.annotations}["<b>80%</b>"] == "top"


def test_a_month_that_is_not_due_is_hollow_over_a_hatch_that_says_so():
    figure = drawn(unripe="not all due")
    assert traces(figure)["points"].marker.color[-1] == LIGHT.paper
    assert list(traces(figure)["unripe"].x) == [11]
    assert "not all due" in [a.text for a in figure.layout.annotations]


def test_limits_are_a_step_for_each_month_and_missing_where_there_are_none():
    assert len(traces(drawn())["band"].x) == 11 * 4


def test_the_fiscal_year_is_marked_once_under_the_lower_picture_only():
    assert [a.text for a in drawn(fiscal_start=10).layout.annotations if "FY" in a.text] == ["FY2026"]
    assert not [a for a in drawn(upper=True).layout.annotations if "FY" in a.text]
    assert drawn(upper=True).layout.xaxis.tickvals == ()


def test_both_pictures_have_the_same_columns():
    upper, lower = drawn(upper=True).layout, drawn().layout
    assert upper.xaxis.range == lower.xaxis.range
    assert (upper.margin.l, upper.margin.r) == (lower.margin.l, lower.margin.r)


def hours(*values):
    return [Point(date(2025, i + 1, 1), v, None, None, True, False, "-", "-") for i, v in enumerate(values)]


def test_waits_lie_on_the_log_ruler_and_the_promise_is_gold_only_where_it_is_in_reach():
    near, far = hours(17, 18, 19), hours(12, 30, 90)
    scale = hour_scale(far, "en")
    assert scale.at(48.0) == at_hour(48)
    assert "48 h" in scale.words
    assert "48 h" not in hour_scale(far, "en", "48 h").words
    gold = by_receipt(far, scale, "en", promise="48 h", colours=LIGHT).layout.shapes
    assert [shape.line.color for shape in gold] == [LIGHT.gold]
    assert by_receipt(near, hour_scale(near, "en"), "en", promise="48 h").layout.shapes == ()


@pytest.mark.parametrize("values", [(0.0,), (1.0, 1.0), (0.5,), (0.0, 1.0)])
def test_any_shares_have_a_scale_with_ticks_inside_it(values):
    points = [point(i, v, None) for i, v in enumerate(values)]
    scale = share_scale(points)
    assert scale.ends[0] < scale.ends[1]
    assert len(scale.ticks) >= 1
    assert all(scale.ends[0] <= tick <= scale.ends[1] for tick in scale.ticks)


def test_names_of_years_stand_on_the_axis_and_fewer_of_them_on_a_phone():
    names = [f"FY{2020 + i}" for i in range(12)]
    assert drawn(years=True, names=names).layout.xaxis.ticktext[-1] == "FY2031"
    assert len(narrow(YEAR, "en", names)["xaxis"]["tickvals"]) <= 6


WORDS = Words("open", "received", "ended")


def bars(*rows):
    return [Bar(f"d{i}", *row, whole=i < len(rows) - 1, hover=f"day {i}") for i, row in enumerate(rows)]


def test_the_flow_draws_a_bar_up_and_one_down_for_each_period_and_hatches_what_is_not_over():
    picture = flow_picture(bars((5, 3, 12), (4, 6, 10), (1, 0, 11)), 10, WORDS, label="finding", name="x")
    assert picture.count("<title>") == 3
    assert picture.count("url(#hatch-x)") == 2
    assert 'aria-label="finding"' in picture
    assert "open 10" in picture
    assert ">11<" in picture
    assert "received 5" in picture
    assert "ended 6" in picture


def test_a_flow_of_nothing_is_flat_and_no_error():
    assert "received 0" in flow_picture(bars((0, 0, 0)), 0, WORDS, label="-")


def test_many_periods_name_five_and_hide_two_of_them_in_a_narrow_column():
    picture = flow_picture(bars(*[(1, 1, 5)] * 60), 5, WORDS, label="-")
    assert sum(f">d{i}<" in picture for i in range(60)) == 5
    assert picture.count("n520") == 2


def test_holders_keep_their_order_and_write_past_due_of_all():
    picture = holder_bars([Holder("Works", 3, 4), Holder("Health", 0, 2)], label="-")
    assert picture.index("Works") < picture.index("Health")
    assert ">3<" in picture
    assert ">/ 7<" in picture
    assert picture.count("var(--late)") == 1
