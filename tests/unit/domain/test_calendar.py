"""Office hours: which days are worked, and how much office time lies between two moments."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nakhon_dash.domain.calendar import OfficeCalendar, office_calendar, office_micros, public_holidays
from nakhon_dash.domain.profile import ROOT, read_profile
from nakhon_dash.domain.view import day_no, micros

THAI = ZoneInfo("Asia/Bangkok")
NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3_600_000_000
CITY = OfficeCalendar(THAI, timedelta(hours=8.5), timedelta(hours=16.5), frozenset(range(5)), "TH")
BOSTON = OfficeCalendar(NEW_YORK, timedelta(0), timedelta(hours=24), frozenset(range(7)), "")


def hours(first, last, calendar=CITY, tz=THAI):
    """Office hours between two local moments, 2026-04-10T08:30."""
    a, b = (np.array([micros(datetime.fromisoformat(m).replace(tzinfo=tz))]) for m in (first, last))
    return float(office_micros(a, b, calendar)[0]) / HOUR


def by_hand(first, last, calendar):
    """Every day in turn, with nothing shared with the module but the list of holidays."""
    a, b = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=m) for m in (first, last))
    total = timedelta(0)
    day = a.astimezone(calendar.tz).date() - timedelta(days=1)
    while day <= b.astimezone(calendar.tz).date():
        off = day in (public_holidays(calendar.country, day.year) - calendar.removed) | calendar.added
        if day.weekday() in calendar.weekdays and not off:
            midnight = datetime(day.year, day.month, day.day, tzinfo=calendar.tz)
            opens, closes = ((midnight + t).astimezone(UTC) for t in (calendar.opens, calendar.closes))
            total += max(min(b, closes) - max(a, opens), timedelta(0))
        day += timedelta(days=1)
    return total // timedelta(microseconds=1)


def test_the_holidays_of_2026_are_those_announced():
    # Songkran, Makha Bucha, Chakri, Labour Day, Coronation, Ploughing, Visakha in lieu, King Rama IX, Constitution
    known = ["03-03", "04-06", "04-13", "04-14", "04-15", "05-01", "05-04", "05-13", "06-01", "10-13", "12-10"]
    assert {date.fromisoformat(f"2026-{day}") for day in known} <= public_holidays("TH", 2026)
    assert date(2026, 11, 24) not in public_holidays("TH", 2026)  # Loy Krathong: offices are open
    assert public_holidays("", 2026) == frozenset()


def test_the_city_adds_and_removes_days():
    profile = read_profile(ROOT / "data" / "city.toml")
    clock = profile.clock.model_copy(update={"holidays_add": [date(2026, 11, 24)],
                                             "holidays_remove": [date(2026, 5, 13)]})  # fmt: skip
    own = office_calendar(profile.model_copy(update={"clock": clock}))
    days = np.array([day_no(date(2026, 11, 24)), day_no(date(2026, 5, 13)), day_no(date(2026, 4, 13))])
    assert own.off(days).tolist() == [True, False, True]
    assert CITY.off(days).tolist() == [False, True, True]


def test_holidays_on_a_weekend_are_not_counted_twice():
    first, last = day_no(date(2026, 5, 30)), day_no(date(2026, 6, 1))  # Saturday, Visakha on Sunday, in lieu on Monday
    assert CITY.holidays(first, last).tolist() == [last]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-10T08:30", "2026-03-10T16:30", 8),
        ("2026-03-10T16:30", "2026-03-11T08:30", 0),
        ("2026-03-10T16:00", "2026-03-11T09:00", 1),
        ("2026-03-06T16:00", "2026-03-09T09:00", 1),  # over a weekend
        ("2026-04-10T16:30", "2026-04-16T08:30", 0),  # over Songkran
        ("2026-03-07T10:00", "2026-03-08T22:00", 0),
        ("2026-12-30T16:30", "2027-01-04T09:30", 1),
        ("2026-03-10T12:00", "2026-03-10T09:00", 0),  # clocks disagree
    ],
)
def test_office_time_ends_at_the_boundaries(first, last, expected):
    assert hours(first, last) == expected


def test_the_day_the_clocks_change_is_an_hour_shorter_or_longer():
    assert hours("2026-03-08T00:00", "2026-03-09T00:00", BOSTON, NEW_YORK) == 23
    assert hours("2026-11-01T00:00", "2026-11-02T00:00", BOSTON, NEW_YORK) == 25


def test_no_cases_and_no_working_days_are_no_time():
    never = OfficeCalendar(THAI, timedelta(0), timedelta(hours=24), frozenset(), "TH")
    assert len(office_micros(np.zeros(0), np.zeros(0), CITY)) == 0
    assert hours("2026-03-10T08:30", "2026-03-20T08:30", never) == 0
    assert len(CITY.off(np.zeros(0, dtype="int64"))) == 0


moments = st.integers(micros(datetime(2024, 12, 20, tzinfo=UTC)), micros(datetime(2026, 2, 1, tzinfo=UTC)))
calendars = st.sampled_from([CITY, BOSTON, OfficeCalendar(NEW_YORK, timedelta(hours=1), timedelta(hours=9),
                                                          frozenset({0, 2, 6}), "US")])  # fmt: skip


@given(moments, moments, moments, calendars)
def test_office_time_adds_up_and_never_passes_calendar_time(a, b, c, calendar):
    a, b, c = sorted((a, b, c))
    first, second, whole = office_micros(np.array([a, b, a]), np.array([b, c, c]), calendar)
    assert first + second == whole
    assert 0 <= whole <= c - a


@given(moments, moments, calendars)
def test_office_time_is_what_counting_by_hand_gives(a, b, calendar):
    a, b = sorted((a, b))
    assert office_micros(np.array([a]), np.array([b]), calendar)[0] == by_hand(a, b, calendar)
