"""Files that cannot be read say so in both languages; what could be read before a break is not lost."""

import gzip
import io
import zipfile

import pytest

from nakhon_dash.i18n import t
from nakhon_dash.ingest import archives, sources
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.reading import open_complaints
from tests.unit.ingest.cases_of import CLASSIC, GEOGRAPHY, PROFILE, Read, classic, written


def refusal(path, **options):
    """The code of the refusal; its words exist in both languages and fit its values."""
    with pytest.raises(BadFile) as refused:
        Read(path, **options)
    for lang in ("th", "en"):
        assert "{" not in t(f"badfile.{refused.value.code}", lang, **refused.value.values)
    return refused.value.code


def saved(folder, data: bytes, name="cases.csv"):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \r\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "binary"),
        (b"MZ\x90\x00" + b"\0" * 50, "binary"),
        (bytes(range(256)) * 4, "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web_page"),
        (b"PK\x03\x04 not really", "truncated"),
        (b"name,age\nsomething,else\n", "unknown_format"),
        (b"[]", "no_records"),
        (b"[1, 2]", "no_records"),
        ((CLASSIC + ",TICKET_ID").encode(), "duplicate_columns"),
        (",".join(f"c{n}" for n in range(5000)).encode(), "too_many_columns"),
    ],
)
def test_what_is_no_table_of_cases_is_refused(tmp_path, data, code):
    assert refusal(saved(tmp_path, data)) == code


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "none.csv") == "missing"
    assert refusal(tmp_path) == "missing"


def test_a_heading_alone_is_a_file_without_records(tmp_path):
    read = Read(written(tmp_path, CLASSIC))
    assert read.blocks == []
    assert read.reading.notices == ["header_only"]


def test_a_repeated_heading_and_an_empty_row_are_passed_over(tmp_path):
    read = Read(written(tmp_path, CLASSIC, classic("T1"), CLASSIC, "," * 15, "", classic("T2")))
    assert {n: row["source_id"] for n, row in read.rows.items()} == {1: "T1", 4: "T2"}
    assert {n: s.reason for n, s in read.skipped.items()} == {2: "repeated_heading", 3: "empty_row"}


def test_a_row_of_another_width_goes_to_quarantine(tmp_path):
    read = Read(written(tmp_path, CLASSIC, classic("T1") + ",more", "T2,{ถนน}", classic("T3") + ",,"))
    assert {n: r.reason for n, r in read.rejected.items()} == {1: "bad_row", 2: "bad_row"}
    assert read.rejected[1].raw["ticket_id"] == "T1"
    assert read.rows[3]["source_id"] == "T3"


def test_a_row_that_slipped_shows_no_text_under_any_heading(tmp_path):
    slipped = classic("T1", comment="หน้าบ้านเลขที่ลับ, ซอยลับ, Somchai 0000000000")
    raw = Read(written(tmp_path, CLASSIC, slipped)).rejected[1].raw
    assert "ลับ" not in str(raw)
    assert "000000000" not in str(raw)
    assert (raw["ticket_id"], raw["type"]) == ("T1", "•••")


def test_a_quote_that_never_closes_ends_the_reading_but_not_what_was_read(tmp_path, monkeypatch):
    monkeypatch.setattr("nakhon_dash.ingest.tables.MAX_FIELD", 500)
    open_quote = classic("T3", comment='"' + "ก" * 600)
    reading = open_reading(written(tmp_path, CLASSIC, classic("T1"), classic("T2"), open_quote), block_size=2)
    assert ids_before_break(reading, "field_too_long") == ["T1", "T2"]


def open_reading(path, block_size=200):
    return open_complaints(path, PROFILE, block_size=block_size, geography=GEOGRAPHY)


def ids_before_break(reading, code):
    ids: list[str] = []
    with pytest.raises(BadFile) as refused:
        collect(reading, ids)
    assert refused.value.code == code
    return ids


def collect(reading, ids):
    for block in reading:
        ids += list(block.rows["source_id"])


def many(count):
    return ("\n".join([CLASSIC, *(classic(f"T{n}") for n in range(1, count + 1))]) + "\n").encode()


def test_a_gzip_that_breaks_off_gives_the_records_before_the_break(tmp_path):
    packed = gzip.compress(many(2000), compresslevel=1)
    reading = open_reading(saved(tmp_path, packed[: len(packed) // 2], "cases.csv.gz"))
    ids = ids_before_break(reading, "truncated")
    assert 100 < len(ids) < 2000
    assert ids == [f"T{n}" for n in range(1, len(ids) + 1)]


def test_a_zip_that_breaks_off_is_refused(tmp_path):
    assert refusal(saved(tmp_path, zipped(a=many(50))[:-30], "cases.zip")) == "truncated"


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(f"{name}.csv", data)
    return file.getvalue()


def test_a_zip_of_one_file_is_read_and_one_of_several_is_refused(tmp_path):
    assert len(Read(saved(tmp_path, zipped(a=many(3)), "one.zip")).rows) == 3
    assert refusal(saved(tmp_path, zipped(a=many(3), b=many(3)), "two.zip")) == "several_files"
    assert refusal(saved(tmp_path, zipped(), "none.zip")) == "empty_archive"


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(a=data)])
def test_a_file_that_expands_without_end_is_refused(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(archives, "BOMB_FROM", 1 << 20)
    assert refusal(saved(tmp_path, pack(b"a," * (3 << 20)), "bomb")) == "too_large"


def test_limits_stand_where_real_files_never_come():
    assert archives.BOMB_RATIO >= 100
    assert archives.MAX_EXPANDED >= 10 << 30


def test_json_that_breaks_off_gives_the_requests_before_the_break(tmp_path):
    whole = '[{"service_request_id": 1, "status": "open", "requested_datetime": "2025-03-17T09:00:00+07:00"}, '
    reading = open_reading(saved(tmp_path, (whole + '{"service_request_id": 2, "sta').encode(), "requests.json"))
    assert ids_before_break(reading, "truncated") == ["1"]


def test_a_workbook_that_expands_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "BOMB_FROM", 1 << 20)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (3 << 20))
    assert refusal(saved(tmp_path, file.getvalue(), "cases.xlsx")) == "too_large"
    outer = saved(tmp_path, zipped(), "outer.zip")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("cases.xlsx", file.getvalue())
    assert refusal(outer) == "too_large"


def test_a_broken_spreadsheet_is_refused(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<broken")
        archive.writestr("xl/workbook.xml", "<broken")
    assert refusal(saved(tmp_path, file.getvalue(), "cases.xlsx")) == "bad_spreadsheet"


def test_a_format_that_does_not_fit_or_does_not_exist_is_refused(tmp_path):
    path = written(tmp_path, CLASSIC, classic())
    assert refusal(path, format="nyc") == "wrong_format"
    assert refusal(path, format="teletext") == "no_such_format"
    assert refusal(path, format="generic") == "needs_mapping"
    assert refusal(path, source="x" * 41) == "bad_source"


def test_a_damaged_gzip_says_so(tmp_path):
    packed = bytearray(gzip.compress(many(3000), compresslevel=1))
    packed[len(packed) // 2] ^= 0xFF
    with pytest.raises(BadFile) as refused:
        list(open_reading(saved(tmp_path, bytes(packed), "cases.csv.gz")))
    assert refused.value.code in ("damaged", "truncated")


def test_the_fingerprint_is_that_of_the_file_as_it_lies(tmp_path):
    path = saved(tmp_path, b"abc")
    assert sources.sha256_of(path)[:8] == "ba7816bf"
