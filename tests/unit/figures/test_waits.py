"""Pictures of waiting times draw what they were given, on one hour axis, and say it in words."""

import re

import numpy as np
import pytest

from nakhon_dash.figures.curve import BASE, HOURS, TOP, Mark, Steps, Tick, waiting_curve
from nakhon_dash.figures.forest import Heads, Row, forest
from nakhon_dash.figures.outcomes import Layer, outcome_areas, swatch
from nakhon_dash.figures.scale import at_hour

TICKS = [Tick(1, "1 h", "100"), Tick(48, "48 h", "12")]
HEADS = Heads("median", "9 in 10", "on time", "cases", ((1, "1 h"), (48, "48 h"), (360, "15 d")))


def steps(still, **rest):
    known = np.full(len(HOURS), np.nan)
    return Steps(np.asarray(still, float), rest.get("low", known), rest.get("high", known), "now")


def falling():
    return np.exp(-HOURS / 30)


def curve(**rest):
    return waiting_curve(rest.pop("now", steps(falling())), TICKS, label="half within 21 h", at_risk="followed", **rest)


def test_the_curve_writes_its_values_where_the_lines_stand():
    drawn = curve(promise=Mark(48, 0.2, "20% wait", "20%", "(18–22)"), baseline=Mark(360, 0.05, "5% left"))
    assert f'x1="{at_hour(48) * 100:.2f}%"' in drawn
    assert all(f">{words}<" in drawn for words in ("20% wait", "(18–22)", "20%", "5% left", "followed", "12"))
    assert "stroke-dasharray" in drawn


def test_without_a_promise_there_is_no_gold():
    assert "gold" not in curve()


def test_a_value_that_is_not_known_leaves_the_line_and_no_mark():
    drawn = curve(promise=Mark(48, None), baseline=Mark(360, None))
    assert "var(--gold)" in drawn
    assert "circle" not in drawn


def test_the_line_stops_where_nobody_was_followed():
    still = falling()
    still[100:] = np.nan
    path = re.search(r'<path d="(M0[^"]+)" fill="none"', curve(now=steps(still)))[1]
    assert path.endswith("H99")


def test_the_band_is_drawn_where_there_are_limits_only():
    still, low, high = falling(), falling() * 0.9, np.minimum(falling() * 1.1, 1)
    assert 'opacity="0.2"' not in curve()
    low[:10] = high[:10] = np.nan
    drawn = curve(now=steps(still, low=low, high=high))
    assert re.search(r'<path d="M10 [^"]+Z" fill="var\(--on\)" opacity="0.2"/>', drawn)


def test_the_period_before_is_grey_and_named():
    drawn = curve(before=Steps(falling() ** 0.5, *[np.full(len(HOURS), np.nan)] * 2, "30 days before"))
    assert ">30 days before<" in drawn
    assert 'stroke="var(--nd)"' in drawn


@pytest.mark.parametrize("still", [1.0, 0.98, 0.5, 0.02, 0.0])
def test_labels_stay_inside_the_picture_wherever_the_curve_lies(still):
    drawn = curve(now=steps(np.full(len(HOURS), still)), promise=Mark(48, still, "words", "w", "(1–2)"),
                  baseline=Mark(360, still, "left"))  # fmt: skip
    ys = [float(y) for y, words in re.findall(r'y="([\d.-]+)"[^>]*>(words|left|\(1–2\)|w)<', drawn)]
    assert len(ys) == 5
    assert all(TOP - 20 <= y <= BASE + 4 for y in ys)


def test_parts_are_drawn_in_the_order_given_and_few_cases_as_a_tag():
    drawn = forest([Row("A", "612", "88%", 19, 18, 20, 40), Row("B", "4", "", instead="too few")], HEADS, label="-")
    assert drawn.index(">A<") < drawn.index(">B<")
    assert f'cx="{at_hour(19) * 100:.2f}%"' in drawn
    assert drawn.count('stroke-dasharray="3 3"') == 2  # one tag in each of the two drawings
    assert ">too few<" in drawn


def test_nine_in_ten_beyond_the_ruler_has_an_arrow_not_a_dot():
    drawn = forest([Row("A", "30", "50%", 100, 80, None, None)], HEADS, label="-", promise=None)
    assert drawn.count("M-7 -5.5") == 2
    assert "gold" not in drawn


def test_endings_are_stacked_and_hatches_have_their_own_names():
    flat = np.full(len(HOURS), 0.25)
    layers = [Layer("fixed", flat * 2, "Fixed"), Layer("duplicate", flat, "Duplicate")]
    drawn = outcome_areas(layers, [(1, "1 h", ""), (48, "48 h", "")], label="-", waiting="not ended", name="t")
    assert 'fill="url(#t-duplicate)"' in drawn
    assert 'id="t-duplicate"' in drawn
    assert ">not ended<" in drawn
    assert 'id="list-duplicate"' in swatch("duplicate", "list")
    assert 'fill="none"' in swatch("waiting", "list")


def test_endings_nobody_was_followed_for_are_not_drawn():
    nothing = np.full(len(HOURS), np.nan)
    drawn = outcome_areas([Layer("fixed", nothing, "Fixed")], [], label="-", waiting="not ended")
    assert 'var(--paper)" stroke-width' not in drawn
    assert ">Fixed<" not in drawn
