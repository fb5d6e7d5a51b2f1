"""`nakhon scan`: looked for, kept, and printed again by `nakhon show scan`."""

import json

import pytest
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.store.engine import open_store
from tests.unit.measures.city import fill
from tests.unit.measures.test_scanning import noise, outbreak

MOMENT = "2026-06-30T05:59+07:00"
ASKED = ("--as-of", MOMENT, "--days", "120", "--runs", "99")


@pytest.fixture
def run(sqlite_url, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", sqlite_url)
    engine = open_store(sqlite_url)
    fill(engine, *noise(), *outbreak())
    yield lambda *words: CliRunner().invoke(app, list(words))
    engine.dispose()


def answer(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_nightly_run_is_kept_and_printed(run):
    made = answer(run("scan", *ASKED, "--json"))
    assert (made["model"], made["runs"], made["reason"]) == ("permutation", 99, None)
    shown = answer(run("show", "scan", "--as-of", MOMENT, "--json"))["rows"]
    assert [row["p"] for row in shown] == [one["p"] for one in made["found"]]
    assert (shown[0]["observed"], shown[0]["days"], shown[0]["newer"]) == (made["found"][0]["observed"], 120, False)
    assert answer(run("show", "scan", "--as-of", MOMENT, "--category", "C01", "--json"))["rows"] == []


def test_filters_keep_their_own_result(run):
    made = answer(run("scan", *ASKED, "--category", "C01", "--category", "C02", "--json"))
    shown = answer(run("show", "scan", "--as-of", MOMENT, "--category", "C02", "--category", "C01", "--json"))["rows"]
    assert shown[0]["cases"] == made["cases"] < 60


@pytest.mark.parametrize(("lang", "words"), [("en", "unlikely chance · "), ("th", "ไม่น่าบังเอิญ · ")])
def test_people_get_a_line_for_each_cluster(run, lang, words):
    assert words in run("scan", *ASKED, "--lang", lang).stdout


@pytest.mark.parametrize(("options", "words"), [(("--zone", "800103"), "nothing was looked for"),
                                                (("--model", "poisson", "--as-of", "2020-01-01"), "fewer than 20")])
def test_nothing_looked_for_is_said(run, options, words):
    asked = ASKED if "--as-of" not in options else ASKED[2:]
    assert words in run("scan", *asked, *options, "--lang", "en").stdout


@pytest.mark.parametrize("wrong", [("--model", "magic"), ("--category", "C99"), ("--as-of", "soon"), ("--runs", "1")])
def test_what_cannot_be_asked_is_refused(run, wrong):
    assert run("scan", *wrong).exit_code == 2
