"""Our own templates, to fill in and import: a heading, one example row, and an explanation of every column.

The example row begins with a mark (tables.EXAMPLE) and is passed over by the import.
"""

import csv
import io
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter

from nakhon_dash.domain import geography
from nakhon_dash.domain.profile import UNMAPPED, Profile, current_profile
from nakhon_dash.ingest.tables import EXAMPLE

KINDS = ("complaints", "users", "survey_long", "survey_wide", "survey_questions", "annotation")
FILE_TYPES = ("csv", "xlsx")
ALIASES = {"survey": "survey_long"}
DATA_SHEET, GUIDE_SHEET = "data", "คำอธิบาย guide"
GUIDE_HEADING = ("คอลัมน์ / column", "จำเป็น / needed", "คำอธิบาย", "meaning", "ตัวอย่าง / example")


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("templates.toml").read_text("utf-8"))


def columns(kind: str) -> list[dict[str, Any]]:
    """The columns of a template: name, needed, example, th, en; KeyError for another kind."""
    found: list[dict[str, Any]] = _texts()[ALIASES.get(kind, kind)]["columns"]
    return found


def template(kind: str, file_type: str, profile: Profile | None = None) -> bytes:
    """The template of `kind` (one of KINDS, or `survey`) as a CSV with byte order mark, or as a workbook.

    Examples name the first zone, category, unit and channel of the profile (default: the one in force).
    """
    if file_type not in FILE_TYPES:
        raise ValueError(f"file_type {file_type!r}: allowed: {', '.join(FILE_TYPES)}")
    names = [column["name"] for column in columns(kind)]
    example = _example(kind, profile or current_profile())
    return _csv([names, example]) if file_type == "csv" else _workbook(kind, names, example)


def _example(kind: str, profile: Profile) -> list[str]:
    values = _values(profile)
    cells = [str(column["example"]).format(**values) for column in columns(kind)]
    return [f"{EXAMPLE} {cells[0]}", *cells[1:]]


def _values(profile: Profile) -> dict[str, object]:
    category = next(c for c in profile.category if c.code != UNMAPPED)
    lon, lat = geography.label_points().get(profile.zone[0].code, ("", ""))
    return {"zone": profile.zone[0].name_th, "category": category.name_th, "lat": lat, "lon": lon,
            "department": category.department or profile.department[0].code, "channel": profile.channel[0].code}


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(kind: str, names: list[str], example: list[str]) -> bytes:
    """Cells are text, so that a spreadsheet program does not turn dates and codes into something else."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "default_date_format": "dd/mm/yyyy"})
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    grey = book.add_format({"italic": True, "font_color": "#6B6257", "num_format": "@"})
    text, wrapped = book.add_format({"num_format": "@"}), book.add_format({"text_wrap": True, "valign": "top"})
    data = book.add_worksheet(DATA_SHEET)
    data.set_column(0, len(names) - 1, 18, text)
    data.write_row(0, 0, names, head)
    data.write_row(1, 0, example, grey)
    data.freeze_panes(1, 0)
    _guide(book.add_worksheet(GUIDE_SHEET), kind, example, head, wrapped)
    book.close()
    return file.getvalue()


def _guide(sheet: Any, kind: str, example: list[str], head: Any, wrapped: Any) -> None:  # noqa: ANN401 (untyped library)
    for at, width in enumerate((22, 10, 60, 60, 24)):
        sheet.set_column(at, at, width)
    intro = (_texts()["guide"]["th"], _texts()["guide"]["en"])
    for line, sentence in enumerate(intro):
        sheet.write_string(line, 0, sentence.format(mark=EXAMPLE))
    start = len(intro) + 1
    sheet.write_row(start, 0, GUIDE_HEADING, head)
    for line, (column, cell) in enumerate(zip(columns(kind), example, strict=True), start + 1):
        needed = "✓" if column.get("needed") else ""
        shown = cell.removeprefix(EXAMPLE).strip()
        sheet.write_row(line, 0, (column["name"], needed, column["th"], column["en"], shown), wrapped)
