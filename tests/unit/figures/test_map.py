"""The map: nothing is asked of the outside, cells are cut at the outline, names and numbers find room."""

import base64
import io
import json

import h3
import numpy as np
import pandas as pd
import pytest
from PIL import Image
from shapely.geometry import Point, Polygon, box

from nakhon_dash.figures import labels
from nakhon_dash.figures import map as city_map
from nakhon_dash.figures.map import Cluster, Place

CENTRE = h3.latlng_to_cell(8.43, 99.96, 9)
CELLS = h3.grid_disk(CENTRE, 2)
OUTLINE = box(99.955, 8.425, 99.965, 8.435)


def deck(verdicts=None, **more):
    verdict = [(verdicts or {}).get(cell, "ns") for cell in CELLS]
    table = pd.DataFrame({"h3": CELLS, "verdict": verdict, "tip": ["12 cases"] * len(CELLS)})
    options = {"clusters": [Cluster(1, (CENTRE,))], "labels": [Place("ท่าวัง", 99.96, 8.431)], "outline": OUTLINE} | more
    made = city_map.overview_deck(
        table, options.pop("clusters"), options.pop("labels"), view=(99.96, 8.43, 12), **options
    )
    return json.loads(made.to_json())


def layers(**more):
    return {layer["id"]: layer for layer in deck(**more)["layers"]}


def test_the_order_of_layers_is_ground_cells_lines_words():
    assert list(layers()) == [
        "inside", "canals", "cells", "suppressed", "roads", "zones", "outline", "clusters", "names", "discs",
    ]  # fmt: skip


def test_nothing_is_asked_of_the_outside():
    text = json.dumps(deck())
    assert "http" not in text
    assert deck()["mapStyle"] == "__MAP_STYLE__"


def test_cells_end_at_the_outline():
    for row in layers()["cells"]["data"]:
        assert OUTLINE.buffer(2e-5).contains(Polygon(row["p"]))


def test_a_cell_may_be_given_as_the_number_that_the_store_keeps():
    number = h3.str_to_int(CENTRE)
    assert city_map.cell_shape(number).equals(city_map.cell_shape(CENTRE))


def test_a_suppressed_cell_has_no_fill_and_a_dashed_edge():
    made = layers(verdicts={CENTRE: "few"})
    fill = next(row["f"] for row in made["cells"]["data"] if row["h3"] == CENTRE)
    assert fill[3] == 0
    assert len(made["suppressed"]["data"]) == 6 * 4


def test_dark_and_light_differ_in_colour_only():
    light, dark = layers(), layers(dark=True)
    assert light["outline"]["getLineColor"] != dark["outline"]["getLineColor"]
    assert [row["p"] for row in light["cells"]["data"]] == [row["p"] for row in dark["cells"]["data"]]


def test_a_number_stands_in_a_cell_of_its_cluster():
    ring = tuple(sorted(set(h3.grid_ring(CENTRE, 2))))  # its middle is no cell of it
    place = layers(clusters=[Cluster(1, ring)])["discs"]["data"][0]["p"]
    assert h3.latlng_to_cell(place[1], place[0], 9) in ring


def test_the_view_shows_all_of_the_city():
    west, south, east, north = 99.90, 8.39, 99.99, 8.48
    lon, lat, zoom = city_map.fit((west, south, east, north), 352, 300)
    assert (round(lon, 3), round(lat, 3)) == (99.945, 8.435)
    assert (east - west) / 360 * 512 * 2**zoom <= 352


def test_names_stand_inside_their_zones_and_slivers_are_unnamed():
    zones = [("west", box(0, 0, 1, 1)), ("east", box(1, 0, 2, 1)), ("sliver", box(2, 0, 2.01, 1))]
    found = city_map.places(zones, [])
    assert [place.name for place in found] == ["west", "east"]
    assert all(shape.contains(Point(p.lon, p.lat)) for p, (_, shape) in zip(found, zones, strict=False))


def test_a_zone_that_is_all_hot_is_named_beside_the_city():
    zone = city_map.cell_shape(CENTRE)
    west, south, _east, north = zone.bounds
    rest = box(west - 0.05, south, west, north).union(box(west, north, zone.bounds[2], north + 0.01))
    (found,) = city_map.places([("hot", zone)], [Cluster(1, (CENTRE,))])
    assert not zone.contains(Point(found.lon, found.lat))
    beside = city_map.places([("hot", zone), ("rest", rest)], [Cluster(1, (CENTRE,))])[0]
    assert beside.lon > zone.bounds[2]
    assert south < beside.lat < north


def test_the_legend_names_every_class_it_is_given():
    shown = city_map.legend([("h2", "far above"), ("few", "too <few>")], scale="a cell is 350 m wide")
    assert "var(--h2)" in shown
    assert "too &lt;few&gt;" in shown
    assert "350 m" in shown


@pytest.mark.parametrize("words", ["โพธิ์เสด็จ", "ใกล้ที่ ๆ กรุณาปูพื้น", "Tha Wang", "ซอย 7 ฎุ"])
def test_no_letter_or_mark_of_a_label_is_cut(words):
    icon, height = labels.label(words, "#000000", "#FFFFFF")
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(icon["url"].split(",")[1]))).convert("RGBA"))[:, :, 3]
    edges = [pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]
    assert pixels.max() == 255
    assert all(edge.max() == 0 for edge in edges)
    assert height == icon["height"] / labels.SCALE


def test_scripts_are_drawn_each_with_its_own_font():
    assert labels.runs("ซอย 7 A") == [("thai", "ซอย"), ("latin", " 7 A")]
