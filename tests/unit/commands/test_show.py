"""The contract of `nakhon show`: names, exit codes, exact numbers, words."""

import csv
import json
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.domain.metrics import METRICS
from nakhon_dash.domain.tables import TABLES
from nakhon_dash.store import ledger
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.writer import import_complaints
from tests.unit.measures.city import case, fill
from tests.unit.store.cases import MORNING, File
from tests.unit.store.cases import case as stored_case

KEYS = ["metric", "value", "unit", "n", "numerator", "denominator", "low", "high", "level", "as_of", "rev", "excluded",
        "view"]  # fmt: skip
LATER = "2026-03-20T07:00+07:00"


@pytest.fixture
def show(sqlite_url, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    engine = open_store(sqlite_url)
    fill(engine, case(0, 5), case(1, 60), case(2, 3, "duplicate"), case(30, zone="800102"))
    engine.dispose()
    return lambda *words: CliRunner().invoke(app, ["show", *words])


def answer(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_figure_has_exactly_the_names_of_the_contract(show):
    found = answer(show("on_time_fixed", "--as-of", LATER, "--json"))
    assert list(found) == KEYS
    assert (found["value"], found["n"], found["excluded"]) == (1 / 3, 3, {"duplicate": 1})
    assert (found["as_of"], found["view"]) == ("2026-03-20T07:00:00+07:00", {"from": None, "to": None})


@pytest.mark.parametrize("metric", METRICS)
def test_every_figure_answers_for_scripts_and_for_people(show, metric):
    found = answer(show(metric, "--as-of", LATER, "--json"))
    assert (found["value"] is None) == ("reason" in found)
    for lang in ("th", "en"):
        assert show(metric, "--as-of", LATER, "--lang", lang).exit_code == 0


def test_days_are_local_and_both_ends_count(show):
    found = answer(show("received", "--from", "2026-03-02", "--to", "2026-03-02", "--json"))
    assert (found["value"], found["view"]) == (3, {"from": "2026-03-02", "to": "2026-03-02"})


def test_a_moment_without_an_offset_is_local_time(show):
    assert answer(show("open", "--as-of", "2026-03-02T08:30", "--json"))["value"] == 2
    assert answer(show("open", "--as-of", "2026-03-02T08:30+00:00", "--json"))["value"] == 1


def test_without_a_moment_a_figure_speaks_of_now(show):
    before = datetime.now(UTC)
    found = answer(show("received", "--json"))
    assert before <= datetime.fromisoformat(found["as_of"]) <= datetime.now(UTC)



def test_a_split_gives_a_list_with_groups(show):
    found = answer(show("received", "--by", "zone", "--as-of", LATER, "--json"))
    assert [(one["group"], one["value"]) for one in found] == [("800101", 3), ("800102", 1)]


def test_filters_narrow_the_view(show):
    found = answer(show("received", "--zone", "800102", "--category", "C01", "--due-from", "promise", "--json"))
    assert found["value"] == 1
    assert found["view"] == {"from": None, "to": None, "category": ["C01"], "zone": ["800102"], "due_from": "promise"}


def test_the_list_names_every_figure(show):
    assert [one["metric"] for one in answer(show("--list", "--json"))] == list(METRICS)
    assert all(metric in show("--list").stdout for metric in METRICS)
    assert [one["table"] for one in answer(show("--tables", "--json"))] == list(TABLES)


def test_a_table_is_printed_with_its_view_for_scripts_and_for_people(show):
    found = answer(show("by_part", "--by", "zone", "--json"))
    assert found["table"] == "by_part"
    assert found["by"] == "zone"
    shares = answer(show("on_time", "--by", "zone", "--json"))
    assert [row["on_time"] for row in found["rows"]] == [one["value"] for one in shares]
    assert "on_time" in show("by_part").stdout


@pytest.mark.parametrize(
    ("words", "allowed"),
    [
        (["nonsense"], "on_time"),
        ([], "on_time"),
        (["on_time", "--by", "colour"], "department"),
        (["friends_active", "--by", "zone"], "none"),
        (["on_time", "--zone", "9"], "800101"),
        (["on_time", "--source", "9"], "template"),
        (["on_time", "--from", "2/3/2026"], "2026-11-22"),
        (["on_time", "--from", "2026-03-03", "--to", "2026-03-02"], "later than"),
        (["on_time", "--as-of", "yesterday"], "2026-11-22T08:00"),
        (["on_time", "--due-from", "wish"], "source, promise"),
        (["reach", "--denominator", "ducks"], "registered"),
    ],
)
def test_a_wrong_word_is_refused_with_what_is_allowed(show, words, allowed):
    result = show(*words)
    assert result.exit_code == 2
    assert allowed in result.stderr
    assert "Traceback" not in result.output


def test_a_store_that_cannot_be_read_is_one_sentence(show, tmp_path, monkeypatch):
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database, whatever its name says" * 50)
    monkeypatch.setenv("NAKHON_DATABASE_URL", f"sqlite:///{broken}")
    result = show("on_time")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("the store cannot be read")


def test_a_folder_that_cannot_be_made_is_one_sentence_too(show, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("NAKHON_DATABASE_URL", f"sqlite:///{tmp_path}/file/store.db")
    result = show("on_time")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("the store cannot be read")


def test_people_read_a_table_in_their_language(show):
    text = show("on_time", "--by", "zone", "--as-of", LATER, "--lang", "th").stdout
    assert "800101 ในเมือง" in text
    assert "ตัดออก: เรื่องซ้ำ 1" in text
    single = show("median_hours", "--as-of", LATER, "--lang", "en").stdout
    assert "Median waiting time" in single
    assert "all days" in single


def test_an_unknown_figure_says_why(show):
    assert "no data yet" in show("satisfaction").stdout


@pytest.fixture
def retold(sqlite_url, monkeypatch):
    """A case told open, and closed within the day only when told again a week later."""
    monkeypatch.setenv("NAKHON_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    engine = open_store(sqlite_url)
    for hours, told in ((1, stored_case("A")), (170, stored_case("A", closed=20, changed=170))):
        monkeypatch.setattr(ledger, "now", lambda hours=hours: MORNING + hours * 3_600_000_000)
        import_complaints(engine, File([told]))
    engine.dispose()
    return lambda *words: CliRunner().invoke(app, ["show", *words, "--as-of", "2025-03-14T23:00", "--json"])


def test_later_news_counts_unless_the_figure_is_asked_as_known(retold):
    assert answer(retold("on_time"))["value"] == 1
    found = answer(retold("on_time", "--as-known"))
    assert (found["value"], found["known_at"]) == (0, "2025-03-14T23:00:00+07:00")
    assert answer(retold("on_time", "--known-at", "2025-03-18"))["value"] == 1
    assert retold("on_time", "--known-at", "then").exit_code == 2


def test_the_difference_between_then_and_today_is_a_table(retold):
    rows = answer(retold("known"))["rows"]
    assert [(row["step"], row["on_time"], row["due"]) for row in rows] == [
        ("then", 0, 1), ("closed_earlier", 1, 0), ("today", 1, 1)]  # fmt: skip


def test_the_file_of_cases_can_be_asked_as_known(retold, tmp_path):
    for words, state in (((), "on_time"), (("--as-known",), "late")):
        options = ["export", "cases", "--to", str(tmp_path / "cases.csv"), "--as-of", "2025-03-14T23:00", *words]
        assert CliRunner().invoke(app, options).exit_code == 0
        with (tmp_path / "cases.csv").open(encoding="utf-8") as file:
            assert [row["state"] for row in csv.DictReader(file)] == [state]
