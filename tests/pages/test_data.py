"""The Data page takes a file in, shows what it is, counts, imports, holds back, and takes back."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nakhon_dash import demo
from nakhon_dash.domain.profile import current_profile
from nakhon_dash.i18n import t
from nakhon_dash.ingest.mapping import loaded
from nakhon_dash.store import batches
from nakhon_dash.store.engine import open_store
from nakhon_dash.ui.data import drafts, held
from nakhon_dash.ui.data.outcome import sentence
from nakhon_dash.ui.data.quarantine import csv_bytes, harmless
from tests.pages.conftest import words_of

HEAD = (
    "ticket_id,type,organization,comment,coords,photo,photo_after,address,subdistrict,district,province,timestamp,"
    "state,star,count_reopen,last_activity"
)
ROW = '{id},"{{{type}}}",กองช่าง,ข้อความสมมุติ,"{coords}",,,,,,,{at},{state},,,{last}'


def _traffy(*rows):
    blank = {"type": "ถนน", "coords": "99.965,8.415", "state": "รอรับเรื่อง", "last": ""}
    return "\n".join([HEAD, *(ROW.format(**(blank | row)) for row in rows)]).encode()


TWO = _traffy(
    {"id": "2025-AAAA01", "at": "2025-03-10 01:15:00+00", "state": "เสร็จสิ้น", "last": "2025-03-11 02:00:00+00"},
    {"id": "2025-AAAA02", "at": "2025-03-10 02:40:00+00"},
    {"id": "", "at": "2025-03-10 03:05:00+00"},
)
OWN = "\n".join([
    "เลขรับ;วันแจ้ง;ปัญหา;ผลงาน", "A-1;3/1/2568 09:00;น้ำไม่ไหล;ทำแล้ว", "A-2;13/1/2568 10:00;น้ำไม่ไหล;ยังไม่ทำ",
]).encode()


def _drop(test, data, name="traffy.csv"):
    test.file_uploader[0].set_value((name, data, "text/csv")).run()
    assert [e.value for e in test.exception] == []
    return test


def _press(test, key):
    test.button(key=key).click().run()
    assert [e.value for e in test.exception] == []
    return test


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_page_says_what_is_stored(app, city_url, lang):
    said = words_of(app(city_url, "data", lang=lang))
    assert t("data.claim.stored", lang, cases="3,000 " + t("noun.cases", lang)) in said
    assert t("data.demo.all", lang) in said
    assert t("data.claim.none_held", lang) in said


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_empty_store_is_said_to_be_empty(app, empty_url, lang):
    said = words_of(app(empty_url, "data", lang=lang))
    assert t("data.claim.empty", lang) in said
    assert t("data.batches.none", lang) in said


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", b"", b"a,a\n1,2\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_table_gets_advice_and_stores_nothing(app, empty_url, lang, data):
    test = _drop(app(empty_url, "data", lang=lang), data, "junk.csv")
    said = words_of(test)
    assert t("data.upload.nothing_lost", lang) in said
    assert 'class="nkd-strip"' in said
    assert "data_dry" not in [b.key for b in test.button]


def test_a_heading_without_rows_is_said(app, empty_url):
    assert t("notice.header_only", "en") in words_of(_drop(app(empty_url, "data", lang="en"), HEAD.encode()))


def test_a_file_is_recognised_and_read_in_words(app, empty_url):
    test = _drop(app(empty_url, "data", lang="en"), TWO)
    said = words_of(test)
    assert t("format.traffy_classic", "en") in said
    raw, read = test.dataframe[0].value, test.dataframe[1].value
    assert list(raw["ticket_id"]) == ["2025-AAAA01", "2025-AAAA02", ""]
    assert set(raw["comment"]) == {"•••"}
    assert list(read["Received"]) == ["10 Mar 2025, 08:15", "10 Mar 2025, 09:40"]
    assert list(read["Status"]) == ["closed", "waiting"]
    assert t("reason.missing_id", "en") in said


def test_a_dry_run_stores_nothing_and_an_import_does(app, empty_url):
    test = _press(_drop(app(empty_url, "data", lang="en"), TWO), "data_dry")
    assert t("data.run.counted", "en") in words_of(test)
    assert batches.batches(open_store(empty_url)) == []
    said = words_of(_press(test, "data_import"))
    (row,) = batches.batches(open_store(empty_url))
    assert (row["inserted"], row["quarantined"], row["rows_read"]) == (2, 1, 3)
    assert t("data.outcome.see_held", "en") in said
    assert "2 cases" in said


def test_the_uploaded_file_is_gone_after_the_import(app, empty_url):
    test = _drop(app(empty_url, "data", lang="en"), TWO)
    folder, file = test.session_state["data_held"]
    assert file.path.exists()
    _press(test, "data_import")
    assert not folder.path.exists()
    assert "data_held" not in test.session_state


def test_importing_the_same_file_again_changes_nothing(app, empty_url):
    test = app(empty_url, "data", lang="en")
    for _ in range(2):
        _press(_drop(test, TWO), "data_import")
    newest = batches.batches(open_store(empty_url))[0]
    assert (newest["inserted"], newest["updated"]) == (0, 0)


def test_an_import_can_be_taken_back(app, empty_url):
    test = _press(_drop(app(empty_url, "data", lang="en"), TWO), "data_import")
    (row,) = batches.batches(open_store(empty_url))
    _press(test, f"undo-{row['id']}")
    assert t("data.batches.sure", "en", inserted="2 rows", updated="0 rows", quarantined="1 row") in words_of(test)
    _press(test, f"undo-sure-{row['id']}")
    assert batches.is_empty(open_store(empty_url))
    assert t("data.batches.state_undone", "en") in words_of(test)


def test_the_demo_city_goes_and_the_import_stays(app, empty_url):
    demo.load(open_store(empty_url, write=True), current_profile(), cases=50, years=1, seed=3, end=datetime.now(UTC))
    test = _press(_drop(app(empty_url, "data", lang="en"), TWO), "data_import")
    assert t("data.demo.some", "en") in words_of(test)
    _press(_press(test, "demo_remove"), "demo_sure")
    assert not batches.has_synthetic(open_store(empty_url))
    assert not batches.is_empty(open_store(empty_url))


def test_the_choices_outlive_a_switch_of_language(app, empty_url):
    test = _drop(app(empty_url, "data", lang="th"), OWN, "own.csv")
    test.selectbox(key="map_source_id").select("เลขรับ").run()
    test.selectbox(key="map_received_at").select("วันแจ้ง").run()
    test.segmented_control(key="f_lang").set_value("en").run()
    assert test.selectbox(key="map_source_id").value == "เลขรับ"
    assert loaded(test.session_state["data_held"][1].choices.mapping).columns["received_at"] == "วันแจ้ง"
    assert "data_dry" in [b.key for b in test.button]


def test_words_of_an_own_table_are_matched_by_clicking(app, empty_url):
    test = _drop(app(empty_url, "data", lang="en"), OWN, "own.csv")
    matched = {"source_id": "เลขรับ", "received_at": "วันแจ้ง", "category": "ปัญหา", "status": "ผลงาน"}
    for field, heading in matched.items():
        test.selectbox(key=f"map_{field}").select(heading).run()
    test.selectbox(key="map_category_0").set_value("C12").run()
    test.selectbox(key="map_status_0").set_value("finished").run()
    _press(test, "data_import")
    (row,) = batches.batches(open_store(empty_url))
    assert (row["source"], row["inserted"]) == ("own", 2)
    assert loaded(row["mapping"]).values == {"category": {"น้ำไม่ไหล": "C12"}, "status": {"ทำแล้ว": "finished"}}


def test_the_order_of_dates_is_told_by_the_values():
    def order(*days):
        sample = {"case_no": [str(i) for i in range(len(days))], "created": list(days)}
        return drafts.suggested("own.csv", sample, current_profile()).date_order

    assert order("13/1/2568", "2/1/2568") == "dmy"
    assert order("1/13/2025", "1/2/2025") == "mdy"
    assert order("", "?") == "dmy"


def test_a_source_name_can_stand_in_an_address():
    assert drafts.source_name("ศูนย์ 1111.csv") == "1111.csv"
    assert drafts.source_name("ศูนย์ดำรงธรรม") == "own"
    assert len(drafts.source_name("a" * 90)) == 40


def test_a_file_name_cannot_leave_its_folder():
    assert held.safe_name("../../etc/passwd") == "passwd"
    assert held.safe_name("C:\\temp\\คำร้อง.csv") == "คำร้อง.csv"
    assert held.safe_name("..") == "file"
    assert len(held.safe_name("ก" * 500 + ".csv.gz").encode()) < 255
    assert held.safe_name("ก" * 500 + ".csv").endswith(".csv")


@pytest.mark.parametrize("cell", ["=1+1", "+66", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_the_download_runs_as_a_formula(cell):
    row = {"row_no": 1, "reason": "missing_id", "detail": cell, "file_name": "a.csv", "raw": {"=head": cell}}
    lines = list(csv.reader(io.StringIO(csv_bytes([row], "en").decode("utf-8-sig"), newline="")))
    assert all(not value.startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines for value in line)
    assert harmless(3) == 3


def test_the_result_is_a_sum_that_adds_up():
    result = {"read": 6, "inserted": 1, "updated": 1, "unchanged": 1, "merged": 1, "skipped": 1, "quarantined": 1}
    assert sentence(result, "en") == (
        "read 6 = added 1 + updated 1 + unchanged 1 + merged 1 + skipped 1 + quarantined 1"
    )


def test_a_held_file_lies_outside_the_repository(app, empty_url):
    test = _drop(app(empty_url, "data", lang="en"), TWO)
    assert Path(__file__).parents[2] not in test.session_state["data_held"][1].path.parents
