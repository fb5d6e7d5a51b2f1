"""The week as a picture: every cell says its own shade, few cases look like few cases."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.figures.weekheat import FEW, OPEN, STEPS, Cell, Row, Words, sixths, week_heatmap

WORDS = Words("< 12 h", "≥ 29 h", "under 5 cases", "not reached", "Median", ("00:00", "06:00", "12:00", "18:00"))


def week(step=0, figure="18.6 h"):
    return [Row(f"d{i}", figure, i > 4, [Cell(step, f"<{i}>")] * 24) for i in range(7)]


def test_a_week_has_seven_days_of_24_hours_and_says_its_finding():
    drawn = week_heatmap(week(), WORDS, label="days off wait longer")
    assert drawn.count("<title>") == 7 * 24
    assert 'aria-label="days off wait longer"' in drawn
    assert "&lt;6&gt;" in drawn
    assert drawn.count('class="k b"') == 2


def test_there_is_a_gap_before_the_weekend_and_monday_is_first():
    tops = [float(y) for y in re.findall(r'<text x="0.00%" y="([\d.]+)"', week_heatmap(week(), WORDS, label="-"))]
    steps = np.diff(tops)
    assert len(tops) == 7
    assert (steps[[0, 1, 2, 3, 5]] == steps[0]).all()
    assert steps[4] > steps[0]


def test_few_cases_are_hatched_and_unknown_ones_outlined_never_the_palest_shade():
    few, unknown = (week_heatmap(week(step), WORDS, label="-") for step in (FEW, OPEN))
    assert "url(#nk-hatch-week)" in few
    assert "under 5 cases" in few
    assert "stroke-dasharray" in unknown
    assert all("var(--s1)" not in drawn and "< 12" not in drawn for drawn in (few, unknown))


def test_the_key_names_only_what_occurs():
    drawn = week_heatmap(week(5), WORDS, label="-")
    assert "&lt; 12 h" in drawn
    assert "under 5 cases" not in drawn
    assert "not reached" not in drawn


values = st.lists(st.floats(0, 1e4) | st.just(float("nan")), max_size=168)


@given(values)
def test_classes_rise_with_the_value_and_one_wild_cell_does_not_blank_the_rest(rows):
    found = np.array(rows, dtype=float)
    limits = sixths(found)
    known = np.sort(found[~np.isnan(found)])
    assert len(limits) == (STEPS - 1 if len(known) else 0)
    classes = np.searchsorted(limits, known, side="right")
    assert (np.diff(classes) >= 0).all()
    assert ((classes >= 0) & (classes < STEPS)).all()


def test_a_wild_cell_leaves_the_scale_where_it_was():
    usual = np.linspace(10, 20, 100)
    assert sixths(np.append(usual, 9_000.0))[-1] < 20
