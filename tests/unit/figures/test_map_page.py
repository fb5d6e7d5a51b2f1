"""The large map: constant layers, nothing from outside, cells only, names in empty land, a scale that is right."""

import json
import re
from itertools import combinations

import h3
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as some
from shapely.geometry import Point, Polygon, box

from nakhon_dash.domain import geography
from nakhon_dash.figures.classes import class_of, counting_breaks, even_breaks
from nakhon_dash.figures.labels import beside, beside_size
from nakhon_dash.figures.map import Circle, Cluster, Place, fit
from nakhon_dash.figures.map_page import CHOSEN, EDGE, METRES, page_deck, round_about, round_length
from nakhon_dash.figures.map_room import Frame, notes

CENTRE = h3.latlng_to_cell(8.43, 99.96, 9)
CELLS = h3.grid_disk(CENTRE, 2)
OUTLINE = box(99.955, 8.425, 99.965, 8.435)
VIEW = (99.96, 8.43, 12.0)
LAYERS = ["inside", "canals", "shapes", "cells-0", "edge-0", "suppressed", "roads", "zones", "outline", "clusters",
          "names", "notes", "scale", "scale-words", "discs-0"]  # fmt: skip


def fill_of(layer, row):
    fills = re.findall(r"\[[\d,]+\]", layer["getFillColor"])
    assert layer["getFillColor"].count("?") == len(fills) - 1
    return json.loads(fills[row["k"]])


def layers(looks=None, cells=CELLS, **more):
    look = [(looks or {}).get(cell, "s2") for cell in cells]
    table = pd.DataFrame({"h3": cells, "look": look, "tip": "12 cases"})
    made = json.loads(page_deck(table, **({"view": VIEW, "outline": OUTLINE} | more)).to_json())
    assert made["mapStyle"] == "__MAP_STYLE__"
    assert "http" not in json.dumps(made)
    return {layer["id"]: layer for layer in made["layers"]}


def test_every_layer_is_there_whatever_is_drawn_so_that_the_browser_keeps_its_canvas():
    assert list(layers()) == LAYERS
    assert list(layers(cells=[], names=[Place("ท่าวัง", 99.96, 8.431)], clusters=[Cluster(1, (CENTRE,))])) == LAYERS


def test_each_cell_is_drawn_once_whole_or_cut_at_the_outline():
    made = layers()
    whole, cut = ({row["h3"] for row in made[name]["data"]} for name in ("cells-0", "edge-0"))
    assert whole
    assert not whole & cut
    touching = {cell for cell in CELLS if Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]).intersects(OUTLINE)}
    assert whole | cut == touching
    for row in made["edge-0"]["data"]:
        assert OUTLINE.buffer(4e-5).contains(Polygon(row["p"]))


def test_a_cell_with_few_cases_has_no_fill_and_dashes_and_a_dashed_class_has_both():
    made = layers({CENTRE: "few", CELLS[1]: "h1-dash"})
    fill = {row["h3"]: fill_of(made["cells-0"], row) for row in made["cells-0"]["data"]}
    assert fill[CENTRE][3] == 0
    assert fill[CELLS[1]][3] > 0
    assert len(made["suppressed"]["data"]) == 2 * 6 * 4


@pytest.mark.parametrize(("chosen", "widths"), [("1", [CHOSEN, EDGE]), ("2", [EDGE, CHOSEN]), ("", [EDGE, EDGE]),
                                                (CENTRE, [EDGE, EDGE, CHOSEN])])  # fmt: skip
def test_the_chosen_group_or_cell_has_the_stronger_outline(chosen, widths):
    groups = [Cluster(1, (CENTRE,)), Cluster(2, (CELLS[-1],))]
    made = layers(clusters=groups, chosen=chosen)["clusters"]["data"]["features"]
    assert [feature["properties"]["w"] for feature in made] == widths


