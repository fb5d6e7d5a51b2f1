"""Lengths are shares, words are escaped, and Thai lines end only where a reader may pause."""

from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.figures import scale, svg

THAI = st.text(alphabet="กขคงชดตนบปพมรลวสหอ่้๊ิีุูะาเแโใไ ", min_size=1, max_size=40)


def test_marks_above_and_below_take_no_width():
    assert svg.text_width("ที่นี่") == svg.text_width("ทน")


def test_words_from_data_cannot_become_markup():
    assert "<b>" not in svg.text(0, 0, "<b>ท่อ</b>") + svg.picture('"><b>', 10)


def test_a_place_outside_is_drawn_at_the_edge():
    assert 'cx="100.00%"' in svg.circle(1.7, 5, 3)
    assert 'cx="0.00%"' in svg.circle(-0.2, 5, 3)


def test_a_long_name_is_broken_at_a_space():
    assert svg.wrapped("Public Health and Environment", 118) == ["Public Health", "and Environment"]


def test_a_long_thai_name_is_broken_before_a_syllable():
    assert svg.wrapped("กองสาธารณสุขและสิ่งแวดล้อม", 118) == ["กองสาธารณสุข", "และสิ่งแวดล้อม"]


@given(THAI)
def test_no_line_begins_with_a_mark_that_belongs_to_the_letter_before(words):
    lines = svg.wrapped(words, 60)
    assert len(lines) <= 2
    assert all(ord(line[0]) not in svg.ABOVE_BELOW and line[0] not in svg.TRAILING for line in lines[1:] if line)


@given(THAI)
def test_breaking_loses_no_letter(words):
    assert "".join(svg.wrapped(words, 60)).replace(" ", "") == words.replace(" ", "")


def test_48_hours_always_stands_at_the_same_place():
    assert round(scale.at_hour(48), 3) == 0.627
    assert scale.at_hour(0.2) == 0
    assert scale.at_hour(5000) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_a_stretch_of_shares_holds_all_values_and_prints_both_ends(values):
    low, high = scale.share_stretch(values)
    ticks = scale.share_ticks(low, high)
    assert low - 1e-9 <= min(values)
    assert max(values) <= high + 1e-9
    assert (round(ticks[0], 6), round(ticks[-1], 6)) == (round(low, 6), round(high, 6))
    assert 2 <= len(ticks) <= 4 or round((high - low) / 0.05) in (5, 7, 11, 13, 17, 19)
