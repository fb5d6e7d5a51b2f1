"""Our template, any table with a mapping, and the look at a file before it is imported."""

from datetime import datetime

import openpyxl
import pandas as pd
import pytest

from nakhon_dash.ingest import mapping as mappings
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.detect import detect
from nakhon_dash.ingest.mapping import Mapping
from nakhon_dash.ingest.reading import preview
from nakhon_dash.ingest.suggest import suggest
from nakhon_dash.ingest.tables import open_table
from tests.unit.ingest.cases_of import CLASSIC, GEOGRAPHY, NOW, PROFILE, Read, classic, written

TEMPLATE = "source_id,received_at,closed_at,status,outcome,category,department,zone,channel,stars,photo_after,due_at"


def test_the_template_is_read_in_the_citys_time_and_words(tmp_path):
    line = "NST-1,15/03/2568 07:40,16/03/2568 09:00,ปิดเรื่อง,,ถนนชำรุด/หลุมบ่อ,สำนักช่าง,คลัง,ไลน์,5,มี,"
    row = Read(written(tmp_path, TEMPLATE, line)).rows[1]
    kept = {name: row[name] for name in ("source", "status", "outcome", "category", "department", "zone", "channel")}
    assert kept == {
        "source": "template", "status": "closed", "outcome": "fixed", "category": "C10", "department": "PW",
        "zone": "800103", "channel": "line",
    }
    assert (row["res_min"], row["stars"], row["photo_after"], row["due_from"]) == (1520, 5, 1, "promise")


def test_thai_headings_are_the_same_template(tmp_path):
    read = Read(written(tmp_path, "เลขที่คำร้อง,วันที่รับแจ้ง,สถานะ,หมวดหมู่", "1,15/03/2568 07:40,รอรับเรื่อง,C05"))
    assert read.reading.format == "template"
    assert read.rows[1]["category"] == "C05"


@pytest.mark.parametrize(
    ("status", "outcome", "closed", "expected"),
    [
        ("closed", "referred_out", "16/03/2025 09:00", ("closed", "referred_out", True, "")),
        ("closed", "ของบประมาณ", "16/03/2025 09:00", ("closed", "deferred_to_budget", True, "")),
        ("ของบประมาณ", "", "", ("in_progress", "deferred_to_budget", False, "")),
        ("closed", "", "", ("closed", "fixed", False, "no_finish_time")),
        ("", "", "16/03/2025 09:00", ("closed", "fixed", True, "")),
        ("", "", "", ("received", None, False, "")),
        ("รอฟ้าฝน", "", "", ("unknown", None, False, "unknown_status")),
        ("เปิดเรื่องซ้ำ", "", "16/03/2025 09:00", ("reopened", None, False, "reopened")),
        ("acknowledged", "", "", ("acknowledged", None, False, "")),
    ],
)
def test_our_own_outcomes_keep_their_close_time(tmp_path, status, outcome, closed, expected):
    lines = ("source_id,received_at,closed_at,status,outcome,category,lat,lon",
             f"1,15/03/2025 07:40,{closed},{status},{outcome},C10,8.415,99.965")
    row = Read(written(tmp_path, *lines)).blocks[0].rows.iloc[0]
    assert (row["status"], row["outcome"], row["res_min"] is not pd.NA, row["flags"]) == expected


def test_a_workbook_is_read_like_the_same_table_as_text(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["case_no", "received_at", "status", "category", "lat", "lon", "stars"])
    book.active.append([1001, datetime(2568, 3, 15, 7, 40), "รอรับเรื่อง", "C10", 8.415, 99.965, 4.0])
    book.active.append(["0002", "16 มี.ค. 2568 09:30 น.", "รอรับเรื่อง", "C10", None, None, None])
    path = tmp_path / "cases.xlsx"
    book.save(path)
    read = Read(path)
    assert [read.rows[n]["source_id"] for n in (1, 2)] == ["1001", "0002"]
    assert read.flags(1) == {"be_year"}
    assert (read.rows[1]["stars"], read.rows[1]["zone"]) == (4, "800101")


MAPPING = Mapping(
    source="oldsystem",
    date_order="mdy",
    columns={"source_id": "Ref", "received_at": "Logged", "closed_at": "Done", "status": "State", "category": "Kind"},
    constants={"channel": "phone"},
    values={"status": {"Done!": "finished"}, "category": {"Potholes": "C10"}},
)
TABLE = ("Ref,Logged,Done,State,Kind", "A1,03/15/2025 07:40,03/16/2025 07:40,done!,potholes")


