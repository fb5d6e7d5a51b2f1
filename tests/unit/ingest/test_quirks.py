"""Quirks of real files, each in the smallest file that has it."""

import gzip
import json

import pytest

from tests.unit.ingest.cases_of import CLASSIC, Read, classic, written


def one(tmp_path, **values):
    return Read(written(tmp_path, CLASSIC, classic(**values)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_thai_is_read_in_every_encoding_that_people_save(tmp_path, encoding, end):
    read = Read(written(tmp_path, CLASSIC, classic(), encoding=encoding, end=end))
    assert read.rows[1]["labels"] == "ถนน"


def test_a_late_thai_word_still_decides_the_encoding(tmp_path):
    plain = [classic(f"T{n}", type="{road}", comment="x" * 80) for n in range(6000)]
    read = Read(written(tmp_path, CLASSIC, *plain, classic("TH"), encoding="cp874"))
    assert read.rows[6001]["labels"] == "ถนน"


def test_a_letter_cut_in_half_does_not_spoil_a_utf8_file(tmp_path):
    path = written(tmp_path, CLASSIC, classic(comment="ถนนพัง" * 30), classic("T2", comment="จบ"))
    path.write_bytes(path.read_bytes().replace("จบ".encode(), "จบ".encode()[:-1]))
    read = Read(path)
    assert read.rows[1]["labels"] == "ถนน"
    assert read.flags(2) == {"mojibake"}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_found_by_the_heading(tmp_path, delimiter):
    lines = [line.replace('"99.96500,8.41500"', "99.96500§8.41500") for line in (CLASSIC, classic())]
    path = written(tmp_path, *(line.replace(",", delimiter).replace("§", ",") for line in lines))
    assert Read(path).rows[1]["zone"] == "800101"


def test_a_packed_file_is_read_like_an_open_one(tmp_path):
    path = written(tmp_path, CLASSIC, classic())
    packed = tmp_path / "cases.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert Read(packed).rows[1]["row_hash"] == Read(path).rows[1]["row_hash"]


def test_a_case_without_number_or_time_goes_to_quarantine(tmp_path):
    assert one(tmp_path, ticket_id=" ").rejected[1].reason == "missing_id"
    assert one(tmp_path, timestamp="").rejected[1].reason == "missing_received"
    assert one(tmp_path, timestamp="1900-01-01 00:00:00+00").rejected[1].reason == "missing_received"
    assert one(tmp_path, timestamp="2025-12-02 00:00:00+00").rejected[1].reason == "future_date"
    assert one(tmp_path, ticket_id="x" * 200).rejected[1].reason == "bad_row"


def test_quarantine_shows_the_record_but_nothing_personal(tmp_path):
    text = "โทร 000-000-0000 someone@example.org"
    hidden = {"comment": text, "district": "ใครก็ไม่รู้", "organization": "0-0000-00000-00-0"}
    raw = one(tmp_path, timestamp="", **hidden).rejected[1].raw
    assert raw["district"] == raw["comment"] == raw["organization"] == raw["coords"] == "•••"
    assert raw["ticket_id"] == "T1"


def test_a_stray_control_character_spoils_a_record_and_not_the_file(tmp_path):
    read = Read(written(tmp_path, CLASSIC, classic("T1"), classic("T\x002"), classic("T3", type="{ถ\x00นน}")))
    assert (read.rows[1]["source_id"], read.rejected[2].reason, read.rows[3]["labels"]) == ("T1", "bad_row", "ถนน")
    assert "\0" not in str(read.rejected[2].raw)


def test_rows_hold_no_free_text_and_no_photo(tmp_path):
    read = one(tmp_path, comment="ข้อความลับ", photo="https://example.org/secret.jpg", address="บ้านเลขที่ลับ")
    assert "ลับ" not in str(read.rows[1])
    assert "secret" not in str(read.rows[1])
    assert read.rows[1]["photo_before"] == 1


@pytest.mark.parametrize(
    ("coords", "flag", "zone"),
    [
        ('"99.96500,8.41500"', "", "800101"),
        ('"8.41500,99.96500"', "location_swapped", "800101"),
        ('"0.00000,0.00000"', "no_location", "800103"),
        ("", "no_location", "800103"),
        ('"99.9,"', "bad_location", "800103"),
        ("somewhere", "bad_location", "800103"),
        ('"999,99"', "bad_location", "800103"),
        ('"100.50100,13.75600"', "outside_municipality", None),
    ],
)
def test_a_position_is_judged_by_its_values(tmp_path, coords, flag, zone):
    read = one(tmp_path, coords=coords, subdistrict="คลัง", type="{ถนน}")
    assert read.flags() == set(filter(None, [flag]))
    assert read.rows[1]["zone"] == zone


@pytest.mark.parametrize(
    ("address", "province", "zone"),
    [
        ("ซอยสมมติ ตำบลในเมือง จังหวัดนครศรีธรรมราช", "", "800101"),
        ("ซอยสมมติ ต.ท่าวัง", "", "800102"),
        ("ซอยสมมติ ตำบลในเมือง จังหวัดขอนแก่น", "", None),
        ("ซอยสมมติ ตำบลในเมือง", "ขอนแก่น", None),
        ("หน้าคลังสินค้า", "", None),
        ("ตำบลคลองสมมติ", "", None),
    ],
)
def test_an_address_names_a_zone_only_with_the_word_for_it_and_in_this_province(tmp_path, address, province, zone):
    assert one(tmp_path, coords="", address=address, province=province).rows[1]["zone"] == zone


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("ติดต่อ 000-000-0000", {"pii_phone"}),
        ("๐๐๐ ๐๐๐ ๐๐๐๐", {"pii_phone"}),
        ("โทร:0000000000", {"pii_phone"}),
        ("someone@example.org", {"pii_email"}),
        ("ปิดเมื่อ 2025-01-07 15:30:00.123456", set()),
        ("เลขที่ 12345 หมู่ 6", set()),
        ("-1+2", {"formula_text"}),
        ("@cmd", {"formula_text"}),
        ("<b>ด่วน</b>", {"html_text"}),
        ("ลึก < 3 และ > 1", set()),
        ("à¸–à¸™à¸™", {"mojibake"}),
        ("เธ–เธ™เธ™เธžเธฑเธ‡", {"mojibake"}),
        ("เธอแจ้งว่าเน่าเสีย", set()),
    ],
)
def test_free_text_is_looked_at_before_it_is_dropped(tmp_path, text, flags):
    assert one(tmp_path, comment=text).flags() == flags


