"""User counts: LINE Official Account Manager, LINE Insight, our own table."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.domain.view import day_no, day_of
from nakhon_dash.i18n import LANGS, t
from nakhon_dash.ingest.block import BadFile
from nakhon_dash.ingest.entries import open_entries
from nakhon_dash.store.schema import channel_demographic, channel_users
from nakhon_dash.store.writer import import_entries

PROFILE = read_profile(ROOT / "data" / "city.toml")
FORMATS = ROOT.parent / "shared" / "reference" / "formats"
NOW = datetime(2025, 6, 1, 3, tzinfo=UTC)
needs_reference = pytest.mark.skipif(not FORMATS.exists(), reason="../shared/reference is not here")


def reading(path: Path, **options):
    return open_entries("users", path, PROFILE, **{"now": NOW} | options)


def written(tmp_path: Path, text: str, name: str = "users.csv", encoding: str = "utf-8-sig") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def days(path: Path, **options) -> dict[int, tuple]:
    """Record -> (day, followers, reach, blocks, flags)."""
    rows = {e.record: e.rows["channel_users"][0] for block in reading(path, **options) for e in block.entries}
    return {record: (str(day_of(r["day_no"])), r["followers"], r["targeted_reaches"], r["blocks"], r["flags"])
            for record, r in rows.items()}


def refused(path: Path, **options) -> dict[int, str]:
    return {r.record: r.reason for block in reading(path, **options) for r in block.rejected}


def expected(name: str) -> list[tuple[int, str, str, set[str]]]:
    """(record, outcome, values, flags or reason) from the document."""
    text = (FORMATS / "EXPECTED.md").read_text("utf-8").split(f"\n## {name}\n")[1].split("\n## ")[0]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")]
    return [(int(r[0]), r[2], r[3], set(filter(None, r[4].split(", ")))) for r in rows if r[0].isdigit()]


@pytest.mark.reference
@needs_reference
@pytest.mark.parametrize(("name", "outcomes"), [
    ("line_oa_friend_overview.csv", {"read": 20, "inserted": 15, "merged": 1, "skipped": 0, "quarantined": 4}),
    ("line_insight_followers.json", {"read": 12, "inserted": 7, "merged": 1, "skipped": 2, "quarantined": 2}),
])
def test_every_record_of_the_reference_file_ends_as_documented(name, outcomes, sqlite_store):
    result = import_entries(sqlite_store, reading(FORMATS / name))
    assert {key: getattr(result, key) for key in outcomes} == outcomes
    documented = expected(name)
    accepted = [flags for _, outcome, _, flags in documented if outcome == "accept"]
    assert result.flags == {f: sum(f in flags for flags in accepted) for f in sorted(set().union(*accepted))}
    refusals = [next(iter(reason)) for _, outcome, _, reason in documented if outcome == "quarantine"]
    assert result.reasons == {code: refusals.count(code) for code in sorted(set(refusals))}
    again = import_entries(sqlite_store, reading(FORMATS / name))
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, outcomes["inserted"])


@pytest.mark.reference
@needs_reference
@pytest.mark.parametrize("name", ["line_oa_friend_overview.csv", "line_insight_followers.json"])
def test_the_stored_series_has_the_documented_days_flags_and_reachable_users(name, sqlite_store):
    import_entries(sqlite_store, reading(FORMATS / name))
    with sqlite_store.connect() as connection:
        stored = {str(day_of(r["day_no"])): r for r in connection.execute(sa.select(channel_users)).mappings()}
    for _, outcome, values, flags in expected(name):
        if outcome != "accept":
            continue
        row = stored[values[:10]]
        assert set(row["flags"].split()) == flags
        if "reachable null" not in values and "reachable" in values:
            reachable = int(values.split("reachable ")[1].split(";")[0])
            assert row["followers"] - row["blocks"] == reachable


@pytest.mark.reference
@needs_reference
def test_demographics_are_stored_as_given_under_the_day_of_the_file(tmp_path, sqlite_store):
    path = tmp_path / "demographic.json"
    path.write_bytes((FORMATS / "line_insight_demographic.json").read_bytes())
    os.utime(path, (NOW.timestamp() - 86_400 * 30,) * 2)
    result = import_entries(sqlite_store, reading(path))
    assert (result.read, result.inserted, result.flags) == (1, 1, {})
    with sqlite_store.connect() as connection:
        rows = connection.execute(sa.select(channel_demographic)).mappings().all()
    assert len(rows) == 36
    assert {row["asked_day_no"] for row in rows} == {day_no(date(2025, 5, 2))}
    sums = {}
    for row in rows:
        sums[row["part"]] = sums.get(row["part"], 0) + row["percentage"]
    assert {part: round(total, 1) for part, total in sums.items()} == {
        "genders": 100.0, "ages": 100.1, "areas": 100.0, "appTypes": 100.0, "subscriptionPeriods": 99.9}


HEAD = "date,contacts,targetReaches,blocks\n"


def test_all_spellings_of_a_day_and_a_count_are_read(tmp_path):
    lines = ('20250301,"41,000",18020,9010', "2025-03-02,41052,18011,9031", "2025/03/03,41120,,9025",
             "25680304,๔๑๑๗๗,18005,9040")
    assert list(days(written(tmp_path, HEAD + "\n".join(lines))).values()) == [
        ("2025-03-01", 41000, 18020, 9010, ""), ("2025-03-02", 41052, 18011, 9031, ""),
        ("2025-03-03", 41120, None, 9025, ""), ("2025-03-04", 41177, 18005, 9040, "be_year thai_digits")]


@pytest.mark.parametrize(("text", "encoding"), [
    ("date\tcontacts\ttargetReaches\tblocks\r\n20250301\t10\t5\t1\r\n", "utf-8-sig"),
    ("日付,総友だち数,ターゲットリーチ,ブロック数\n2025/03/01,10,5,1\n", "cp932"),
    ("วันที่;ผู้ติดตาม;ผู้รับสารตามเป้าหมาย;ผู้บล็อก\n1 มี.ค. 2568;10;5;1\n", "cp874"),
    ("date,followers,targeted_reaches,blocks\n01/03/2025,10,5,1\n", "utf-8"),
])
def test_tabs_japanese_and_thai_headings_and_our_own_table_are_read(tmp_path, text, encoding):
    assert days(written(tmp_path, text, encoding=encoding))[1][:4] == ("2025-03-01", 10, 5, 1)


def test_a_spreadsheet_is_read_as_a_table(tmp_path):
    book = openpyxl.Workbook()
    for row in (["date", "followers", "targeted_reaches", "blocks"], [datetime(2025, 3, 1), 10, 5, 1]):
        book.active.append(row)
    book.save(tmp_path / "u.xlsx")
    assert days(tmp_path / "u.xlsx")[1] == ("2025-03-01", 10, 5, 1, "")


def test_gaps_and_falling_counts_are_seen_over_the_sorted_series_without_later_repeats(tmp_path):
    text = HEAD + "20250305,110,1,1\n20250301,100,1,1\n20250302,105,1,1\n20250302,999,1,1\n20250306,108,1,1\n"
    flags = {record: row[4] for record, row in days(written(tmp_path, text)).items()}
    assert flags == {1: "gap", 2: "", 3: "", 4: "", 5: "counter_decreased"}


def test_a_repeated_day_is_flagged_like_the_first_so_that_it_compares_equal(tmp_path):
    text = HEAD + "20250301,100,1,1\n20250303,110,1,1\n20250303,110,1,1\n"
    found = days(written(tmp_path, text))
    assert found[2] == found[3]
    assert found[2][4] == "gap"


def test_a_step_of_more_than_five_per_cent_a_day_is_flagged(tmp_path):
    text = HEAD + "20250301,40000,1,1\n20250302,43000,1,1\n20250312,50000,1,1\n"
    assert [row[4] for row in days(written(tmp_path, text)).values()] == ["", "big_step", "gap"]


@pytest.mark.parametrize(("line", "reason"), [
    ("20250230,1,1,1", "bad_date"), ("1/3/24,1,1,1", "ambiguous_year"), ("20250602,1,1,1", "future_date"),
    ("20250310,,,", "missing_value"), ("20250310,10,5,11", "inconsistent"), ("20250310,10,11,1", "inconsistent"),
    ("20250310,-10,,", "inconsistent"), ("20250310,many,1,1", "bad_number"), ("20250310,1,1,1,1", "bad_row"),
])
def test_records_that_cannot_be_used_are_refused_with_a_reason(tmp_path, line, reason):
    assert refused(written(tmp_path, f"{HEAD}{line}\n")) == {1: reason}


def test_the_line_day_of_now_is_that_of_utc_plus_nine(tmp_path):
    evening = datetime(2025, 6, 1, 15, 30, tzinfo=UTC)
    assert refused(written(tmp_path, f"{HEAD}20250602,1,1,1\n"), now=evening) == {}


def test_another_channel_of_the_profile_has_its_own_series(tmp_path):
    text = "date,followers,blocks,channel\n20250301,100,1,LINE\n20250303,50,1,เว็บไซต์\n20250304,1,1,moon\n"
    path = written(tmp_path, text)
    entries = [e for block in reading(path) for e in block.entries]
    assert [(e.rows["channel_users"][0]["channel"], e.flags) for e in entries] == [("line", ()), ("web", ())]
    assert refused(path) == {3: "unknown_channel"}


def test_quarantine_shows_the_counts_and_hides_everything_else(tmp_path):
    path = written(tmp_path, "date,followers,remark\n20250230,10,someone 000-000-0000\n")
    raw = [r.raw for block in reading(path) for r in block.rejected]
    assert raw == [{"date": "20250230", "followers": "10", "remark": "•••"}]


def answers(tmp_path: Path, content: object, name: str = "insight.json") -> Path:
    return written(tmp_path, json.dumps(content), name, "utf-8")


def test_a_single_answer_takes_its_day_from_the_file_name_or_the_caller(tmp_path):
    answer = {"status": "ready", "followers": "7620", "targetedReaches": 5848, "blocks": 237}
    named = answers(tmp_path, answer, "followers_20250301.json")
    assert days(named)[1] == ("2025-03-01", 7620, 5848, 237, "")
    plain = answers(tmp_path, answer)
    assert days(plain, asked=date(2025, 3, 2))[1][0] == "2025-03-02"
    assert refused(plain) == {1: "bad_date"}


def test_an_answer_without_numbers_is_skipped_or_refused_never_zero(tmp_path):
    path = answers(tmp_path, [{"date": "20250301", "response": answer} for answer in (
        {"status": "unready"}, {"status": "out_of_service"}, {"status": "ready"}, {"message": "bad"}, {"status": "?"},
        None, {"status": "ready", "followers": 10})])
    block = next(iter(reading(path)))
    assert [(s.record, s.reason) for s in block.skipped] == [(1, "not_ready"), (2, "not_ready")]
    assert {r.record: r.reason for r in block.rejected} == {
        3: "missing_value", 4: "api_error", 5: "unknown_status", 6: "api_error"}
    assert [e.flags for e in block.entries] == [("missing_blocks",)]


def test_demographics_that_are_not_available_are_skipped(tmp_path):
    block = next(iter(reading(answers(tmp_path, {"available": False}))))
    assert [s.reason for s in block.skipped] == ["not_ready"]


def test_an_unknown_class_is_kept_and_both_age_codes_together_are_flagged(tmp_path):
    ages = [{"age": "from50", "percentage": 60.0}, {"age": "from50to54", "percentage": 60.0}]
    content = {"available": True, "ages": ages, "moods": [{"mood": "sunny", "percentage": 100}]}
    entry = next(iter(reading(answers(tmp_path, content), asked=date(2025, 3, 1)))).entries[0]
    assert entry.flags == ("sum_not_100",)
    assert entry.rows["channel_demographic"][2]["class"] == "sunny"


def test_a_share_above_one_hundred_is_refused(tmp_path):
    content = {"available": True, "ages": [{"age": "from50", "percentage": 160}]}
    assert refused(answers(tmp_path, content), asked=date(2025, 3, 1)) == {1: "inconsistent"}


def test_a_file_of_another_kind_says_which(tmp_path):
    path = written(tmp_path, HEAD + "20250301,1,1,1\n")
    for kind, options, code in (("survey", {}, "entries_other_kind"), ("users", {"format": "nope"}, "entries_format"),
                                ("users", {"format": "line_insight"}, "entries_other_format")):
        with pytest.raises(BadFile) as caught:
            open_entries(kind, path, PROFILE, **options)
        assert caught.value.code == code
        assert all(t(f"badfile.{code}", lang, **caught.value.values) for lang in LANGS)
    with pytest.raises(BadFile, match="entries_unknown"):
        reading(written(tmp_path, "a,b\n1,2\n"))


def test_a_heading_alone_is_a_file_without_records(tmp_path):
    assert list(reading(written(tmp_path, HEAD))) == []


def test_the_reading_says_what_it_reads(tmp_path):
    found = reading(written(tmp_path, HEAD + "20250301,1,1,1\n"))
    assert (found.kind, found.format, found.source) == ("users", "line_oa", "line_oa")
    assert found.columns == ["date", "contacts", "targetReaches", "blocks"]
    assert len(found.sha256) == 64
    assert [block.bytes_done for block in found] == [found.total_bytes]
