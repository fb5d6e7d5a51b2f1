"""Notes on the time axis."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.store.writer import import_entries

PROFILE = read_profile(ROOT / "data" / "city.toml")
NOW = datetime(2025, 6, 1, 3, tzinfo=UTC)
HEAD = "day_from,day_to,zone,kind,title_th,title_en,source\n"


def reading(tmp_path: Path, text: str):
    path = tmp_path / "notes.csv"
    path.write_text(text, "utf-8-sig")
    return open_entries("annotation", path, PROFILE, now=NOW)


def test_a_note_has_days_a_kind_two_titles_and_a_source(tmp_path, sqlite_store):
    text = HEAD + "25 พ.ย. 2567,5 ธ.ค. 2567,ท่าวัง,น้ำท่วม,น้ำท่วมตัวอย่าง,Example flood,invented\n"
    found = reading(tmp_path, text)
    entry = next(iter(found)).entries[0]
    assert entry.rows["annotation"] == [{
        "day_from": 20052, "day_to": 20062, "zone": "800102", "kind": "flood", "title_th": "น้ำท่วมตัวอย่าง",
        "title_en": "Example flood", "source": "invented"}]
    assert entry.flags == ("be_year", "thai_month")
    assert import_entries(sqlite_store, found).inserted == 1


def test_one_day_one_language_and_an_own_kind_are_taken_and_flagged(tmp_path):
    entry = next(iter(reading(tmp_path, HEAD + "2025-03-01,,,parade,,Parade,invented\n"))).entries[0]
    row = entry.rows["annotation"][0]
    assert (row["day_from"], row["day_to"], row["kind"], row["title_th"]) == (20148, 20148, "other", "Parade")
    assert entry.flags == ("unknown_kind", "title_one_language")


def test_a_note_may_announce_a_day_to_come(tmp_path):
    assert len(next(iter(reading(tmp_path, HEAD + "2025-12-01,,,festival,ก,A,invented\n"))).entries) == 1


@pytest.mark.parametrize(("line", "reason"), [
    (",,,flood,ก,A,s", "missing_value"), ("2025-03-05,2025-03-01,,flood,ก,A,s", "inconsistent"),
    ("2025-03-05,,Mars,flood,ก,A,s", "unknown_zone"), ("2025-03-05,,,flood,,,s", "missing_value"),
    ("2025-03-05,,,flood,ก,A,", "missing_value"), ("2025-02-30,,,flood,ก,A,s", "bad_date"),
    ("2025-03-05,soon,,flood,ก,A,s", "bad_date"),
])
def test_a_note_that_cannot_be_placed_is_refused_with_a_reason(tmp_path, line, reason):
    block = next(iter(reading(tmp_path, f"{HEAD}{line}\n")))
    assert [r.reason for r in block.rejected] == [reason]


PLACED = "day_from,kind,title_th,title_en,source,category,cells\n"
CELL, SMALL = "8965a4dac5bffff", "8a65a4dac5b7fff"


def test_what_was_done_names_its_categories_and_cells(tmp_path, sqlite_store):
    line = f'2025-03-01,มาตรการ,ซ่อมไฟ,Lights repaired,works,"C05, C03 C05",{CELL}\n'
    found = reading(tmp_path, PLACED + line)
    row = next(iter(found)).entries[0].rows["annotation"][0]
    assert (row["kind"], row["category"], row["cells"]) == ("intervention", "C03 C05", CELL)
    assert import_entries(sqlite_store, found).inserted == 1
    assert import_entries(sqlite_store, reading(tmp_path, PLACED + line)).unchanged == 1


@pytest.mark.parametrize(("about", "reason"), [
    ("C99,", "unknown_category"), (",here", "bad_cell"), (f",{CELL} {SMALL}", "bad_cell"),
])
def test_a_note_about_nothing_known_is_refused(tmp_path, about, reason):
    block = next(iter(reading(tmp_path, f"{PLACED}2025-03-01,intervention,ก,A,s,{about}\n")))
    assert [r.reason for r in block.rejected] == [reason]
