"""Every row of the complaint tables in EXPECTED.md, read from the document itself."""

import re
from datetime import datetime
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from nakhon_dash.domain.profile import read_profile
from nakhon_dash.ingest.reading import open_complaints

ROOT = Path(__file__).parents[3]
FORMATS = ROOT.parent / "shared" / "reference" / "formats"
EXPECTED = FORMATS / "EXPECTED.md"
FILES = (
    "traffy_classic.csv", "traffy_classic_cp874.csv", "traffy_2023.csv", "traffy_api.csv", "traffy_exchange.csv",
    "open311_requests.json", "boston.csv", "chicago.csv", "nyc.csv",
)
PROFILE = read_profile(ROOT / "data" / "city.toml")
STATES = {
    "waiting": ("received", None), "open": ("received", None), "in_progress": ("in_progress", None),
    "follow_up": ("in_progress", None), "finished": ("closed", "fixed"), "referred": ("closed", "referred_out"),
    "deferred": ("in_progress", "deferred_to_budget"), "not_actionable": ("closed", "not_actionable"),
    "unknown": ("unknown", None),
}
# Not kept by design: personal, or not needed for any figure.
DROPPED = ("zip", "ward", "precinct", "facility", "service_code", "confirmed", "province", "descriptor", "key ")
TIME = r"(\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d)"

pytestmark = [
    pytest.mark.reference, pytest.mark.skipif(not EXPECTED.exists(), reason="the reference files are not here"),
]


