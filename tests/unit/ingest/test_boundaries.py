"""Official boundary files replace the shipped outlines, or are refused with a reason and change nothing."""

import json
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.i18n import LANGS, t
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.boundaries import import_boundaries

PROFILE = read_profile(ROOT / "data" / "city.toml")
OFFICIAL = ROOT.parent / "shared" / "reference" / "geo"
UTM, INDIAN = "EPSG:32647", "EPSG:24047"
NOW = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "geo", tmp_path / "geo"))


@pytest.fixture
def zones() -> gpd.GeoDataFrame:
    """The shipped zones, moved by 20 m: an "official" survey that differs."""
    rows = gpd.read_file(ROOT / "data" / "geo" / "zones.geojson").to_crs(UTM)
    rows["geometry"] = rows.translate(20, 0)
    return rows


def imported(path: Path, folder: Path, **options: object) -> dict:
    return import_boundaries(path, PROFILE, at=folder, now=NOW, **options)


def refused(path: Path, folder: Path, **options: object) -> str:
    """The code of the refusal; the message exists in both languages and nothing was changed."""
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    with pytest.raises(BadFile) as caught:
        imported(path, folder, **options)
    for lang in LANGS:
        assert t(f"badfile.{caught.value.code}", lang, **caught.value.values)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    return caught.value.code


def test_official_zones_replace_the_shipped_ones_and_the_old_ones_are_kept(folder, zones, tmp_path):
    zones.to_file(tmp_path / "official.gpkg")
    result = imported(tmp_path / "official.gpkg", folder, source="Office of the city surveyor")
    assert (result["read"], result["updated"], result["layer"], result["crs"]) == (5, 5, "zones", UTM)
    assert result["area_km2"] == pytest.approx(22.98, abs=0.02)
    assert geography.check(folder) == []
    assert geography.attributions(folder)[0] == "Office of the city surveyor"
    assert (folder / "zones.geojson.bak-20250401T000000").exists()


def test_the_same_file_twice_changes_nothing(folder, zones, tmp_path):
    zones.to_file(tmp_path / "official.gpkg")
    imported(tmp_path / "official.gpkg", folder)
    again = imported(tmp_path / "official.gpkg", folder)
    assert (again["updated"], again["unchanged"], again["written"], again["backups"]) == (0, 5, [], [])


def test_a_dry_run_writes_nothing(folder, zones, tmp_path):
    zones.to_file(tmp_path / "official.gpkg")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert imported(tmp_path / "official.gpkg", folder, dry_run=True)["updated"] == 5
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize(("column", "values"), [
    ("TAM_CODE", ["TH800101", "TH800102", "TH800103", "TH800115", "TH800118"]),
    ("TAM_CODE", [800101.0, 800102.0, 800103.0, 800115.0, 800118.0]),
    ("T_NAME", ["ต.ในเมือง", "ตำบลท่าวัง", "ต. คลัง", "ตำบล นาเคียน", "โพธิ์เสด็จ"]),
    ("eng", ["Nai Mueang", "THA WANG", "Tambon Khlang", "Na-Khian", "pho sadet"]),
])
def test_zones_are_found_by_code_or_name_in_any_column(folder, zones, tmp_path, column, values):
    zones[column] = values
    zones[[column, "geometry"]].to_crs("EPSG:4326").to_file(tmp_path / "a.geojson")
    assert imported(tmp_path / "a.geojson", folder)["updated"] == 5
    assert list(geography.zones(folder)) == sorted(PROFILE.zones)


def test_a_zipped_shapefile_of_thai_windows_in_another_datum_is_read(folder, zones, tmp_path):
    (tmp_path / "shp").mkdir()
    rows = zones[["name_th", "geometry"]].to_crs(INDIAN)
    rows.to_file(tmp_path / "shp" / "zones.shp", encoding="cp874")
    (tmp_path / "shp" / "zones.cpg").unlink()
    with zipfile.ZipFile(tmp_path / "zones.zip", "w") as archive:
        for part in (tmp_path / "shp").iterdir():
            archive.write(part, part.name)
    result = imported(tmp_path / "zones.zip", folder)
    assert (result["updated"], result["format"]) == (5, "shapefile")
    assert result["area_difference"] == pytest.approx(0.019, abs=0.002)


