"""Times as people and systems write them, in both eras; a guess is never made."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.ingest.clock import local_from_utc, utc_from_local
from nakhon_dash.ingest.dates import read_moment
from nakhon_dash.ingest.times import Clock, read_times

BANGKOK = Clock(ZoneInfo("Asia/Bangkok"))
NEW_YORK = Clock(ZoneInfo("America/New_York"), "mdy")


def read(text, clock=BANGKOK):
    """(ISO time in the clock's zone, or the reason for none; flags)."""
    times = read_times([text], clock)
    flags = {flag for flag, marked in times.marks.items() if marked[0]}
    if not times.known[0]:
        return times.errors[0], flags
    moment = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=int(times.utc[0]))
    return moment.astimezone(clock.zone).isoformat(), flags


@pytest.mark.parametrize(
    ("text", "moment", "flags"),
    [
        ("2025-03-10 01:15:22.481337+00", "2025-03-10T08:15:22.481337+07:00", set()),
        ("2025-03-10T01:15:22Z", "2025-03-10T08:15:22+07:00", set()),
        ("2025-03-10T09:00:00+07:00", "2025-03-10T09:00:00+07:00", set()),
        ("2025-03-16 07:56:39.65888+00", "2025-03-16T14:56:39.658880+07:00", set()),
        ("10/03/2025 08:15", "2025-03-10T08:15:00+07:00", set()),
        ("1/3/2025 8:05", "2025-03-01T08:05:00+07:00", set()),
        ("10.03.2025 08.15 น.", "2025-03-10T08:15:00+07:00", set()),
        ("2025-03-10", "2025-03-10T00:00:00+07:00", set()),
        ("20250310", "2025-03-10T00:00:00+07:00", set()),
        ("16 March 2025 21:30", "2025-03-16T21:30:00+07:00", set()),
        ("45726.5", "2025-03-10T12:00:00+07:00", set()),
        ("2568-03-31 02:05:00+00", "2025-03-31T09:05:00+07:00", {"be_year"}),
        ("15/03/2568 07:40", "2025-03-15T07:40:00+07:00", {"be_year"}),
        ("15/03/68 07:40", "2025-03-15T07:40:00+07:00", {"be_year"}),
        ("29/02/2567 10:00", "2024-02-29T10:00:00+07:00", {"be_year"}),
        ("๑๖/๐๓/๒๕๖๘ ๐๙:๐๕", "2025-03-16T09:05:00+07:00", {"be_year", "thai_digits"}),
        ("16 มี.ค. 2568 09:30 น.", "2025-03-16T09:30:00+07:00", {"be_year", "thai_month"}),
        ("9 ธ.ค. 67", "2024-12-09T00:00:00+07:00", {"be_year", "thai_month"}),
        ("๒ กุมภาพันธ์ พ.ศ. ๒๕๖๘", "2025-02-02T00:00:00+07:00", {"be_year", "thai_month", "thai_digits"}),
    ],
)
def test_a_time_is_read_as_it_was_meant(text, moment, flags):
    assert read(text) == (moment, flags)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("15/03/25 07:40", "ambiguous_year"),
        ("15/03/2543 07:40", None),
        ("03/31/2025 10:00", "bad_date"),
        ("03/31/25 10:00", "bad_date"),
        ("2025-13-16 10:20:00+00", "bad_date"),
        ("2025-02-29", "bad_date"),
        ("2568-02-29 10:00", "bad_date"),
        ("2025-03-10 25:00", "bad_date"),
        ("10/03/2025 13:00 PM", "bad_date"),
        ("3 นาทีที่แล้ว", "bad_date"),
        ("soon", "bad_date"),
        ("0001-01-01", "bad_date"),
        ("", None),
    ],
)
def test_a_time_that_would_be_a_guess_has_a_reason_instead(text, reason):
    assert read_times([text], BANGKOK).errors[0] == reason


@pytest.mark.parametrize("text", ["01/01/1900 12:00:00 AM", "1900-01-01", "1899-12-30 00:00:00"])
def test_a_date_that_stands_for_none_is_none(text):
    assert read(text, NEW_YORK) == (None, {"placeholder_date"})


@pytest.mark.parametrize(
    ("text", "moment", "flags"),
    [
        ("06/11/2025 12:40:00 AM", "2025-06-11T00:40:00-04:00", set()),
        ("07/08/2025 12:10:00 PM", "2025-07-08T12:10:00-04:00", set()),
        ("11/02/2025 01:30:00 AM", "2025-11-02T01:30:00-04:00", {"dst_ambiguous"}),
        ("03/09/2025 02:30:00 AM", "2025-03-09T03:30:00-04:00", {"dst_nonexistent"}),
        ("2025-03-09 02:30:00", "2025-03-09T03:30:00-04:00", {"dst_nonexistent"}),
        ("13/06/2025 10:30:00 AM", "bad_date", set()),
    ],
)
def test_american_times_are_month_first_and_know_the_clock_changes(text, moment, flags):
    assert read(text, NEW_YORK) == (moment, flags)


def test_a_missing_zone_is_a_finding_only_where_one_is_due():
    due = Clock(ZoneInfo("Asia/Bangkok"), zone_due=True)
    assert read("2025-03-18T09:00:00", due) == ("2025-03-18T09:00:00+07:00", {"naive_time_assumed"})
    assert read("2025-03-18T09:00:00+00", due)[1] == set()


@given(st.lists(st.datetimes(datetime(1902, 1, 1), datetime(2100, 1, 1)), max_size=6))
def test_a_block_is_read_as_its_values_are_one_by_one(moments):
    texts = [m.strftime("%d/%m/%Y %H:%M:%S") for m in moments]
    times = read_times(texts, BANGKOK)
    alone = [read_moment(text).local for text in texts]
    assert local_from_utc(times.utc, BANGKOK.zone).tolist() == alone or not texts


@given(st.lists(st.integers(-(2**50), 2**51), min_size=1, max_size=20))
def test_the_local_clock_goes_there_and_back(micros):
    utc = np.array(micros, np.int64)
    local = local_from_utc(utc, NEW_YORK.zone)
    back, twice, _ = utc_from_local(local, NEW_YORK.zone)
    assert ((back == utc) | twice).all()


def test_every_text_gives_a_moment_or_a_reason():
    for text in ("//", "--", "1/1/1", "99999999", "12345", "๙๙", "31 ก.พ. 2568", "١/١/٢٠٢٥", "0/0/0000"):
        moment = read_moment(text)
        assert moment.error or moment.local
