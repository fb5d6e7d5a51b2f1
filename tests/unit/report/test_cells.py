"""Files of cells as other programs open them, and what they do not tell."""

import io
import json
import zipfile

import geopandas as gpd
import h3.api.basic_int as h3
import numpy as np
import pandas as pd
import pytest
import shapely

from nakhon_dash.analysis.suppression import given_back
from nakhon_dash.measures.grid import grid
from nakhon_dash.measures.spots import spots
from nakhon_dash.measures.tables import table
from nakhon_dash.measures.taken import LAYERS, hidden_cells, take
from nakhon_dash.report.cells import FORMATS, csv, geojson, kit
from nakhon_dash.report.sidecar import licences


@pytest.fixture
def opened(tmp_path):
    """opened("gpkg", bytes) -> the file as geopandas reads it from a folder."""

    def of(kind, content):
        path = tmp_path / f"cells.{kind}"
        path.write_bytes(content)
        return gpd.read_parquet(path) if kind == "parquet" else gpd.read_file(path)

    return of


@pytest.mark.parametrize("kind", ["gpkg", "geojson", "parquet"])
@pytest.mark.parametrize("layer", list(LAYERS))
def test_a_gis_opens_the_file_with_every_cell_and_column(ask, about, opened, kind, layer):
    taken = take(ask, layer)
    found = opened(kind, FORMATS[kind](taken, about(layer)))
    assert found.crs.to_epsg() == 4326
    assert list(found.columns.drop("id", errors="ignore")) == [*taken.rows.columns, "geometry"]
    assert found["cell"].tolist() == taken.rows["cell"].tolist()
    assert found.geometry.is_valid.all()
    assert set(found.geom_type) == {"Polygon"}
    assert found["n"].sum() == taken.rows["n"].sum()
    assert found["n"].isna().tolist() == taken.rows["suppressed"].tolist()
    assert found["suppressed"].astype(bool).tolist() == taken.rows["suppressed"].tolist()


def test_geojson_rings_turn_left_and_stay_closed(ask, about):
    whole = json.loads(geojson(take(ask, "gi"), about()))
    assert whole["attribution"] == licences()
    assert (whole["synthetic"], "crs" in whole) == ("all", False)
    for feature in whole["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert shapely.LinearRing(ring).is_ccw
        lat, lon = h3.cell_to_latlng(h3.str_to_int(feature["id"]))
        assert shapely.Polygon(ring).contains(shapely.Point(lon, lat))


def test_csv_is_read_back_and_runs_no_formula(ask, about):
    taken = take(ask, "gi")
    taken.rows["zone"] = taken.rows["zone"].where(taken.rows.index > 0, "=1+1")
    content = csv(taken, about())
    assert content.startswith(b"\xef\xbb\xbf")
    found = pd.read_csv(io.BytesIO(content), dtype={"zone": "string"})
    assert found["zone"][0] == "'=1+1"
    assert found["n"].tolist() == pytest.approx(taken.rows["n"].astype("float64").tolist(), nan_ok=True)


def test_the_kit_holds_the_method_beside_the_file(ask, about):
    with zipfile.ZipFile(io.BytesIO(kit(take(ask, "counts"), about("counts"), "csv"))) as archive:
        assert archive.namelist() == ["cells.csv", "cells.method.json", "cells.method.txt"]


@pytest.mark.parametrize("res", [8, 9, 10])
def test_few_cases_are_hidden_and_no_sum_told_elsewhere_gives_them_back(ask, res):
    k = ask.profile.privacy.k
    taken, at = take(ask, "gi", res), grid(ask, res)
    assert not ((taken.rows["n"] > 0) & (taken.rows["n"] < k)).any()
    assert taken.rows["suppressed"].any()
    cells, hidden, told = np.array(at.cells), hidden_cells(ask, res), [np.arange(len(at.cells))]
    for coarser in (one for one in (8, 9) if one < res):
        parent = np.array([h3.cell_to_parent(cell, coarser) for cell in cells])
        dark = set(np.array(grid(ask, coarser).cells)[hidden_cells(ask, coarser)])
        told += [np.flatnonzero(parent == one) for one in set(parent.tolist()) - dark]
        assert all(hidden[parent == one].any() for one in dark)
    if res >= 9:
        up = np.array([h3.cell_to_parent(cell, 9) for cell in cells])
        told += [np.flatnonzero(np.isin(up, cluster.cells)) for cluster in spots(ask).clusters]
        assert spots(ask).clusters
    for group in told:
        assert hidden[group].sum() != 1
    assert len(given_back(hidden, told)) == 0


@pytest.mark.parametrize(
    ("layer", "name", "by", "columns"),
    [("gi", "cells", None, {"n": "n", "z": "z", "q": "q", "verdict": "verdict", "cluster": "cluster"}),
     ("moran", "moran", "cell", {"quadrant": "verdict"}), ("counts", "cell_counts", "cell9", {"res": "res"}),
     ("emerging", "emerging", "week", {"class": "class"})],
)  # fmt: skip
def test_the_file_tells_what_the_table_of_the_layer_tells(ask, layer, name, by, columns):
    told = table(name, ask, by)
    taken = take(ask, layer, whole=True, every="week").rows.set_index("cell")
    assert len(told) == len(taken)
    for mine, theirs in columns.items():
        found = taken[mine].reindex(told["cell"]).astype(object).tolist()
        assert found == told[theirs].astype(object).tolist()


def test_the_same_cells_are_hidden_in_every_layer(ask):
    first, *others = [take(ask, layer).rows["suppressed"].tolist() for layer in LAYERS]
    assert all(other == first for other in others)


def test_statistics_that_would_give_a_hidden_count_back_go_with_it(ask):
    taken, whole = take(ask, "gi"), take(ask, "gi", whole=True)
    assert taken.rows["p"].isna().all()
    assert taken.rows.loc[taken.rows["suppressed"], "z"].isna().all()
    told = taken.rows["z"].dropna()
    assert (told * 10 == (told * 10).round()).all()
    assert taken.rows["verdict"].tolist() == whole.rows["verdict"].tolist()
    assert (whole.hidden, whole.rows["n"].isna().sum(), whole.rows["p"].isna().sum()) == (0, 0, 0)
    assert whole.rows["n"].sum() == taken.guard.counted


def test_an_empty_view_gives_empty_cells_and_no_verdict(ask, about, opened):
    from dataclasses import replace

    nobody = replace(ask, scope=replace(ask.scope, zone=("800115",)), _kept={})
    for layer in LAYERS:
        taken = take(nobody, layer)
        assert taken.rows["n"].sum() == 0
        assert taken.enough == (layer == "counts")
        assert len(opened("gpkg", FORMATS["gpkg"](taken, about(layer)))) == len(taken.rows)
