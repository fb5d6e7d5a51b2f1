"""`nakhon demo` for people and for machines."""

import json

import pytest
import typer
from typer.testing import CliRunner

from nakhon_dash.commands import demo


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", f"sqlite:///{tmp_path / 'city.db'}")
    for name in ("LC_ALL", "NAKHON_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    app = typer.Typer()
    app.callback()(lambda: None)
    demo.register(app)
    return lambda *words: CliRunner().invoke(app, ["demo", *words])


FEW = ("--cases", "30", "--years", "0.2", "--end", "2026-03-01T12:00")


def test_a_machine_learns_what_was_written(run):
    told = json.loads(run(*FEW, "--json").stdout)
    assert (told["state"], told["source"], told["synthetic"], told["cases"]) == ("created", "demo", True, 30)
    assert told["end"] == "2026-03-01T12:00:00+07:00"
    for one in told["batches"]:
        counts = ("inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
        assert one["read"] == one["inserted"] == sum(one[name] for name in counts), one["kind"]


def test_the_second_call_says_unchanged_and_another_says_replaced(run):
    run(*FEW)
    assert "ไม่มีอะไรเปลี่ยน" in run(*FEW, "--lang", "th").stdout
    replaced = run(*FEW, "--seed", "5", "--lang", "en").stdout
    assert "replaced" in replaced
    assert "Sample data, not real" in replaced


def test_removal_says_how_much_and_then_that_there_is_nothing(run):
    run(*FEW)
    assert json.loads(run("--remove", "--json").stdout)["removed"]["complaints"] == 30
    assert "no sample data" in run("--remove", "--lang", "en").stdout


def test_a_day_as_end_means_its_last_second(run):
    told = json.loads(run("--cases", "3", "--years", "0.1", "--end", "2026-03-01", "--json").stdout)
    assert told["end"] == "2026-03-01T23:59:59+07:00"


@pytest.mark.parametrize("words", [("--end", "soon"), ("--cases", "-1"), ("--years", "0"), ("--seed", "x")])
def test_a_wrong_option_is_refused_with_exit_code_2(run, words):
    refused = run(*words)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output


def test_a_store_that_cannot_be_reached_is_said_with_exit_code_1(run, monkeypatch):
    monkeypatch.setenv("NAKHON_DATABASE_URL", "oracle://nowhere")
    refused = run(*FEW, "--lang", "en")
    assert refused.exit_code == 1
    assert "Traceback" not in refused.output
