"""The small map of one step and the line of all steps: what is drawn, and that colour is never alone."""

import re

import pytest
from shapely.geometry import Polygon, box

from nakhon_dash.figures import timeline

CELLS = [box(x, 0, x + 1, 1) for x in range(4)]
CITY = timeline.ground(CELLS, box(0, 0, 4, 1), [])


def test_each_look_is_one_path_and_hot_ones_lie_on_top_with_ink():
    drawn = timeline.step_map(CITY, ["h2", "ns", "few", "ns"], label="found")
    fills = re.findall(r'fill="(var\(--\w+\)|none)" stroke="var\(--(\w+)\)"', drawn)
    assert fills == [("var(--ns)", "inside"), ("none", "ink3"), ("var(--h2)", "ink")]
    assert 'role="img" aria-label="found"' in drawn


def test_the_picture_holds_the_whole_city():
    numbers = [float(n) for path in CITY.cells for n in re.findall(r"\d+", path)]
    assert max(numbers) <= max(CITY.width, CITY.height)
    assert CITY.width == pytest.approx(1000, abs=1)


def test_a_city_without_outline_is_drawn_by_its_cells():
    bare = timeline.ground([Polygon([(0, 0), (1, 0), (0, 1)])], None, [])
    assert bare.outline == ""
    assert len(bare.cells) == 1


def line(n, hot=None, now=0, marks=()):
    return timeline.history(n, hot, now, marks, ("first", "last"), label="said", value="v", hot_name="bars")


@pytest.mark.parametrize("n", [[0, 0, 0], [5], [1, 900, 3]])
def test_any_numbers_make_a_line_inside_the_picture(n):
    heights = [float(y) for y in re.findall(r"(?:M|L)[\d.]+ ([\d.]+)", line(n))]
    assert min(heights) >= timeline.TOP
    assert max(heights) <= timeline.FLOOR


def test_bars_are_drawn_for_steps_with_hot_cells_only():
    assert line([3, 4, 5], [0, 2, 1]).count('fill="var(--h2)"') == 2
    assert "bars" not in line([3, 4, 5])


def test_events_tell_their_title_and_a_name_only_where_there_is_room():
    marks = [timeline.Mark(at, at + 0.01, f"name{i}", f"title{i}") for i, at in enumerate((0.2, 0.21, 0.22))]
    drawn = line([1, 2, 3], marks=marks)
    assert [f"title{i}" in drawn for i in range(3)] == [True, True, True]
    assert ["name0" in drawn, "name1" in drawn, "name2" in drawn] == [True, True, False]
