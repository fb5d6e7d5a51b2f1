"""Our templates: an example that is passed over, an explanation of every column, and rows that import."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.ingest.detect import detect
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.ingest.reading import open_complaints
from nakhon_dash.ingest.tables import EXAMPLE
from nakhon_dash.ingest.templates import FILE_TYPES, GUIDE_SHEET, KINDS, columns, template

PROFILE = read_profile(ROOT / "data" / "city.toml")
SAMPLES = ROOT / "data" / "samples"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
QUESTIONS = "survey_questions"
IMPORTED = tuple(kind for kind in KINDS if kind != QUESTIONS)
BOTH = pytest.mark.parametrize("file_type", FILE_TYPES)


def rows_of(content: bytes, file_type: str) -> list[list[str]]:
    if file_type == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


def saved(folder: Path, rows: list[list[str]], name: str) -> Path:
    """The template with other rows, as a person would save it."""
    path = folder / name
    if name.endswith("csv"):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return path
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def opened(kind: str, path: Path):
    if kind == "complaints":
        return open_complaints(path, PROFILE, now=NOW)
    return open_entries(kind.split("_")[0], path, PROFILE, now=NOW)


def filled(kind: str, file_type: str) -> list[list[str]]:
    """Heading, example row, and two rows like the example."""
    heading, example = rows_of(template(kind, file_type), file_type)
    first = example[0].removeprefix(EXAMPLE).strip()
    other = f"{first}2" if kind in ("complaints", "survey_long", "survey_wide") else first.replace("01", "02")
    return [heading, example, [first, *example[1:]], [other, *example[1:]]]


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_a_heading_and_a_row_marked_as_example(kind, file_type):
    heading, example = rows_of(template(kind, file_type), file_type)
    assert heading == [column["name"] for column in columns(kind)]
    assert example[0].startswith(EXAMPLE)


@BOTH
@pytest.mark.parametrize("kind", IMPORTED)
def test_a_filled_template_is_recognised_and_imports_without_rejects(kind, file_type, tmp_path):
    sheet = [["q1", *[""] * 4, "5", "scale", "", ""], ["q2", *[""] * 4, "5", "scale", "", ""]]
    saved(tmp_path, [filled(QUESTIONS, "csv")[0], *sheet], "questions.csv")
    path = saved(tmp_path, filled(kind, file_type), f"filled.{file_type}")
    assert detect(path).kind == kind.split("_")[0]
    blocks = list(opened(kind, path))
    assert [r for block in blocks for r in block.rejected] == []
    assert [s.reason for block in blocks for s in block.skipped] == ["example_row"]
    assert sum(len(block.rows if kind == "complaints" else block.entries) for block in blocks) == 2


@BOTH
def test_a_complaint_of_the_template_is_read_as_meant(file_type, tmp_path):
    block = next(iter(opened("complaints", saved(tmp_path, filled("complaints", file_type), f"a.{file_type}"))))
    row = block.rows.iloc[0]
    assert (row["source_id"], row["status"], row["outcome"], row["stars"]) == ("C-0001", "closed", "fixed", 5)
    assert row["zone"] == PROFILE.zone[0].code
    assert round((row["closed_at"] - row["received_at"]) / 3.6e9, 2) == 25.78
    assert "unknown" not in row["flags"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_sheet_explains_every_column_in_both_languages(kind):
    book = openpyxl.load_workbook(io.BytesIO(template(kind, "xlsx")))
    rows = list(book[GUIDE_SHEET].iter_rows(values_only=True))[4:]
    assert [row[0] for row in rows] == [column["name"] for column in columns(kind)]
    assert all(row[2] and row[3] for row in rows)
    assert not any("\u0e00" <= letter <= "\u0e7f" for row in rows for letter in row[3])


def test_the_plain_survey_template_is_the_long_one():
    assert template("survey", "csv") == template("survey_long", "csv")


def test_an_unknown_template_is_an_error():
    with pytest.raises(KeyError):
        template("budget", "csv")
    with pytest.raises(ValueError, match="allowed: csv, xlsx"):
        template("users", "pdf")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.name)
def test_samples_are_marked_as_synthetic_and_import_without_rejects(path):
    assert path.name.startswith("synthetic_")
    assert "synthetic" in path.read_text("utf-8-sig")
    if path.stem.endswith("questions"):
        return
    blocks = list(opened(detect(path).kind, path))
    assert [r for block in blocks for r in block.rejected] == []
    assert sum(len(getattr(block, "rows", getattr(block, "entries", ()))) for block in blocks) >= 5


def test_there_is_a_sample_of_every_kind():
    kinds = {detect(path).kind for path in SAMPLES.glob("*.csv") if not path.stem.endswith("questions")}
    assert kinds == {"complaints", "users", "survey", "annotation"}
