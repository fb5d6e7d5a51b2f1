"""When the city's offices are open: working days less public holidays, and office time between two moments.

Public holidays come from the library `holidays`; the profile adds or removes days. Office time is an analyst's clock:
the promise itself runs day and night, and nothing here moves a due time.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import day_no, day_of, micros

DAY = 86_400_000_000  # microseconds
CATEGORIES = ("public", "government")


@dataclass(frozen=True)
class OfficeCalendar:
    """Opening and closing time as wall-clock time of `tz`; `weekdays` are worked, 0 = Monday."""

    tz: ZoneInfo
    opens: timedelta
    closes: timedelta
    weekdays: frozenset[int]
    country: str
    added: frozenset[date] = frozenset()
    removed: frozenset[date] = frozenset()

    def off(self, days: np.ndarray) -> np.ndarray:
        """Whether each day number is a weekend day or a holiday."""
        if not len(days):
            return np.zeros(0, dtype=bool)
        first, table = _off(self, day_of(days.min()).year, day_of(days.max()).year)
        return table[np.asarray(days) - first]

    def holidays(self, first: int, last: int) -> np.ndarray:
        """Days from `first` to `last` (day numbers, both included) that are off only because they are holidays."""
        days = np.arange(first, last + 1)
        return days[self.off(days) & np.isin(weekday(days), list(self.weekdays))]


def office_calendar(profile: Profile) -> OfficeCalendar:
    clock = profile.clock
    return OfficeCalendar(
        profile.tz, _time(clock.opens), _time(clock.closes), frozenset(clock.working_days), clock.country,
        frozenset(clock.holidays_add), frozenset(clock.holidays_remove),
    )  # fmt: skip


def weekday(days: np.ndarray) -> np.ndarray:
    """0 = Monday of day numbers."""
    return (days + 3) % 7


def office_micros(received: np.ndarray, ended: np.ndarray, calendar: OfficeCalendar) -> np.ndarray:
    """Microseconds during which the office was open between two moments (µs); 0 when the end lies before."""
    received, ended = np.asarray(received, dtype="int64"), np.asarray(ended, dtype="int64")
    if not received.size:
        return np.zeros(0, dtype="int64")
    first, last = min(received.min(), ended.min()), max(received.max(), ended.max())
    # a local day can lie one day off the UTC day
    years = (day_of(first // DAY - 1).year, day_of(last // DAY + 1).year)
    opened, length, before = _hours(calendar, *years)
    if not len(opened):
        return np.zeros(len(received), dtype="int64")

    def run(moment: np.ndarray) -> np.ndarray:
        """Office time from the start of the table to `moment`."""
        i = np.searchsorted(opened, moment, side="right") - 1
        inside = np.minimum(moment - opened[i], length[i])
        return np.where(i < 0, 0, before[i] + inside)

    return np.maximum(run(ended) - run(received), 0)


@cache
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Public and government holidays of a country ("" = none known); days in lieu and bridge days included."""
    if not country:
        return frozenset()
    from holidays import country_holidays

    known = country_holidays(country).supported_categories
    return frozenset(country_holidays(country, years=year, categories=[c for c in CATEGORIES if c in known]))


@cache
def _off(calendar: OfficeCalendar, first_year: int, last_year: int) -> tuple[int, np.ndarray]:
    """(day number of 1 January of the first year, off or not for each day up to the end of the last year)."""
    first, end = day_no(date(first_year, 1, 1)), day_no(date(last_year + 1, 1, 1))
    table = ~np.isin(weekday(np.arange(first, end)), list(calendar.weekdays))
    closed = {day for year in range(first_year, last_year + 1) for day in public_holidays(calendar.country, year)}
    for day in (closed - calendar.removed) | calendar.added:
        if first_year <= day.year <= last_year:
            table[day_no(day) - first] = True
    return first, table


@cache
def _hours(calendar: OfficeCalendar, first_year: int, last_year: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Opening moment (µs), length and office time before it, of each working day of these years."""
    first, table = _off(calendar, first_year, last_year)
    midnights = [
        datetime.combine(day_of(first + i), datetime.min.time(), calendar.tz) for i in np.flatnonzero(~table).tolist()
    ]
    # wall-clock arithmetic: on the day the clocks change the office still opens at its hour
    opened = np.array([micros(midnight + calendar.opens) for midnight in midnights], dtype="int64")
    closed = np.array([micros(midnight + calendar.closes) for midnight in midnights], dtype="int64")
    length = closed - opened
    return opened, length, np.cumsum(length) - length


def _time(words: str) -> timedelta:
    """Time since midnight of a clock time like 08:30."""
    hours, minutes = words.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
