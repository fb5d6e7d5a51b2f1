"""Each small picture draws what it was given, says it in words, and never lets labels meet."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nakhon_dash.figures import icons, svg
from nakhon_dash.figures.ageing import FLOOR, TOP, AgeGroup, ageing_columns
from nakhon_dash.figures.bridge import Step, bridge
from nakhon_dash.figures.dailybars import daily_bars
from nakhon_dash.figures.dotinterval import dot_interval
from nakhon_dash.figures.likert import likert_bar
from nakhon_dash.figures.reach import reach_bar
from nakhon_dash.figures.ruler import NARROWEST, WIDE, Waits, Words, _placed, hour_ruler
from nakhon_dash.figures.scale import at_hour
from nakhon_dash.figures.states import three_states
from nakhon_dash.figures.tiles import Tile, dimension_tiles

WORDS = Words("half 19 h", "9 in 10: 62 h", "1 h", "48 h", "was 15 d")


def numbers(pattern, text):
    return [float(n) for n in re.findall(pattern, text)]


def test_an_interval_prints_the_ends_of_its_scale_and_the_value_before():
    drawn = dot_interval(0.869, 0.846, 0.888, label="86.9 %", previous=0.881, previous_label="before 88.1")
    assert all(f">{words}<" in drawn for words in ("80%", "90%", "before 88.1"))
    assert 'aria-label="86.9 %"' in drawn


def test_an_interval_without_a_value_before_has_no_ring():
    assert "var(--nd)" not in dot_interval(0.9, 0.88, 0.92, label="-")


def test_three_states_are_drawn_by_their_counts_and_none_is_drawn_for_zero():
    drawn = three_states((866, 131, 0), ("On time", "Late", "Not yet due"), ("866", "131", "0"), label="-")
    assert numbers(r"flex:(\d+)", drawn) == [866, 131]
    assert "<b>0</b>" in drawn


def test_the_ruler_marks_half_and_nine_in_ten_on_the_log_axis():
    drawn = hour_ruler(Waits(2, 6, 19, 37, 62, 120), WORDS, label="-")
    assert f'x1="{at_hour(19) * 100:.2f}%" y1="45"' in drawn
    assert f'cx="{at_hour(62) * 100:.2f}%"' in drawn
    assert "stroke-dasharray" in drawn


def test_a_wait_that_is_not_reached_has_no_mark():
    drawn = hour_ruler(Waits(30, 60, None, None, None, None), WORDS, label="-")
    assert "circle" not in drawn
    assert "half 19 h" in drawn


def test_a_city_without_an_earlier_promise_has_no_dashed_line():
    assert "dasharray" not in hour_ruler(Waits(2, 6, 19, 37, 62, 90), WORDS, label="-", before=None)


@given(st.floats(0, 1), st.sampled_from([NARROWEST, WIDE]), st.sampled_from(["ครึ่งหนึ่ง 19 ชม.", "9 in 10: 6.2 d"]))
def test_a_label_of_the_ruler_never_crosses_the_gold_line_nor_leaves_the_picture(x, width, words):
    gold = at_hour(48)
    place, anchor, shift = _placed(x, words, gold, width)
    length = svg.text_width(words)
    start = place * width + shift - (length if anchor == "e" else 0)
    assume(x <= gold or (1 - gold) * width + 7 >= length)  # right of the line a narrow picture has less room
    assert start >= -8
    assert start + length <= width + 8
    assert start >= gold * width - 1 or start + length <= gold * width + 9


def test_ages_are_as_high_as_they_are_many_and_hatched_until_due():
    drawn = ageing_columns([AgeGroup("0–24", 20, 0), AgeGroup("24–48", 5, 5), AgeGroup("2–7", 0, 40)], label="-")
    heights = numbers(r'<rect x="[^"]+" y="[^"]+" width="[^"]+" height="([\d.]+)"', drawn)
    whole = FLOOR - TOP
    assert heights == [pytest.approx(whole * n / 40, abs=0.06) for n in (20, 5, 5, 40)]
    assert drawn.count('fill="url(#hatch-age)"') == 2
    assert 'x1="66.67%"' in drawn  # the gold line after two of three columns


def test_an_empty_backlog_is_drawn_too():
    assert ageing_columns([AgeGroup("0–24", 0, 0)], label="-", promise_after=1).count(">0<") == 1


def test_only_days_outside_the_band_are_at_full_strength():
    drawn = daily_bars([30, 62, 10, 40], [(22, 48)] * 3 + [None], label="-", first="a", last="b", note=(1, "rain"))
    bars = re.findall(r"<rect[^>]+>", drawn)
    assert ["opacity" in bar for bar in bars] == [True, False, False, True]
    assert ">rain<" in drawn


def test_days_without_a_band_leave_a_gap_in_it():
    band = (20.0, 40.0)
    assert daily_bars([1, 2, 3], [band, None, band], label="-", first="", last="").count("<path") == 2


def test_answers_fill_the_bar_and_small_ones_are_not_written():
    drawn = likert_bar([0.01, 0.03, 0.12, 0.36, 0.48], label="-", low="low", high="high")
    assert sum(numbers(r'<rect x="[^"]+" y="[^"]+" width="([\d.]+)%"', drawn)) == pytest.approx(100)
    assert (">12%<" in drawn, ">3%<" in drawn) == (True, False)


def test_reach_may_exceed_all_residents():
    drawn = reach_bar(None, 140, label="-", lower_label="", upper_label="140", hundred="100 people")
    assert f'x1="{100 / (140 * 1.12) * 100:.2f}%"' in drawn
    assert ">100 people<" in drawn


@pytest.mark.parametrize("code", ["ENV", "MOB", "LIV", "PEO", "ENE", "ECO", "GOV"])
def test_every_dimension_has_an_icon_in_its_colour(code):
    assert f"var(--{code.lower()})" in icons.dimension_icon(code)


def test_a_tile_with_too_few_cases_shows_a_tag_and_no_number():
    drawn = dimension_tiles([Tile("ECO", "Economy", "100%", "on time", "n = 6", few="too few cases")])
    assert ("nk-few" in drawn, "100%" in drawn) == (True, False)


def test_the_bridge_draws_three_ways_on_one_axis_of_counts():
    steps = [
        Step("90.4%", "closed only", "", 888, 94, missing=37),
        Step("87.1%", "with overdue", "", 888, 94, 37),
        Step("86.9%", "due", "", 866, 94, 37, 22, ours=True),
    ]
    drawn = bridge(steps, label="-", on_time="{n} on time")
    widths = numbers(r'<rect x="[^"]+" y="2" width="([\d.]+)%"', drawn)
    assert widths == [pytest.approx(100 * n / 1019, abs=0.01) for n in (888, 94, 37, 888, 94, 37, 866, 94, 37, 22)]
    assert "866 on time" in drawn