def test_a_disc_tells_which_group_it_chooses():
    made = layers(clusters=[Cluster(1, (CENTRE,), "ในเมือง", "สูงใน 21 จาก 24")], circles=[Circle(2, 99.96, 8.43, 500)])
    assert [row["spot"] for row in made["discs-0"]["data"]] == ["1", "2"]
    assert made["discs-0"]["data"][0]["tip"] == "ในเมือง. สูงใน 21 จาก 24"


def test_other_polygons_can_be_drawn_instead_of_cells():
    drawn = [OUTLINE, Point(99.96, 8.43).buffer(0.01)]
    shapes = pd.DataFrame({"shape": drawn, "look": ["s3", "few"], "tip": ["a", "b"]})
    made = layers(cells=[], shapes=shapes)["shapes"]
    assert [row["tip"] for row in made["data"]] == ["a", "b"]
    assert [fill_of(made, row)[3] > 0 for row in made["data"]] == [True, False]


def ground_metres(a, b):
    return h3.great_circle_distance(a[::-1], b[::-1], unit="m")


def test_the_scale_bar_is_as_long_on_the_ground_as_its_words_say():
    (west, east), *ends = (row["p"] for row in layers(scale=(99.91, 8.38, 1000, "1 กม."))["scale"]["data"])
    assert ground_metres(west, east) == pytest.approx(1000, rel=0.005)
    assert len(ends) == 2
    assert len(layers(scale=(99.91, 8.38, 1000, "1 กม."))["scale-words"]["data"]) == 1
    assert layers()["scale"]["data"] == []


def test_a_circle_has_its_radius_in_every_direction():
    circle = Circle(1, 99.96, 8.43, 750)
    away = [ground_metres((circle.lon, circle.lat), corner) for corner in round_about(circle)]
    assert min(away) == pytest.approx(750, rel=0.01)
    assert max(away) == pytest.approx(750, rel=0.01)


@given(some.floats(1, 1e6))
def test_a_scale_bar_is_a_round_length_that_fits(metres):
    length = round_length(metres)
    assert metres / 2.6 < length <= metres
    assert str(length).strip("0") in {"1", "2", "5"}


FRAMES = [Frame(fit(geography.outline().bounds, w - 12, h - 12), w, h) for w, h in ((704, 560), (346, 420))]
WORST = [[h3.int_to_str(cell) for cell in geography.cells(9)[i * 15 :][:6]] for i in range(8)]


@pytest.mark.parametrize("frame", FRAMES, ids=["desk", "phone"])
def test_names_stand_beside_the_city_inside_the_map_and_apart(frame):
    groups = [Cluster(i, tuple(cells), f"{i} หน้าวัดพระมหาธาตุ", "สูงใน 21 จาก 24") for i, cells in enumerate(WORST, 1)]
    taken = (0.0, frame.height - 180, 190.0, frame.height)
    found = notes(groups, geography.outline(), frame, [taken])
    city = shapely.transform(geography.outline(), frame.pixel)
    boxes = []
    for note in found:
        (x, y), (width, height) = frame.pixel(np.array([[note.lon, note.lat]]))[0], beside_size(note.name, note.note)
        left = x - width if note.right else x
        boxes.append(box(left, y - height / 2, left + width, y + height / 2))
    assert all(box(-1, -1, frame.width + 1, frame.height + 1).contains(one) for one in boxes)
    assert not any(one.intersects(city) or one.intersects(box(*taken)) for one in boxes)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert len(found) >= (4 if frame is FRAMES[0] else 0)


def test_a_pixel_and_its_place_are_each_others_inverse():
    for frame in FRAMES:
        for x, y in ((0, 0), (20, frame.height - 18), (frame.width, 100)):
            assert frame.pixel(np.array([frame.place(x, y)]))[0] == pytest.approx((x, y), abs=1e-6)


def test_metres_of_the_map_are_metres_on_the_ground():
    frame = FRAMES[0]
    middle = frame.height / 2
    across = ground_metres(frame.place(100, middle), frame.place(200, middle))
    assert frame.metres(100) == pytest.approx(across, rel=0.01)