@pytest.mark.parametrize(
    ("stars", "kept", "flags"),
    [("5", 5, set()), ("4.0", 4, set()), ("0", None, set()), ("7", None, {"star_invalid"}),
     ("ดี", None, {"star_invalid"})],
)
def test_stars_are_one_to_five_or_unknown(tmp_path, stars, kept, flags):
    read = one(tmp_path, star=stars)
    assert read.rows[1]["stars"] is kept or read.rows[1]["stars"] == kept
    assert read.flags() == flags


def test_labels_are_kept_and_the_first_known_one_decides(tmp_path):
    row = one(tmp_path, type='"{อื่นๆ,สะพาน,ของใหม่}"').rows[1]
    assert (row["labels"], row["category"], row["dimension"]) == ("อื่นๆ|สะพาน|ของใหม่", "C10", "MOB")


NYC = "unique_key,created_date,closed_date,complaint_type,latitude,longitude"


@pytest.mark.parametrize(
    ("closed", "flag", "minutes"),
    [
        ("2025-06-11T08:59:30", "closed_before_received", 0),
        ("2025-06-11T09:00:00", "zero_duration", 0),
        ("2025-06-11T09:09:59", "instant_close", 9),
        ("2025-06-11T09:10:00", "", 10),
    ],
)
def test_a_case_closed_at_once_is_kept_and_marked(tmp_path, closed, flag, minutes):
    read = Read(written(tmp_path, NYC, f"1,2025-06-11T09:00:00,{closed},Noise,40.7,-73.9"))
    assert read.flags() == set(filter(None, [flag]))
    assert read.rows[1]["res_min"] == minutes


def test_a_case_closed_more_than_a_minute_too_early_goes_to_quarantine(tmp_path):
    read = Read(written(tmp_path, NYC, "1,2025-06-11T09:00:00,2025-06-11T08:58:59,Noise,40.7,-73.9"))
    assert read.rejected[1].reason == "finish_before_received"


def test_a_date_without_time_of_day_is_marked(tmp_path):
    read = Read(written(tmp_path, NYC, "1,2025-06-11,,Noise,40.7,-73.9", "2,2025-06-11T00:00:00,,Noise,40.7,-73.9"))
    assert read.flags(1) == {"midnight_only"}
    assert read.flags(2) == set()


BOSTON = "CASE_ENQUIRY_ID,open_dt,target_dt,closed_dt,OnTime_Status,CASE_STATUS,TYPE,SubmittedPhoto,ClosedPhoto,Source"


def test_older_boston_headings_are_the_same_format(tmp_path):
    line = "101,2015-01-06 08:00:00,2015-01-08 08:00:00,2015-01-09 08:00:00,ONTIME,Closed,Street Lights,,x.jpg,call"
    read = Read(written(tmp_path, "_id," + BOSTON, "7," + line))
    assert read.reading.format == "boston"
    assert read.flags() == {"label_mismatch", "no_location"}
    assert (read.rows[1]["photo_before"], read.rows[1]["photo_after"], read.rows[1]["channel"]) == (0, 1, "phone")


def test_open311_reads_csv_like_json(tmp_path):
    request = {
        "service_request_id": "0015", "status": "closed", "service_name": "ถนนชำรุด", "service_code": "010",
        "requested_datetime": "2025-03-17T09:00:00+07:00", "updated_datetime": "2025-03-18T15:00:00+07:00",
        "expected_datetime": "2025-03-19T09:00:00+07:00", "lat": 8.415, "long": 99.965,
    }
    as_json = written(tmp_path, json.dumps([request]), name="requests.json")
    as_csv = written(tmp_path, ",".join(request), ",".join(map(str, request.values())), name="requests.csv")
    rows = [Read(path).rows[1] for path in (as_json, as_csv)]
    assert rows[0]["row_hash"] == rows[1]["row_hash"]
    assert (rows[0]["source_id"], rows[0]["category"], rows[0]["due_from"]) == ("0015", "C10", "source")


def test_json_may_be_wrapped_or_stand_line_by_line(tmp_path):
    line = '{"service_request_id": 7, "status": "open", "requested_datetime": "2025-03-17T09:00:00+07:00"}'
    for text in (f'{{"requests": [{line}, {line}]}}', f"{line}\n{line}"):
        assert len(Read(written(tmp_path, text, name="requests.json")).rows) == 2


def test_reading_goes_on_after_a_record_with_the_same_blocks(tmp_path):
    path = written(tmp_path, CLASSIC, *(classic(f"T{n}") for n in range(1, 26)))
    whole, rest = Read(path, block_size=10), Read(path, block_size=10, start_after=10)
    assert [(b.first, b.last) for b in whole.blocks] == [(1, 10), (11, 20), (21, 25)]
    assert [(b.first, b.last) for b in rest.blocks] == [(11, 20), (21, 25)]
    assert rest.rows[25] == whole.rows[25]
    assert whole.blocks[-1].bytes_done == whole.reading.total_bytes
