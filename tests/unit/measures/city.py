"""A city of a few invented cases: rows straight into a store, times as hours from one Monday morning."""

from datetime import UTC, datetime

import sqlalchemy as sa

from nakhon_dash.domain.view import Scope, day_no, micros, moment_of
from nakhon_dash.store.reader import StoreReader
from nakhon_dash.store.schema import complaint

HOUR = 3_600_000_000
START = micros(datetime(2026, 3, 2, 0, 0, tzinfo=UTC))
EVERYTHING = Scope()


def at(hours: float) -> int:
    return START + round(hours * HOUR)


def case(received: float, closed: float | None = None, outcome: str | None = "fixed", **rest) -> dict:
    """Received and closed so many hours after START; due 48 hours later by the promise unless said otherwise."""
    received_at = at(received)
    row = {
        "source": "template", "received_at": received_at, "closed_at": None if closed is None else at(closed),
        "status": "received" if closed is None else "closed",
        "outcome": None if closed is None and outcome == "fixed" else outcome,
        "category": "C01", "dimension": "ENV", "department": "PH", "zone": "800101", "channel": "line",
        "due_at": received_at + 48 * HOUR, "due_from": "promise", "flags": "",
    }  # fmt: skip
    return row | rest


def fill(engine: sa.Engine, *rows: dict) -> StoreReader:
    made = []
    for i, row in enumerate(rows):
        day = moment_of(row["received_at"])
        month = day.year * 12 + day.month - 1
        derived = {"day_no": day_no(day.date()), "month_no": month, "hour": day.hour, "dow": day.weekday()}
        extra = {"row_hash": i, "batch_id": 1, "rev": 1, "reopen_count": 0}
        made.append({"source_id": f"T-{i}", "lat": None, "lon": None, "h3_9": None, "labels": None, "case_no": None}
                    | extra | derived | row)  # fmt: skip
    with engine.begin() as connection:
        if made:
            connection.execute(sa.insert(complaint), made)
    return StoreReader(engine)
