"""Pictures of one place and small maps: well-formed, nothing outside, small counts not drawn as numbers."""

from xml.etree import ElementTree

import h3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from nakhon_dash.figures.small_map import drawn_cells, small_map
from nakhon_dash.figures.why import FLOOR, hour_bars, month_line, squares

COUNTS = st.lists(st.one_of(st.none(), st.just(0), st.integers(5, 4000)), min_size=2, max_size=12)
CELLS = tuple(h3.grid_disk(h3.latlng_to_cell(8.43, 99.96, 9), 2))


def parsed(markup):
    return ElementTree.fromstring(markup)


def test_squares_are_filled_where_it_is_hot():
    drawn = parsed(squares([[True] * 4 + [False] * 4] * 3, ["a", "b", "c"], label="12 of 24"))
    fills = [rect.get("fill") for rect in drawn.iter() if rect.tag.endswith("rect")]
    assert fills.count("var(--h2)") == 12
    assert fills.count("none") == 12


def test_hours_of_few_cases_are_hatched_and_the_peak_is_dark():
    counts = [None, 0, 40, 5] + [0] * 20
    drawn = parsed(hour_bars(counts, [i == 2 for i in range(24)], 5, ("00", "06", "12", "18"), label="x"))
    bars = [rect for rect in drawn.iter() if rect.tag.endswith("rect") and rect.get("y")]
    assert bars[0].get("fill") == "url(#why-few)"
    assert [bar.get("opacity") for bar in bars[2:4]] == [None, "0.4"]


@given(COUNTS, st.floats(0, 300))
def test_months_stay_inside_the_picture(counts, mean):
    band = [(0.8 * mean, 1.2 * mean)] * len(counts)
    drawn = parsed(month_line(counts, band, label="x", first="a", last="b"))
    dots = [float(dot.get("cy")) for dot in drawn.iter() if dot.tag.endswith("circle")]
    assert all(0 <= y <= FLOOR for y in dots)


@pytest.mark.parametrize("outline", [None, box(99.955, 8.425, 99.965, 8.435)])
def test_every_cell_is_on_the_small_map(outline):
    looks = dict(zip(CELLS, ["s1", "few", "h2"] * 7, strict=False))
    drawn = parsed(small_map(looks, outline=outline, label="x", cells=CELLS, marks={CELLS[0]: True}))
    assert len(drawn_cells(CELLS, outline)[1]) == len(CELLS)
    paint = [path.get("fill") for path in drawn.iter() if path.tag.endswith("path")]
    assert {"var(--s1)", "var(--h2)"} <= set(paint)


def test_no_cell_is_an_empty_map():
    assert parsed(small_map({}, outline=None, label="x")).tag == "div"