def test_any_table_is_read_with_a_mapping(tmp_path):
    row = Read(written(tmp_path, *TABLE), mapping=MAPPING).rows[1]
    assert (row["source"], row["status"], row["category"], row["channel"], row["res_min"]) == (
        "oldsystem", "closed", "C10", "phone", 1440,
    )


def test_a_mapping_survives_the_file(tmp_path):
    columns = MAPPING.columns | {"text": 'Say "what"\\\n'}
    odd = MAPPING.model_copy(update={"columns": columns, "time_zone": "Asia/Bangkok"})
    assert mappings.loaded(odd.dumped()) == odd
    path = written(tmp_path, MAPPING.dumped(), name="map.toml")
    assert mappings.load(path) == MAPPING


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": {"source_id": "Ref"}}, "columns.received_at: missing"),
        ({"columns": MAPPING.columns | {"stars": "Stars"}}, "columns.stars = 'Stars': not in the file"),
        ({"columns": MAPPING.columns | {"mood": "Ref"}}, "columns.mood: unknown"),
        ({"time_zone": "Mars/Base"}, "time_zone = 'Mars/Base'"),
        ({"source": ""}, "source = ''"),
        ({"values": {"status": {"x": "gone"}}}, "values.status.x = 'gone'"),
        ({"values": {"category": {"x": "C99"}}}, "values.category.x = 'C99'"),
        ({"values": {"mood": {}}}, "values.mood: unknown"),
    ],
)
def test_a_wrong_mapping_says_key_value_and_what_is_allowed(tmp_path, change, said):
    with pytest.raises(BadFile) as refused:
        Read(written(tmp_path, *TABLE), mapping=MAPPING.model_copy(update=change))
    assert said in refused.value.values["problems"]


@pytest.mark.parametrize("text", ["[mapping", "[mapping]\nsource = 1\n", "[columns]\n", "mapping = 3\n"])
def test_a_mapping_file_that_is_none_is_refused(text):
    with pytest.raises(BadFile) as refused:
        mappings.loaded(text)
    assert refused.value.code == "bad_mapping"


def test_a_first_mapping_comes_from_headings_and_values():
    columns = ["Ticket No", "Logged", "Closed On", "Problem Type", "Remarks"]
    rows = [["1", "03/15/2025 07:40", "03/16/2025 08:00", "road", "x"], ["2", "03/17/2025 07:40", "", "road", "x"]]
    made = suggest(columns, rows)
    assert made.date_order == "mdy"
    assert made.columns == {
        "source_id": "Ticket No", "closed_at": "Closed On", "category": "Problem Type", "received_at": "Logged",
    }
    assert made.problems(columns, PROFILE) == []


def test_a_look_shows_rows_as_they_will_be_and_hides_what_is_personal(tmp_path):
    path = written(tmp_path, CLASSIC, classic("T1", comment="ลับ"), classic("", type="{ถนน}"))
    look = preview(path, PROFILE, now=NOW, geography=GEOGRAPHY)
    assert (look.detection.kind, look.detection.format, look.detection.encoding) == (
        "complaints", "traffy_classic", "utf-8",
    )
    assert list(look.raw["comment"]) == ["•••", ""]
    assert list(look.rows["source_id"]) == ["T1"]
    assert [r.reason for r in look.rejected] == ["missing_id"]


def test_a_look_at_an_unknown_table_still_shows_its_rows(tmp_path):
    look = preview(written(tmp_path, *TABLE), PROFILE)
    assert (look.detection.kind, look.detection.format) == (None, None)
    assert look.raw["Ref"].tolist() == ["A1"]
    assert look.rows.empty


def test_kinds_are_told_apart_by_the_heading(tmp_path):
    counts = written(tmp_path, "date,contacts,targetReaches,blocks", "20250301,1,1,0", name="counts.csv")
    assert detect(counts).kind == "users"
    assert detect(written(tmp_path, CLASSIC)).kind == "complaints"


def test_another_source_name_can_be_given(tmp_path):
    assert Read(written(tmp_path, CLASSIC, classic()), source="traffy_old").rows[1]["source"] == "traffy_old"


def test_a_table_is_opened_with_its_delimiter_and_encoding(tmp_path):
    table = open_table(written(tmp_path, "sep=;", "a;b", "1;2", encoding="cp874"))
    assert (table.columns, table.delimiter, table.kind) == (["a", "b"], ";", "csv")
