"""`nakhon warn`: the week's warnings go into the log once, and `nakhon show` prints them."""

import json

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.store import alerts
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.schema import alert_log
from tests.unit.measures.city import case, fill

WEEK = 168
TWENTY_WEEKS_LATER = "2026-07-20T06:00+07:00"


@pytest.fixture
def run(sqlite_url, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", sqlite_url)
    engine = open_store(sqlite_url)
    fill(engine, *[case(WEEK * w + 20 * i, source_id=f"{w}-{i}") for w in range(20) for i in range(2)],
         *[case(WEEK * 19 + i, source_id=f"burst-{i}") for i in range(20)])  # fmt: skip
    yield lambda *words: CliRunner().invoke(app, list(words))
    engine.dispose()


def answer(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_nightly_run_writes_a_warning_once(run):
    first = answer(run("warn", "--as-of", TWENTY_WEEKS_LATER, "--json"))
    assert (first["method"], first["tested"], first["new"]) == ("eight_weeks", 1, 1)
    assert (first["first_day"], first["last_day"]) == ("2026-07-13", "2026-07-19")
    assert [(one["tier"], one["zone"], one["observed"]) for one in first["found"]] == [("alert", "800101", 22)]
    assert answer(run("warn", "--as-of", TWENTY_WEEKS_LATER, "--json"))["new"] == 0
    shown = answer(run("show", "warning_log", "--as-of", TWENTY_WEEKS_LATER, "--json"))["rows"]
    assert [(row["first_day"], row["outcome"], row["synthetic"]) for row in shown] == [("2026-07-13", None, 0)]


def test_what_people_found_is_printed_with_its_interval(run, sqlite_url):
    answer(run("warn", "--as-of", TWENTY_WEEKS_LATER, "--json"))
    engine = open_store(sqlite_url)
    with engine.connect() as connection:
        number = connection.execute(sa.select(alert_log.c.id)).scalar_one()
    alerts.decide(engine, number, "real")
    engine.dispose()
    (row,) = answer(run("show", "warning_precision", "--as-of", TWENTY_WEEKS_LATER, "--json"))["rows"]
    assert (row["tier"], row["real"], row["precision"], row["high"]) == ("alert", 1, 1.0, 1.0)
    assert row["low"] == pytest.approx(0.2065, abs=1e-4)


@pytest.mark.parametrize(("lang", "words"), [("en", "1 found of 1 pairs judged"), ("th", "พบ 1 จากที่ตัดสินได้ 1 คู่")])
def test_people_get_a_sentence(run, lang, words):
    said = run("warn", "--as-of", TWENTY_WEEKS_LATER, "--lang", lang).stdout
    assert words in said
    assert said.count("\n") == 2


def test_a_short_history_judges_nothing(run):
    assert answer(run("warn", "--as-of", "2026-03-20T07:00", "--json"))["method"] is None
    assert "nothing judged" in run("warn", "--as-of", "2026-03-20T07:00", "--lang", "en").stdout


def test_a_moment_that_is_none_is_refused(run):
    assert run("warn", "--as-of", "soon").exit_code == 2
