"""Breach lanes: every case is one dot, dots never cover each other, and crowds become columns."""

import re

from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.figures.lanes import DESK, GAP, MOST_DOTS, SLIM, Lane, _levels, breach_lanes, dots_key

TICKS = [(0.0, "now 08:30"), (6.0, "14:30"), (12.0, "20:30"), (24.0, "tomorrow 08:30")]
DOTS = st.lists(st.tuples(st.floats(0, 24), st.floats(0, 1)), max_size=18)


def drawn(*lanes):
    return breach_lanes(lanes, label="two cases", ticks=TICKS, expected_head="expected")


def test_a_case_is_a_full_half_or_hollow_dot_by_its_probability():
    picture = drawn(Lane("Works", ((2, 0.9), (5, 0.5), (9, 0.1)), "1.5"))
    desk = picture[: picture.index("nk-slim")]
    assert desk.count('r="7"') == 1
    assert desk.count("A6.2") == 1
    assert desk.count('r="6" fill="var(--paper)"') == 1


@given(DOTS, st.sampled_from([DESK, SLIM]))
def test_no_dot_covers_another_even_in_the_narrowest_column(dots, layout):
    width = (layout.right - layout.left) * layout.narrowest
    levels = _levels(dots, layout, 24)
    places = [(hour / 24 * width, level * GAP) for (hour, _), level in zip(sorted(dots), levels, strict=True)]
    for i, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 >= (GAP - 0.5) ** 2 for a, b in places[:i])


def test_thirteen_departments_fit_below_each_other():
    lanes = [Lane(f"Department {i}", ((i, 0.5),), "0.5") for i in range(13)]
    picture = drawn(*lanes)
    heights = [float(h) for h in re.findall(r'height="(\d+)" role="img"', picture)]
    assert len(heights) == 2
    assert picture.count(">0.5<") == 26


def test_a_crowd_becomes_columns_that_count_every_case():
    dots = tuple((k % 24, (k % 10) / 10) for k in range(MOST_DOTS + 40))
    picture = drawn(Lane("Works", dots, "36"))
    assert "<circle" not in picture
    assert "hatch-ahead-desk-0" in picture


def test_a_lane_without_cases_is_still_there():
    assert ">Works<" in drawn(Lane("Works", (), "0.0"))


def test_a_word_of_the_axis_that_would_meet_the_first_is_left_out_on_a_phone():
    slim = drawn(Lane("Works", (), "0.0")).split("nk-slim")[1]
    assert ">14:30<" not in slim


def test_the_key_explains_the_three_dots():
    assert dots_key("late", "either", "on time", "1 dot = 1 case").count("<svg width") == 3