def test_zones_in_several_pieces_are_joined_and_other_places_skipped(folder, zones, tmp_path):
    pieces = zones.explode(index_parts=False)
    pieces.loc[len(pieces) + 10] = pieces.iloc[0]
    pieces.iloc[-1, pieces.columns.get_loc("code")] = "900000"
    for column in ("name_th", "name_en"):
        pieces = pieces.drop(columns=column)
    pieces.to_file(tmp_path / "a.gpkg")
    result = imported(tmp_path / "a.gpkg", folder)
    assert result["skipped"] == 1
    assert result["read"] == result["updated"] + result["merged"] + result["skipped"]


def test_small_overlaps_and_gaps_are_given_to_a_neighbour(folder, zones, tmp_path):
    zones.loc[0, "geometry"] = zones.geometry[0].buffer(4)
    zones.loc[1, "geometry"] = zones.geometry[1].buffer(-4)
    zones.to_file(tmp_path / "a.gpkg")
    result = imported(tmp_path / "a.gpkg", folder)
    assert result["overlap_m2"] > 1000
    assert geography.check(folder) == []


def test_a_border_that_crosses_itself_is_repaired(folder, zones, tmp_path):
    ring = list(zones.geometry[0].exterior.coords)
    spike = (ring[5][0] + 30, ring[5][1] + 30)
    zones.loc[0, "geometry"] = shapely.Polygon([*ring[:6], spike, ring[4], *ring[6:]])
    assert not zones.geometry[0].is_valid
    zones.to_file(tmp_path / "a.gpkg")
    assert imported(tmp_path / "a.gpkg", folder)["flags"]["shape_repaired"] == 1
    assert geography.check(folder) == []


def test_an_outline_alone_cuts_the_zones_in_force(folder, zones, tmp_path):
    outline = gpd.GeoDataFrame({"name": ["city"]}, geometry=[zones.union_all()], crs=UTM)
    outline.to_file(tmp_path / "city.gpkg")
    result = imported(tmp_path / "city.gpkg", folder)
    assert (result["layer"], result["read"], result["updated"]) == ("municipality", 1, 1)
    assert geography.check(folder) == []
    assert "OpenStreetMap" in geography.layer("zones", folder)["attribution"]


def write_without_crs(rows: gpd.GeoDataFrame, path: Path) -> None:
    rows.to_file(path, encoding="utf-8")
    path.with_suffix(".prj").unlink()


def test_degrees_without_a_coordinate_system_are_taken_as_wgs84_and_said_so(folder, zones, tmp_path):
    write_without_crs(zones.to_crs("EPSG:4326"), tmp_path / "a.shp")
    assert imported(tmp_path / "a.shp", folder)["flags"] == {"crs_assumed": 5}


def test_metres_without_a_coordinate_system_are_refused(folder, zones, tmp_path):
    write_without_crs(zones, tmp_path / "a.shp")
    assert refused(tmp_path / "a.shp", folder) == "boundaries_no_crs"


def test_metres_that_claim_to_be_degrees_are_refused(folder, zones, tmp_path):
    zones.set_crs("EPSG:4326", allow_override=True).to_file(tmp_path / "a.gpkg")
    assert refused(tmp_path / "a.gpkg", folder) == "boundaries_elsewhere"


def test_points_and_empty_shapes_among_the_areas_are_counted_and_left_out(folder, zones, tmp_path):
    features = json.loads(zones.to_crs("EPSG:4326").to_json())["features"]
    features += [{"type": "Feature", "properties": {"code": "800101"}, "geometry": {
        "type": "Point", "coordinates": [99.96, 8.41]}}, {"type": "Feature", "properties": {}, "geometry": None}]
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    result = imported(tmp_path / "a.geojson", folder)
    assert (result["read"], result["updated"], result["skipped"]) == (7, 5, 2)