def tables(name: str) -> list[list[str]]:
    text = EXPECTED.read_text("utf-8").split(f"\n## {name}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row for row in rows if row[0].isdigit() and len(row) == 6]


def cases() -> list[tuple[str, int]]:
    return [(name, int(row[0])) for name in FILES for row in tables(name)] if EXPECTED.exists() else [("", 0)]


@cache
def read(name: str) -> tuple[dict[int, dict], dict[int, str]]:
    blocks = list(open_complaints(FORMATS / name, PROFILE))
    rows = {row["record"]: row for block in blocks for row in block.rows.to_dict("records")}
    return rows, {r.record: r.reason for block in blocks for r in block.rejected}


def micros(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp() * 1_000_000)


@pytest.mark.parametrize(("name", "record"), cases())
def test_a_record_is_read_as_the_document_says(name, record):
    rows, rejected = read(name)
    _, ident, outcome, values, finding, _ = next(row for row in tables(name) if int(row[0]) == record)
    if outcome == "quarantine" and finding != "duplicate_conflict":  # which of two records stays: the store decides
        assert rejected[record] == finding
        assert record not in rows
        return
    row = rows[record]
    assert row["source_id"] == ident.strip('"')
    if outcome == "accept":
        assert sorted(row["flags"].split()) == sorted(filter(None, finding.split(", ")))
        for part in filter(None, (part.strip() for part in values.split(";"))):
            check(part, row)


def check(part: str, row: dict) -> None:
    if part.startswith(DROPPED):
        return
    for pattern, test in CHECKS:
        found = re.fullmatch(pattern, part)
        if found:
            test(row, *found.groups())
            return
    raise AssertionError(f"nothing checks {part!r}")


def at(field):
    def same_time(row, written):
        # the document leaves out fractions of a second
        assert abs(row[field] - micros(written)) < 1_000_000

    return same_time


def null(*fields):
    def is_null(row):
        assert all(pd.isna(row[field]) for field in fields)

    return is_null


def equals(field, convert=str):
    def is_equal(row, written):
        assert row[field] == convert(written)

    return is_equal


def status(row, word, outcome=None):
    expected = STATES[word] if not outcome else (STATES[word][0], outcome)
    assert row["status"] == expected[0]
    if not (row["outcome"] == "duplicate" and not outcome):
        assert row["outcome"] == expected[1]


def finished(row, written, hours, verdict=None):
    at("closed_at")(row, written)
    assert (row["closed_at"] - row["received_at"]) / 3.6e9 == pytest.approx(float(hours), abs=0.006)
    if verdict in ("within 48 h", "late"):
        assert (verdict == "within 48 h") == (row["closed_at"] - row["received_at"] <= 48 * 3.6e9)


def on_time(row, verdict):
    if verdict == "null":
        assert row["due_from"] is None
    else:
        assert verdict.startswith("on time") == (row["closed_at"] <= row["due_at"])


def point(row, lat, lon, zone=None):
    assert (row["lat"], row["lon"]) == pytest.approx((float(lat), float(lon)))
    if zone:
        assert row["zone"] == zone


def both(*tests):
    def every(row, *values):
        for test in tests:
            test(row, *values)

    return every


def yes(field):
    def is_yes(row, word):
        assert row[field] == (1 if word == "yes" else 0)

    return is_yes


def labels(row, written):
    assert (row["labels"] or "").split("|") == (written.split(", ") if written else [""])


def open_late(row):
    assert pd.isna(row["closed_at"])
    assert row["due_from"] == "source"


CHECKS = (
    (rf"received {TIME}", at("received_at")),
    (rf"received = finished_at {TIME} \(0 h\)", both(at("received_at"), at("closed_at"))),
    (rf"finished_at {TIME} \(([\d.]+) h(?:, (.*))?\)", finished),
    (rf"finished_at {TIME}", at("closed_at")),
    (r"finished_at null", null("closed_at")),
    (rf"finished_at null, finish_proxy {TIME}", both(lambda row, _: null("closed_at")(row), at("modified_at"))),
    (rf"finished_at null \(earlier close {TIME} kept as history\)",
     both(lambda row, _: null("closed_at")(row), at("prior_closed_at"))),
    (rf"due_at = finished_at {TIME} \([\d.]+ h\)", both(at("due_at"), at("closed_at"))),
    (rf"due_at {TIME}", at("due_at")),
    (rf"due_at {TIME} met", both(at("due_at"), lambda row, _: on_time(row, "on time"))),
    (rf"due_at {TIME} missed", both(at("due_at"), lambda row, _: on_time(row, "late"))),
    (r"due_at null", null("due_at")),
    (r"started null", null("first_response_at")),
    (rf"started {TIME}", at("first_response_at")),
    (r"status (\w+)", status),
    (r"status (\w+), outcome (duplicate)", status),
    (r"status (in_progress) \(blocked: procurement\)",
     both(status, lambda row, _: equals("blocked_reason")(row, "procurement"))),
    (r"categories \[(.*)\]", labels),
    (r"star null", null("stars")),
    (r"star (\d)", equals("stars", int)),
    (r"reopen_count (\d)", equals("reopen_count", int)),
    (r"([\d.]+), (-?[\d.]+)", point),
    (r"([\d.]+), (-?[\d.]+) kept", point),
    (r"([\d.]+), (-?[\d.]+) zone (\d+)", point),
    (r"lat, lon null", null("lat", "lon", "h3_9")),
    (r"zone null", null("zone")),
    (r"zone (\d+) from the \w+ text", equals("zone")),
    (r"tambon (\d+)", equals("tambon")),
    (r"case_id (\S+)(?: \(text\))?", equals("source_id")),
    (r"photo_after (yes|no)", yes("photo_after")),
    (r"photo (yes|no)", yes("photo_before")),
    (r"parent (\S+)", equals("parent_id")),
    (r"legacy id (\S+)", equals("case_no")),
    (r"neighborhood null", null("community")),
    (r"(on time|late|computed on time|late against its own due time)",
     lambda row, word: on_time(row, word.removeprefix("computed "))),
    (r"on time (null)", on_time),
    (r"late once the as-of time is past the target", open_late),
)


@pytest.mark.parametrize("name", FILES)
def test_every_record_of_a_file_is_accounted_for(name):
    rows, rejected = read(name)
    written = {int(row[0]) for row in tables(name)}
    assert rows.keys() | rejected.keys() == written
    assert not rows.keys() & rejected.keys()
