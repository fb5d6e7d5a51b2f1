"""The batch row: opened, found again after an interruption, moved on with every block, closed."""

import time
from dataclasses import dataclass

import sqlalchemy as sa

from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.incoming import BatchInfo, Tally
from nakhon_dash.store.rev import Change, change
from nakhon_dash.store.schema import batch


@dataclass
class Ledger:
    """A batch at work. `done` is the last record of the blocks committed so far."""

    id: int
    began_at: int  # µs
    done: int
    tally: Tally
    earlier: list[int]  # other imports of the same file that still stand


def now() -> int:
    """Microseconds since 1970-01-01T00:00Z."""
    return time.time_ns() // 1000


def take_up(engine: sa.Engine, info: BatchInfo) -> Ledger:
    """The interrupted batch of this very file, else a new one."""
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(_same(info)).mappings()]
    ids = [row["id"] for row in rows]
    for row in rows:
        if row["finished_at"] is None:
            others = [one for one in ids if one != row["id"]]
            return Ledger(row["id"], row["started_at"], row["rows_read"], Tally.of(row), others)
    return _opened(engine, info, ids)


def preview(engine: sa.Engine, info: BatchInfo) -> Ledger:  # noqa: ARG001 (the same call as take_up)
    """A batch for a dry run: nowhere written."""
    return Ledger(0, now(), 0, Tally(), [])


def _same(info: BatchInfo) -> sa.Select:
    wanted = {batch.c.kind: info.kind, batch.c.source: info.source, batch.c.format: info.format,
              batch.c.sha256: info.sha256}
    return (
        sa.select(batch).where(*(column == value for column, value in wanted.items()))
        .where(batch.c.mapping.is_not_distinct_from(info.mapping), batch.c.undone_at.is_(None))
        .order_by(batch.c.id.desc())
    )


def _opened(engine: sa.Engine, info: BatchInfo, earlier: list[int]) -> Ledger:
    began_at = now()
    row = {"kind": info.kind, "source": info.source, "format": info.format, "sha256": info.sha256,
           "mapping": info.mapping, "file_name": info.file_name, "synthetic": int(info.synthetic), "by": info.by}
    with change(engine) as opening:
        values = row | Tally().columns() | {"started_at": began_at, "rev": opening.rev}
        made = opening.connection.execute(batch.insert().values(values).returning(batch.c.id)).scalar_one()
    return Ledger(int(made), began_at, 0, Tally(), earlier)


def move_on(at: Change, ledger: Ledger, last: int) -> None:
    """Notes a block in its own transaction; StoreError `batch_taken` when another process moved or undid the batch."""
    _set(at, ledger, rows_read=last, **ledger.tally.columns())
    ledger.done = last


def close(engine: sa.Engine, ledger: Ledger) -> None:
    """Marks the batch complete."""
    with change(engine) as closing:
        _set(closing, ledger, finished_at=now())


def _set(at: Change, ledger: Ledger, **values: object) -> None:
    statement = batch.update().where(
        batch.c.id == ledger.id, batch.c.rows_read == ledger.done, batch.c.finished_at.is_(None),
        batch.c.undone_at.is_(None))
    if at.connection.execute(statement.values(rev=at.rev, **values)).rowcount != 1:
        raise StoreError("batch_taken", batch=ledger.id)