def test_names_to_the_left_end_at_their_point_and_names_to_the_right_begin_there():
    for right in (False, True):
        icon, height = beside("ท่าวัง", "สูงใน 21 จาก 24", "#000000", "#333333", "#ffffff", right=right)
        assert icon["anchorX"] == (icon["width"] if right else 0)
        assert (icon["width"] / 2, height) == beside_size("ท่าวัง", "สูงใน 21 จาก 24")


def test_the_whole_city_in_the_smallest_cells_stays_below_300_kb():
    cells = [h3.int_to_str(cell) for cell in geography.cells(10)]
    rows = pd.DataFrame({"h3": cells, "look": ["few", "s4"] * (len(cells) // 2), "tip": "น้อยกว่า 5 เรื่อง"})
    groups = [Cluster(i, tuple(cells[i * 40 :][:12]), f"{i} หน้าวัดพระมหาธาตุ", "สูงใน 21 จาก 24") for i in range(1, 9)]
    frame = FRAMES[0]
    outline = geography.outline()
    text = page_deck(rows, view=frame.view, outline=outline, clusters=groups, notes=notes(groups, outline, frame),
                     names=[Place("ท่าวัง", 99.96, 8.431)] * 6, scale=(99.9, 8.4, 1000, "1 กม.")).to_json()  # fmt: skip
    assert len(cells) > 1_000
    sizes = {layer["id"]: len(json.dumps(layer["data"], separators=(",", ":"), ensure_ascii=False).encode())
             for layer in json.loads(text)["layers"]}  # fmt: skip
    assert len(text.encode()) <= 300_000, sizes


def test_counts_fall_into_classes_that_a_person_can_read():
    assert counting_breaks(640, 5) == [5, 50, 100, 200, 500]
    assert counting_breaks(12, 5) == [5, 10]
    assert counting_breaks(0, 5) == [5]


def test_rates_fall_into_even_classes_of_round_width():
    assert even_breaks([212.0, 305.5, 250.1]) == [200.0, 250.0, 300.0]
    assert even_breaks([]) == []
    assert even_breaks([3.0, 3.0]) == [3.0]


@given(some.lists(some.floats(0, 1e5), min_size=1, max_size=30))
def test_every_rate_lies_in_one_of_at_most_five_even_classes(values):
    breaks = even_breaks(values)
    assert 1 <= len(breaks) <= 5
    assert breaks[0] <= min(values) + 0.01
    steps = np.diff(breaks)
    assert len(breaks) < 3 or steps.max() == pytest.approx(steps.min(), abs=0.011)


@given(some.integers(5, 10**6), some.integers(1, 10))
def test_larger_counts_never_fall_into_a_lower_class(largest, fewest):
    breaks = counting_breaks(largest, fewest)
    assert breaks == sorted(set(breaks))
    assert class_of(fewest, breaks) == 0
    assert [class_of(b, breaks) for b in breaks] == list(range(len(breaks)))


def test_a_ground_metre_is_the_same_everywhere_in_the_module():
    assert pytest.approx(40_007_863 / 360, rel=0.005) == METRES


def test_the_number_of_a_group_at_the_edge_stands_inside_the_city():
    edge = [cell for cell in CELLS if not OUTLINE.contains(Point(*h3.cell_to_latlng(cell)[::-1]))]
    cut = [cell for cell in edge if Polygon([(x, y) for y, x in h3.cell_to_boundary(cell)]).intersects(OUTLINE)]
    assert cut
    for row in layers(clusters=[Cluster(i, (cell,)) for i, cell in enumerate(cut, 1)])["discs-0"]["data"]:
        assert OUTLINE.buffer(1e-9).contains(Point(row["p"]))


def test_layers_that_can_be_chosen_change_their_ids_with_every_choice_and_only_they():
    first, second = list(layers(turn=1)), list(layers(turn=2))
    assert second == LAYERS
    assert {a for a, b in zip(first, second, strict=True) if a != b} == {"cells-1", "edge-1", "discs-1"}
