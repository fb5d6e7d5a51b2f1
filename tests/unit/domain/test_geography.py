"""The shape of the city that ships with the project, and folders that are wrong."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from h3.api import basic_int as h3
from pyproj import Geod

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT, read_profile

GEO = ROOT / "data" / "geo"
PROFILE = read_profile(ROOT / "data" / "city.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GEO, tmp_path / "geo"))


def test_the_municipality_has_the_published_area_within_three_per_cent():
    area = abs(Geod(ellps="WGS84").geometry_area_perimeter(geography.outline(GEO))[0]) / 1e6
    assert abs(area / PROFILE.city.area_km2 - 1) < 0.03


def test_the_zones_of_the_profile_tile_the_outline_exactly():
    zones = geography.zones(GEO)
    areas = np.array(list(zones.values()), dtype=object)
    assert list(zones) == sorted(PROFILE.zones)
    assert shapely.coverage_is_valid(areas)
    assert shapely.union_all(areas).equals(geography.outline(GEO))
    assert shapely.symmetric_difference(shapely.union_all(areas), geography.outline(GEO)).area == 0
    assert not any(a.overlaps(b) for i, a in enumerate(areas) for b in areas[i + 1:])


def test_zones_have_names_in_both_languages_and_all_layers_a_credit():
    for feature in geography.layer("zones", GEO)["features"]:
        zone = PROFILE.zones[feature["properties"]["code"]]
        assert (feature["properties"]["name_th"], feature["properties"]["name_en"]) == (zone.name_th, zone.name_en)
    for name in geography.LAYERS:
        assert "OpenStreetMap contributors" in geography.layer(name, GEO)["attribution"]
    assert any("CC BY-IGO" in line for line in geography.attributions(GEO))


def test_roads_and_canals_are_lines_with_a_class():
    for layer in (geography.roads(GEO), geography.canals(GEO)):
        assert all(f["geometry"]["type"].endswith("LineString") for f in layer["features"])
        assert all(f["properties"]["class"] for f in layer["features"])


def test_points_get_their_zone_and_unknown_ones_none():
    lon = [99.965, 99.965, 99.963, 99.94, 100.501, float("nan"), 0.0]
    lat = [8.415, 8.433, 8.442, 8.434, 13.756, 8.4, 0.0]
    assert list(geography.zone_of(lon, lat, GEO)) == ["800101", "800103", "800102", "800118", None, None, None]
    assert list(geography.inside(lon, lat, GEO)) == [True] * 4 + [False] * 3


def test_a_point_on_a_border_is_inside_and_has_one_zone():
    corner = geography.outline(GEO).exterior.coords[3]
    assert geography.inside([corner[0]], [corner[1]], GEO)[0]
    assert geography.zone_of([corner[0]], [corner[1]], GEO)[0] in PROFILE.zones


def test_no_points_give_no_zones():
    assert len(geography.zone_of([], [], GEO)) == 0


@pytest.mark.parametrize("resolution", [8, 9])
def test_every_point_inside_has_its_cell_in_the_list(resolution):
    cells = geography.cells(resolution, GEO)
    west, south, east, north = geography.outline(GEO).bounds
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(west, east, 2000), rng.uniform(south, north, 2000)
    keep = geography.inside(lon, lat, GEO)
    found = {h3.latlng_to_cell(y, x, resolution) for x, y in zip(lon[keep], lat[keep], strict=True)}
    assert found <= set(cells)
    assert cells == sorted(set(cells))
    assert all(n < 2**63 for n in cells)


def test_clipped_cells_cover_the_municipality_and_nothing_else():
    shapes = geography.cell_polygons(geography.cells(8, GEO), clip=True, at=GEO)
    whole = shapely.union_all(list(shapes.values()))
    assert whole.symmetric_difference(geography.outline(GEO)).area < 1e-9
    assert geography.cell_polygons([], clip=True, at=GEO) == {}


def test_names_stand_inside_their_zone():
    zones = geography.zones(GEO)
    for code, (x, y) in geography.label_points(GEO).items():
        assert zones[code].contains(shapely.Point(x, y))


def test_a_replaced_file_takes_effect_at_once(folder):
    before = geography.outline(folder)
    path = folder / "municipality.geojson"
    path.write_text(path.read_text("utf-8").replace("8.37", "8.36"), "utf-8")
    assert not geography.outline(folder).equals(before)


def test_the_shipped_layers_are_in_order_and_a_missing_file_is_named(folder):
    assert geography.check(folder) == []
    (folder / "canals.geojson").unlink()
    assert any("canals.geojson" in line and "cannot be read" in line for line in geography.check(folder))


def test_zones_that_leave_a_gap_are_named(folder):
    path = folder / "zones.geojson"
    data = json.loads(path.read_text("utf-8"))
    data["features"] = data["features"][1:]
    path.write_text(json.dumps(data), "utf-8")
    lines = geography.check(folder)
    assert any("do not fill" in line for line in lines)
    assert any("800101" in line for line in lines)


@pytest.mark.parametrize(("change", "says"), [
    (lambda data: "no json", "is not GeoJSON"),
    (lambda data: json.dumps({"type": "Point"}), "holds no features"),
    (lambda data: json.dumps(data | {"features": [*data["features"], data["features"][0]]}), "stands twice"),
    (lambda data: json.dumps(data | {"features": [{"properties": {"code": "1"}, "geometry": None}]}), "no readable"),
    (lambda data: json.dumps(data | {"features": [{"properties": {}, "geometry": {
        "type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]]}}]}), "crosses itself"),
])
def test_an_unusable_zone_file_says_what_is_wrong(folder, change, says):
    path = folder / "zones.geojson"
    path.write_text(change(json.loads(path.read_text("utf-8"))), "utf-8")
    with pytest.raises(geography.GeographyError, match=says) as caught:
        geography.zones(folder)
    assert caught.value.path == path


def test_the_browser_copies_follow_the_folder(folder, tmp_path):
    static = tmp_path / "static"
    first = geography.publish(static, folder)
    path = folder / "roads.geojson"
    path.write_text(path.read_text("utf-8").replace("tertiary", "secondary"), "utf-8")
    second = geography.publish(static, folder)
    assert (static / "geo" / "roads.geojson").read_bytes() == path.read_bytes()
    assert first["zones"] == second["zones"] != second["roads"] != first["roads"]
