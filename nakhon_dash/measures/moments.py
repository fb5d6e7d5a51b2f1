"""As of when figures speak if nobody says so."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from nakhon_dash.domain.view import micros
from nakhon_dash.store.batches import data_time

FRESH = timedelta(hours=24)


def spoken_moment(engine: sa.Engine, now: datetime | None = None) -> int:
    """Now while data is fresh, else the last event known (µs): open cases of an old file are not late by its age."""
    at = micros(now or datetime.now(UTC))
    known = data_time(engine, at)
    fresh = int(FRESH.total_seconds()) * 1_000_000
    return at if known is None or at - known <= fresh else known
