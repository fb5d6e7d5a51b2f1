"""`nakhon import`, `undo`, `status`, `check`: the contract for scripts, and words for people."""

import json

import pytest
from typer.testing import CliRunner

from nakhon_dash.cli import app
from nakhon_dash.store.engine import open_store
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import File, case

CONTRACT = {"batch", "kind", "format", "read", "inserted", "updated", "unchanged", "merged", "skipped", "quarantined",
            "reasons", "flags", "seconds"}
HEADING = "source_id,received_at,status,category,closed_at\n"
ROWS = ["K-1,2025-03-10 08:00,เสร็จสิ้น,ขยะ,2025-03-11 08:00\n", "K-2,2025-03-10 09:00,รอรับเรื่อง,ขยะ,\n",
        "K-3,2025-02-31 09:00,รอรับเรื่อง,ขยะ,\n"]


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("NAKHON_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(HEADING + "".join(ROWS), "utf-8")
    return path


def run(*words, code=0):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result


def answer(*words, code=0):
    return json.loads(run(*words, "--json", code=code).stdout)


def test_the_result_of_an_import_keeps_the_contract(cases):
    told = answer("import", "complaints", cases)
    assert set(told) >= CONTRACT
    assert (told["read"], told["inserted"], told["quarantined"], told["reasons"]) == (3, 2, 1, {"bad_date": 1})
    assert answer("import", "complaints", cases)["unchanged"] == 2


def test_several_files_give_a_list(cases, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(HEADING + ROWS[1].replace("K-2", "K-9"), "utf-8")
    assert [one["inserted"] for one in answer("import", "complaints", cases, other)] == [2, 1]


def test_a_bad_file_ends_with_code_1_and_does_not_stop_the_others(cases, tmp_path):
    first, second = answer("import", "complaints", tmp_path / "none.csv", cases, code=1)
    assert (first["file"], first["error"], second["inserted"]) == ("none.csv", "missing", 2)


def test_a_wrong_word_ends_with_code_2(cases):
    run("import", "fish", cases, code=2)
    run("import", "users", cases, "--mapping", cases, code=2)
    run("import", "complaints", code=2)


def test_a_dry_run_stores_nothing(cases):
    assert answer("import", "complaints", cases, "--dry-run")["batch"] is None
    assert answer("status")["cases"] == {}


def test_a_mapping_names_the_columns(tmp_path):
    table, mapping = tmp_path / "table.csv", tmp_path / "mapping.toml"
    table.write_text("no,when\nA,10/03/2568 08:00\n", "utf-8")
    mapping.write_text('[mapping]\nsource = "desk"\n[columns]\nsource_id = "no"\nreceived_at = "when"\n', "utf-8")
    assert answer("import", "complaints", table, "--mapping", mapping)["inserted"] == 1
    assert answer("status")["cases"] == {"desk": 1}


def test_people_read_sentences_in_their_language(cases):
    assert "3 read  2 added" in run("import", "complaints", cases).stdout
    assert "เหมือนเดิม 2" in run("import", "complaints", cases, "--lang", "th").stdout


def test_undo_takes_an_import_back(cases):
    before = answer("status")["digest"]
    batch = answer("import", "complaints", cases)["batch"]
    assert answer("undo", batch) == {"batch": batch, "restored": 0, "removed": 2, "events": 0, "quarantine": 1}
    assert answer("status")["digest"] == before
    assert "undone before" in run("undo", batch, code=1).stderr
    assert "no import 99" in run("undo", 99, code=1).stderr


def test_status_says_what_the_store_holds(cases):
    run("import", "complaints", cases)
    told = answer("status")
    assert (told["cases"], told["quarantine"], told["synthetic"]) == ({"template": 2}, {"bad_date": 1}, "none")
    assert told["data_time"] == "2025-03-11T08:00:00+07:00"
    (batch,) = told["batches"]
    assert (batch["batch"], batch["read"], batch["incomplete"]) == (1, 3, False)
    assert "cases.csv" in run("status").stdout


def test_status_names_an_import_that_was_interrupted():
    def stop(read, _bytes):
        raise KeyboardInterrupt

    store = open_store()
    with pytest.raises(KeyboardInterrupt):
        import_complaints(store, File([case("A"), case("B"), case("C"), case("D")]), progress=stop)
    store.dispose()
    assert [batch["incomplete"] for batch in answer("status")["batches"]] == [True]
    assert "incomplete" in run("status").stdout


def test_a_password_is_never_shown(monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", "postgresql://city:hidden-word@127.0.0.1:1/store")
    said = run("status", code=1)
    assert "127.0.0.1:1/store" in said.stderr
    assert "hidden-word" not in said.output


def test_check_finds_everything_in_order(cases):
    run("import", "complaints", cases)
    assert all(part["ok"] for part in answer("check").values())
    assert run("check").stdout.count(": ok") == 5


def test_check_names_what_is_not(monkeypatch, tmp_path):
    profile = tmp_path / "city.toml"
    profile.write_text("[city]\n", "utf-8")
    monkeypatch.setenv("NAKHON_PROFILE", str(profile))
    told = answer("check", code=1)
    assert not told["profile"]["ok"]
    assert str(profile) in told["profile"]["fault"]
    assert told["store"]["ok"]


def test_check_says_when_the_store_cannot_be_opened(monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", "postgresql://city@127.0.0.1:1/store")
    told = answer("check", code=1)
    assert [name for name, part in told.items() if not part["ok"]] == ["store", "migrations", "replica"]
