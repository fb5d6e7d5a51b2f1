"""As of when a page speaks: now while data is fresh, else the last event known.

Open cases of an old file are not late because the file is old. `nakhon show` takes now unless told otherwise.
"""

from datetime import datetime, timedelta

from nakhon_dash.domain.view import micros

FRESH = timedelta(hours=24)


def spoken_moment(data_at: int | None, now: datetime) -> int:
    """The instant (µs) of every figure on a page; `data_at` is the latest event known (µs), None without data."""
    at = micros(now)
    fresh = int(FRESH.total_seconds()) * 1_000_000
    return at if data_at is None or at - data_at <= fresh else data_at
