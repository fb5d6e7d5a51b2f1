"""Funnel, waterfall and rows for equal work: what is drawn lies on one scale, and words cover nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.figures import beside, rows
from nakhon_dash.figures.adjusted import Part, adjusted_rows, key
from nakhon_dash.figures.funnel import Curves, Plane, Point, funnel_plot, round_numbers
from nakhon_dash.figures.waterfall import End, Step, waterfall

CURVES = Curves([5, 50, 500], ([0.5, 0.75, 0.84], [1.0, 0.95, 0.9]), ([0.3, 0.7, 0.82], [1.0, 0.98, 0.92]))
POINTS = [Point(5, 0.8, 0, "ก 80%"), Point(60, 0.7, -2, "<b>ข</b> 70%"), Point(70, 0.96, 1, "ค 96%")]


def plot(points=POINTS, curves=CURVES):
    return funnel_plot(points, curves, 0.87, label="ไม่ต่าง", axis="เรื่อง", middle="ทั้งเมือง 87%", levels=("95%", "99.8%"))


def test_only_what_lies_outside_has_a_name():
    drawn = plot()
    assert "ก 80%" not in drawn
    assert "ค 96%" in drawn
    assert "&lt;b&gt;ข" in drawn
    assert 'role="img"' in drawn
    assert 'aria-label="ไม่ต่าง"' in drawn


def test_beyond_the_outer_limits_the_mark_is_full():
    drawn = plot()
    assert drawn.count('fill="var(--ink)"') == 1
    assert drawn.count('stroke="var(--ink)" stroke-width="2.2"') == 2


def test_one_size_only_is_drawn_in_the_middle():
    assert plot([Point(40, 0.8, 0, "ก"), Point(40, 0.9, 0, "ข")], Curves([40], ([0.7], [0.95]), ([0.6], [0.99])))


def test_gold_is_left_to_the_promise():
    assert "--gold" not in plot() + adjusted_rows([ROW], 0.87, label="x") + fall()


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 10**6))
def test_a_place_is_inside_the_picture(low, share, n):
    plane = Plane(1, 10**6, min(low, 0.9), 1)
    assert 0 <= plane.x(n) <= 1
    assert 0 <= plane.y(share) <= 286


@pytest.mark.parametrize(("first", "last", "ticks"), [(5, 120, [5, 10, 20, 50, 100]), (33, 41, [33]), (1, 1, [1])])
def test_axis_numbers_are_round(first, last, ticks):
    assert round_numbers(first, last) == ticks


def test_words_avoid_marks_and_words():
    taken = [beside.mark(100, 50, 7), beside.words_at(111, 55, "สำนักช่าง")]
    _, _, box = beside.place(95, 52, "เทศกิจ", taken, 330)
    assert not any(box.meets(other) for other in taken)
    assert box.left >= 0


def test_words_at_the_edge_stay_inside():
    for x in (4, 326):
        _, _, box = beside.place(x, 100, "กองสาธารณสุขฯ 92.4%", [], 330)
        assert box.left >= 0
        assert box.right <= 330


ROW = Part("คลัง", "91.6%", "n = 164", 0.92, 0.916, 0.86, 0.95)


STEPS = (Step("ผสม", "−2.0", -0.02, -0.03, -0.01, real=True), Step("ท่อ", "+0.5", 0.005, -0.01, 0.02))


def fall(steps=STEPS):
    after = 0.9 + sum(step.points for step in steps)
    return waterfall(End("ก่อน", "90.0%", 0.9), steps, End("ช่วงนี้", "88.5%", after), label="ลดลง")


def test_steps_inside_noise_are_grey_and_point_where_they_go():
    drawn = fall()
    assert 'd="M0 -7 -6 0 0 7Z" fill="var(--ink)"' in drawn
    assert 'd="M0 -7 6 0 0 7Z" fill="var(--nd)"' in drawn


def test_the_last_step_ends_where_the_period_stands():
    links = re.findall(r'<line x1="([\d.]+)%" y1="(?:0|20)" x2="[\d.]+%" y2="(?:20|40)"', fall())
    assert links[-1] == links[-2]
    assert len(links) == 6


@given(st.lists(st.floats(-0.2, 0.2), max_size=6))
def test_any_steps_can_be_drawn(points):
    assert "nan" not in fall(tuple(Step("ก", "", p) for p in points))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_a_stretch_holds_every_value(values):
    low, high, step = rows.stretch(values)
    assert low <= min(values) + 1e-9
    assert high >= max(values) - 1e-9
    assert high > low
    assert step in rows.STEPS


def test_every_lane_is_equally_wide():
    drawn = adjusted_rows([ROW, Part("นา", "100%", "n = 14,000", 1, None, None, None, sure=False)], 0.87, label="x")
    assert len(set(re.findall(r"grid-template-columns:[^;]+", drawn))) == 1


def test_a_part_that_cannot_be_compared_has_no_dot():
    drawn = adjusted_rows([Part("นา", "–", "n = 14", 0.9, None, None, None, sure=False)], 0.87, label="x")
    assert drawn.count("<circle") == 1


def test_the_key_says_what_ring_dot_and_line_are():
    drawn = key("ก่อนปรับ", "<b>", "ทั้งเมือง")
    assert "ก่อนปรับ" in drawn
    assert "<b>" not in drawn
