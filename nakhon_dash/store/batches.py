"""What was imported: batches, quarantine, and what the store as a whole knows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from nakhon_dash.store.schema import FOLLOWED, batch, complaint, complaint_past, quarantine

COUNTS = ("inserted", "updated", "unchanged", "merged", "skipped", "quarantined")
TALLIES = ("reasons", "merged_by", "skipped_by", "flags")


@dataclass(frozen=True)
class Facts:
    """What the store holds: `data_at` is the latest event known (µs), `first_day` the first day of receipt."""

    data_at: int | None
    first_day: int | None
    sources: tuple[str, ...]
    synthetic: Literal["all", "some", "none"]


def facts(engine: sa.Engine, now: int) -> Facts:
    """The store at `now` (µs); nothing later than `now` counts as known."""
    with engine.connect() as connection:
        first_day = connection.execute(sa.select(sa.func.min(complaint.c.day_no))).scalar()
        return Facts(_data_time(connection, now), first_day, _sources(connection), _synthetic(connection))


def data_time(engine: sa.Engine, now: int) -> int | None:
    """The latest receipt, closing or change of a case up to `now` (µs); None without cases."""
    with engine.connect() as connection:
        return _data_time(connection, now)


def is_empty(engine: sa.Engine) -> bool:
    """Whether no case is stored."""
    with engine.connect() as connection:
        return connection.execute(sa.select(complaint.c.id).limit(1)).first() is None


def has_synthetic(engine: sa.Engine) -> bool:
    """Whether any case stored is synthetic."""
    with engine.connect() as connection:
        return _synthetic(connection) != "none"


def _data_time(connection: sa.Connection, now: int) -> int | None:
    moments = [sa.func.max(sa.case((column <= now, column)))
               for column in (complaint.c.received_at, complaint.c.closed_at, complaint.c.modified_at)]
    found = connection.execute(sa.select(*moments)).one()
    return max((moment for moment in found if moment is not None), default=None)


def _with_cases() -> sa.Exists:
    return sa.exists().where(complaint.c.batch_id == batch.c.id)


def _sources(connection: sa.Connection) -> tuple[str, ...]:
    found = connection.execute(sa.select(batch.c.source).where(_with_cases()).distinct())
    return tuple(sorted(found.scalars()))


def _synthetic(connection: sa.Connection) -> Literal["all", "some", "none"]:
    marks = set(connection.execute(sa.select(batch.c.synthetic).where(_with_cases()).distinct()).scalars())
    if 1 not in marks:
        return "none"
    return "some" if 0 in marks else "all"


def batches(engine: sa.Engine, *, kind: str | None = None) -> list[dict[str, Any]]:
    """Every batch, newest first, with its counts by code as dicts; `incomplete` marks one that was interrupted."""
    statement = sa.select(batch).order_by(batch.c.id.desc())
    with engine.connect() as connection:
        rows = connection.execute(statement.where(batch.c.kind == kind) if kind else statement).mappings().all()
    return [_readable(dict(row)) for row in rows]


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    tallies = {name: json.loads(row[name] or "{}") for name in TALLIES}
    return row | tallies | {"incomplete": row["finished_at"] is None and row["undone_at"] is None}


def quarantined(engine: sa.Engine, *, batch_id: int | None = None, reason: str | None = None,
                limit: int | None = None, offset: int = 0) -> Iterator[dict[str, Any]]:
    """Records that were refused, with the file they came from; `raw` is the record as a dict, personal data masked."""
    statement = (
        sa.select(quarantine, batch.c.file_name, batch.c.sha256, batch.c.source, batch.c.kind)
        .join(batch, batch.c.id == quarantine.c.batch_id)
        .order_by(quarantine.c.batch_id.desc(), quarantine.c.row_no).limit(limit).offset(offset)
    )
    with engine.connect() as connection:
        for row in connection.execute(_only(statement, batch_id, reason)).mappings():
            yield dict(row) | {"raw": json.loads(row["raw"])}


def _only(statement: sa.Select, batch_id: int | None, reason: str | None) -> sa.Select:
    if batch_id is not None:
        statement = statement.where(quarantine.c.batch_id == batch_id)
    return statement.where(quarantine.c.reason == reason) if reason else statement


def quarantine_count(engine: sa.Engine, *, batch_id: int | None = None) -> dict[str, int]:
    """How many records are in quarantine, by reason."""
    statement = sa.select(quarantine.c.reason, sa.func.count()).group_by(quarantine.c.reason)
    with engine.connect() as connection:
        rows = connection.execute(_only(statement, batch_id, None).order_by(quarantine.c.reason)).all()
    return {str(reason): int(count) for reason, count in rows}


def case_count(engine: sa.Engine) -> dict[str, int]:
    """How many cases are stored, by source."""
    statement = sa.select(complaint.c.source, sa.func.count()).group_by(complaint.c.source)
    with engine.connect() as connection:
        return {str(source): int(count) for source, count in connection.execute(statement.order_by(complaint.c.source))}


def row_count(engine: sa.Engine) -> dict[str, int]:
    """How many rows the other followed tables have, by table; empty ones are left out."""
    others = [table for table in FOLLOWED if table not in (complaint, complaint_past, batch)]
    with engine.connect() as connection:
        counts = {table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
                  for table in others}
    return {name: count for name, count in counts.items() if count}
