"""The method beside a file, the script that computes the same, the picture, and the command that writes them."""

import io
import json
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa
from PIL import Image
from typer.testing import CliRunner

from nakhon_dash import __version__
from nakhon_dash.cli import app
from nakhon_dash.domain.profile import ROOT
from nakhon_dash.measures.spots import clusters_table
from nakhon_dash.measures.taken import LAYERS, take
from nakhon_dash.report import sidecar
from nakhon_dash.report.map_look import look_of
from nakhon_dash.report.map_png import png
from nakhon_dash.report.script import LONGEST, script
from nakhon_dash.store.schema import export_log

MUST = {"days", "title", "notes", "software", "made_at", "data", "view", "layer", "grid", "method", "guard", "privacy",
        "columns", "crs", "geo_coverage", "license_id", "license_notes", "attribution", "citation",
        "command"}  # fmt: skip


@pytest.mark.parametrize("layer", list(LAYERS))
def test_the_method_says_all_that_is_needed_to_repeat_it(ask, about, layer):
    taken, told = take(ask, layer), about(layer)
    found = json.loads(sidecar.files("cells", taken, told)["cells.method.json"])
    assert set(found) == MUST
    assert list(found["columns"]) == list(taken.rows.columns)
    assert (found["software"]["version"], found["data"]["rev"]) == (__version__, ask.reader.rev)
    assert found["guard"]["counted"] == taken.guard.counted
    assert (found["privacy"]["k"], found["privacy"]["suppressed_cells"]) == (5, int(taken.rows["suppressed"].sum()))
    if layer in ("gi", "moran"):
        assert (found["method"]["runs"], found["method"]["seed"]) == (9_999, 20_250_101)


def test_people_read_the_same_in_both_languages(ask, about):
    said = sidecar.text(take(ask, "gi"), about())
    for words in ("เทศบาลนครนครศรีธรรมราช", "Nakhon Si Thammarat City Municipality", f"Nakhon Dash {__version__}",
                  "data rev", "ข้อมูลสังเคราะห์", "Synthetic data", "OpenStreetMap", "9999", "2569", "2026"):  # fmt: skip
        assert words in said
    assert "None" not in said


def test_real_data_carries_no_synthetic_mark(ask, about):
    assert "ynthetic" not in sidecar.text(take(ask, "gi"), about(synthetic="none"))


def test_the_script_prints_the_table_of_groups_to_the_last_digit(ask, about, city_store, tmp_path):
    program = script(about())
    assert len(program.splitlines()) <= LONGEST
    (tmp_path / "hotspots.py").write_text(program, "utf-8")
    env = os.environ | {"NAKHON_DATABASE_URL": city_store[1], "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "hotspots.py"], cwd=tmp_path, env=env, capture_output=True, text=True,
                          check=True)  # fmt: skip
    head, *lines = done.stdout.splitlines()
    table = clusters_table(ask, "")
    assert (head, done.stderr) == (",".join(table.columns), "")
    assert lines == [",".join(map(str, row)) for row in table.itertuples(index=False, name=None)]
    assert lines


def test_a_script_of_a_past_day_and_of_filters_is_a_program(ask):
    from dataclasses import replace

    scope = replace(ask.scope, category=("C06", "C01"), zone=("800103",))
    told = sidecar.Told(ask.profile, scope, ask.as_of, 3, ask.as_of, "none", "gi", 8, collapse=False, known=ask.as_of)
    program = script(told)
    compile(program, "hotspots.py", "exec")
    assert "AsKnown" in program
    assert "category=('C06', 'C01')" in program
    assert "--known-at" not in told.command
    assert "--as-known" in told.command


@pytest.mark.parametrize("layer", list(LAYERS))
@pytest.mark.parametrize(("lang", "dark"), [("th", False), ("en", True)])
def test_the_picture_has_its_size_and_its_own_paper(ask, about, layer, lang, dark):
    with Image.open(io.BytesIO(png(ask, take(ask, layer), about(layer), lang, dark=dark))) as picture:
        assert picture.size == (1920, 1200)
        assert max(picture.getpixel((4, 4))) < 60 if dark else min(picture.getpixel((4, 4))) > 200


def test_classes_along_time_are_told_by_numbers_too(ask):
    taken = take(ask, "emerging", every="week")
    classes = ["none", "historical_cold", "new_hot", "persistent_hot", "few"]
    taken.rows["class"] = [classes[i % 5] for i in range(len(taken.rows))]
    look = look_of(taken, "en")
    assert look.keys == ["1", "2", "3", "", ""]
    assert [kind for kind, _ in look.legend] == ["h2", "h2", "c1-dash", "ns", "ns"]
    assert look.marks[:5] == ["", "3", "1", "2", ""]


@pytest.fixture
def cli(city_store, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", city_store[1])
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    return lambda *words: CliRunner().invoke(app, ["export", "cells", *words])


def test_the_command_writes_the_file_and_its_method_and_leaves_a_line(cli, city_store, tmp_path):
    options = ("--as-of", "2026-06-10", "--layer", "counts", "--res", "8", "--json")
    done = cli("--to", str(tmp_path / "a.geojson"), *options)
    assert done.exit_code == 0, done.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.geojson", "a.method.json", "a.method.txt"]
    said = json.loads(done.stdout)
    assert (said["layer"], said["res"], said["rows"] > 20) == ("counts", 8, True)
    with city_store[0].connect() as connection:
        line = connection.execute(sa.select(export_log).order_by(export_log.c.id.desc())).mappings().first()
    assert json.loads(line["what"])["what"] == "cells geojson counts 8"


def test_a_steward_may_ask_for_every_number(cli, tmp_path):
    cli("--to", str(tmp_path / "a.csv"), "--complete")
    found = json.loads((tmp_path / "a.method.json").read_text("utf-8"))
    assert (found["privacy"]["complete"], found["privacy"]["suppressed_cells"]) == (True, 0)


@pytest.mark.parametrize(
    "wrong", [["a.shp"], ["a.csv", "--every", "day"], ["a.csv", "--layer", "x"], ["a.csv", "--res", "7"]], ids=str
)
def test_what_cannot_be_written_is_one_sentence(cli, wrong, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = cli("--to", *wrong)
    assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1)
    assert list(tmp_path.iterdir()) == []
