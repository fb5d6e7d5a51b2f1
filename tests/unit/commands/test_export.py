"""The file of cases: names, states, moments, formulas, the register of exports."""

import csv
import json

import pandas as pd
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.measures import compute
from nakhon_dash.report.cases import COLUMNS, iso
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import export_log
from tests.unit.measures.city import EVERYTHING, at, case, fill

CONTRACT = ["source", "source_id", "received_at", "closed_at", "due_at", "due_from", "state", "outcome", "category",
            "dimension", "department", "zone", "lat", "lon", "flags"]  # fmt: skip
LATER = "2026-03-20T07:00+07:00"


@pytest.fixture
def city(sqlite_url, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    engine = open_store(sqlite_url)
    fill(
        engine, case(0, 5, lat=8.4123456, lon=99.96), case(1, 60, labels="=1+1"), case(2, 3, "duplicate"), case(30),
        case(9, 10, due_at=None, due_from=None, flags="no_target"),
    )  # fmt: skip
    yield engine
    engine.dispose()


def export(*words):
    return CliRunner().invoke(app, ["export", "cases", *words])


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_file_begins_with_the_columns_of_the_contract(city, tmp_path):
    assert export("--to", str(tmp_path / "a.csv"), "--as-of", LATER).exit_code == 0
    rows = rows_of(tmp_path / "a.csv")
    assert list(rows[0])[: len(CONTRACT)] == CONTRACT
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["received_at"], rows[0]["lat"]) == ("2026-03-02T07:00:00+07:00", "8.4123456")


def test_states_and_reasons_are_those_of_the_figures(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--as-of", LATER)
    rows = rows_of(tmp_path / "a.csv")
    assert [row["state"] for row in rows] == ["on_time", "late", "excluded", "late", "excluded"]
    assert [row["excluded_reason"] for row in rows] == ["", "", "duplicate", "", "no_target"]


def test_an_earlier_moment_knows_nothing_of_later_answers(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--as-of", "2026-03-02T10:00+07:00")
    rows = rows_of(tmp_path / "a.csv")
    assert [(row["closed_at"], row["outcome"], row["status"]) for row in rows] == [
        ("", "", ""), ("", "", ""), ("2026-03-02T10:00:00+07:00", "duplicate", "closed")]  # fmt: skip
    assert {row["state"] for row in rows} == {"not_yet_due", "excluded"}


def test_text_that_a_spreadsheet_would_run_is_neutralised(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--as-of", LATER)
    assert rows_of(tmp_path / "a.csv")[1]["labels"] == "'=1+1"


def test_the_promise_view_gives_every_case_a_due_time(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--as-of", LATER, "--due-from", "promise")
    assert {row["due_from"] for row in rows_of(tmp_path / "a.csv")} == {"promise"}


def test_a_file_for_spreadsheets_is_marked(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--excel")
    assert (tmp_path / "a.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_days_and_filters_choose_the_cases(city, tmp_path):
    result = export("--to", str(tmp_path / "a.csv"), "--from", "2026-03-03", "--until", "2026-03-03", "--json")
    found = json.loads(result.stdout)
    assert (found["rows"], found["view"]["from"]) == (1, "2026-03-03")


def test_an_empty_view_gives_a_heading(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--zone", "800115")
    assert (tmp_path / "a.csv").read_text("utf-8") == ",".join(COLUMNS) + "\n"


def test_every_export_leaves_a_line(city, tmp_path):
    export("--to", str(tmp_path / "a.csv"), "--as-of", LATER)
    with city.connect() as connection:
        (line,) = connection.execute(sa.select(export_log)).mappings().all()
    assert (line["rows"], json.loads(line["what"])["what"]) == (5, "cases")


def test_a_folder_that_is_not_there_is_one_sentence_and_leaves_nothing(city, tmp_path):
    result = export("--to", str(tmp_path / "nowhere" / "a.csv"))
    assert result.exit_code == 1
    assert result.stderr.startswith("cannot write")
    assert list(tmp_path.glob("*.csv")) == []


def test_only_cases_can_be_exported(city, tmp_path):
    result = CliRunner().invoke(app, ["export", "secrets", "--to", str(tmp_path / "a.csv")])
    assert (result.exit_code, "cases" in result.stderr) == (2, True)


def test_moments_carry_the_offset_of_the_place_and_of_the_season():
    from zoneinfo import ZoneInfo

    found = iso(pd.Series([at(0), None, at(24 * 30) + 1], dtype="Int64"), ZoneInfo("America/New_York"))
    assert found.dropna().tolist() == ["2026-03-01T19:00:00-05:00", "2026-03-31T20:00:00.000001-04:00"]
    assert found.isna().tolist() == [False, True, False]


def test_counting_the_file_gives_the_figure(city, tmp_path):
    from nakhon_dash.store.reader import StoreReader

    export("--to", str(tmp_path / "a.csv"), "--as-of", LATER)
    states = [row["state"] for row in rows_of(tmp_path / "a.csv")]
    figure = compute("on_time", StoreReader(city), read_profile(ROOT / "data" / "city.toml"), EVERYTHING, at(24 * 18))
    assert (states.count("on_time"), states.count("on_time") + states.count("late")) == (
        figure.numerator, figure.denominator)  # fmt: skip