def test_zones_that_miss_one_are_refused_by_name(folder, zones, tmp_path):
    zones[1:].to_file(tmp_path / "a.gpkg")
    with pytest.raises(BadFile) as caught:
        imported(tmp_path / "a.gpkg", folder)
    assert "800101 ในเมือง (Nai Mueang)" in str(caught.value.values["zones"])


def test_another_area_than_the_profile_says_is_refused(folder, zones, tmp_path):
    zones["geometry"] = zones.scale(1.1, 1.1, origin=(0, 0))
    zones.to_file(tmp_path / "a.gpkg")
    assert refused(tmp_path / "a.gpkg", folder) == "boundaries_area"


def test_zones_that_lie_on_each_other_are_refused(folder, zones, tmp_path):
    zones.loc[1, "geometry"] = zones.geometry[0]
    zones.to_file(tmp_path / "a.gpkg")
    assert refused(tmp_path / "a.gpkg", folder) == "boundaries_do_not_tile"


def test_files_that_are_no_maps_are_refused(folder, tmp_path):
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "b.geojson").write_text("{")
    (tmp_path / "c.zip").write_bytes(b"PK")
    (tmp_path / "d.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    (tmp_path / "e.gpkg").write_bytes(b"")
    codes = [refused(tmp_path / n, folder) for n in ("a.csv", "b.geojson", "c.zip", "d.geojson", "e.gpkg", "f.gpkg")]
    assert codes[0] == codes[5] == "boundaries_format"
    assert codes[1] == codes[2] == codes[4] == "boundaries_unreadable"
    assert codes[3] in ("boundaries_empty", "boundaries_unreadable")


def roads(**columns: list) -> gpd.GeoDataFrame:
    lines = [shapely.LineString([(99.96, 8.40), (99.965, 8.42)]), shapely.LineString([(99.965, 8.42), (99.966, 8.44)]),
             shapely.LineString([(100.5, 13.7), (100.6, 13.8)])]
    return gpd.GeoDataFrame(columns, geometry=lines, crs="EPSG:4326")


def test_official_roads_replace_the_shipped_ones(folder, tmp_path):
    roads(highway=["primary"] * 3, name=["ถนนตัวอย่าง"] * 2 + [None]).to_file(tmp_path / "a.gpkg")
    result = imported(tmp_path / "a.gpkg", folder)
    assert (result["layer"], result["updated"], result["merged"], result["skipped"]) == ("roads", 1, 1, 1)
    road = geography.roads(folder)["features"][0]
    assert road["properties"] == {"class": "primary", "name_th": "ถนนตัวอย่าง", "name_en": None}


def test_lines_that_do_not_say_what_they_are_need_a_layer(folder, tmp_path):
    roads(kind=["a", "b", "c"]).to_file(tmp_path / "a.gpkg")
    assert refused(tmp_path / "a.gpkg", folder) == "boundaries_layer_unclear"
    assert imported(tmp_path / "a.gpkg", folder, layer="canals")["layer"] == "canals"
    assert refused(tmp_path / "a.gpkg", folder, layer="zones") == "boundaries_wrong_shapes"
    assert refused(tmp_path / "a.gpkg", folder, layer="parks") == "boundaries_layer"


def test_lines_of_another_place_are_refused(folder, tmp_path):
    roads(highway=["primary"] * 3)[2:].to_file(tmp_path / "a.gpkg")
    assert refused(tmp_path / "a.gpkg", folder) == "boundaries_elsewhere"


@pytest.mark.reference
@pytest.mark.skipif(not OFFICIAL.exists(), reason="../shared/reference is not here")
def test_the_reference_files_are_taken_layer_by_layer(folder):
    assert imported(OFFICIAL / "zones.geojson", folder)["updated"] == 5
    assert imported(OFFICIAL / "municipality.geojson", folder)["layer"] == "municipality"
    assert imported(OFFICIAL / "roads.geojson", folder)["layer"] == "roads"
    assert imported(OFFICIAL / "water.geojson", folder)["layer"] == "canals"
    assert geography.check(folder) == []
    assert refused(OFFICIAL / "tambons.geojson", folder) == "boundaries_area"
