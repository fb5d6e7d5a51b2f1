"""As of when a page speaks: now while data is fresh, else the last event known.

Open cases of an old file are not late because the file is old. `nakhon show` takes now unless told otherwise.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from nakhon_dash.domain.view import day_no, micros, moment_of

FRESH = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def spoken_moment(data_at: int | None, now: datetime) -> int:
    """The instant (µs) of every figure on a page; `data_at` is the latest event known (µs), None without data."""
    at = micros(now)
    fresh = int(FRESH.total_seconds()) * 1_000_000
    return at if data_at is None or at - data_at <= fresh else data_at


def end_of(day: date, tz: ZoneInfo) -> datetime:
    """The last microsecond of a local day."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, tz)
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def last_complete_day(as_of: int, tz: ZoneInfo) -> int:
    """The last local day that is over at `as_of` (µs); a day counts as over in its last second."""
    return day_no((moment_of(as_of) + SECOND).astimezone(tz).date() - timedelta(days=1))


def whole_days(as_of: int, tz: ZoneInfo) -> int:
    """The end of the last complete day (µs): for answers about whole days, which then last until midnight."""
    day = (moment_of(as_of) + SECOND).astimezone(tz).date() - timedelta(days=1)
    return micros(end_of(day, tz))
