"""Taking a batch back: what it inserted goes, what it overwrote returns, exactly."""

import json
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store import bulk, ledger, versions
from nakhon_dash.store.errors import StoreError
from nakhon_dash.store.rev import Change, change
from nakhon_dash.store.schema import (
    FOLLOWED,
    batch,
    complaint,
    complaint_event,
    complaint_past,
    quarantine,
    tombstone,
    undo_log,
)

WRITTEN = tuple(table for table in FOLLOWED if table not in (batch, complaint_past))
ROWS_AT_ONCE = 5_000


def undo(engine: sa.Engine, batch_id: int, *, keep_later: bool = False) -> dict[str, int]:
    """Restores what was before the batch, in one transaction; counts of rows removed, restored, events, quarantine.

    StoreError: `no_batch`, `already_undone`, `changed_later` (names the later batches) when rows were changed since.
    With `keep_later` such rows stay as the later batch left them, as if this batch had never been.
    """
    with change(engine) as at:
        _check(at, batch_id)
        later = _later(at, batch_id)
        if later and not keep_later:
            raise StoreError("changed_later", batch=batch_id, later=", ".join(map(str, sorted(set(later.values())))))
        _hand_down(at, batch_id, list(later))
        versions.hand_down(at, batch_id)
        _remove(at, complaint_past, sa.or_(complaint_past.c.told_by == batch_id, complaint_past.c.batch_id == batch_id))
        counts = {"restored": sum(_restore(at, table, batch_id) for table in WRITTEN), "removed": 0}
        counts["events"] = _remove_events(at, batch_id)
        counts["removed"] = sum(_remove(at, table, table.c.batch_id == batch_id) for table in WRITTEN)
        counts["quarantine"] = _delete(at, quarantine, quarantine.c.batch_id == batch_id)
        _delete(at, undo_log, undo_log.c.batch_id == batch_id)
        _mark(at, batch_id)
    return counts


def _check(at: Change, batch_id: int) -> None:
    row = at.connection.execute(sa.select(batch.c.undone_at).where(batch.c.id == batch_id)).first()
    if row is None:
        raise StoreError("no_batch", batch=batch_id)
    if row.undone_at is not None:
        raise StoreError("already_undone", batch=batch_id)


def _later(at: Change, batch_id: int) -> dict[int, int]:
    """Entries of the undo log by which other batches overwrote rows of this one -> the batch that did."""
    written_by = undo_log.c.before.cast(sa.JSON)["batch_id"].as_integer()
    if not at.on_postgres:
        written_by = sa.func.json_extract(undo_log.c.before, "$.batch_id")
    statement = sa.select(undo_log.c.id, undo_log.c.batch_id).where(undo_log.c.batch_id != batch_id)
    return {row.id: row.batch_id for row in at.connection.execute(statement.where(written_by == batch_id))}


def _hand_down(at: Change, batch_id: int, entries: list[int]) -> None:
    """Gives the later batch this batch's own memory of the row: undoing the later one then leads past this one."""
    own = undo_log.alias("own")
    for entry in entries:
        same = sa.and_(own.c.batch_id == batch_id, own.c.table_name == undo_log.c.table_name,
                       own.c.row_id == undo_log.c.row_id)
        found = at.connection.execute(
            sa.select(own.c.id, own.c.before).join(undo_log, same).where(undo_log.c.id == entry)).first()
        if found is None:  # this batch made the row: now the later one did
            _delete(at, undo_log, undo_log.c.id == entry)
            continue
        at.connection.execute(undo_log.update().where(undo_log.c.id == entry).values(before=found.before))
        _delete(at, undo_log, undo_log.c.id == found.id)


def _restore(at: Change, table: sa.Table, batch_id: int) -> int:
    columns = [column.name for column in table.columns if column.name != "id"]
    done, last = 0, 0
    while True:
        rows = at.connection.execute(
            sa.select(undo_log.c.id, undo_log.c.before).order_by(undo_log.c.id).limit(ROWS_AT_ONCE)
            .where(undo_log.c.batch_id == batch_id, undo_log.c.table_name == table.name, undo_log.c.id > last)).all()
        if not rows:
            return done
        before = [_values(json.loads(row.before), columns, at.rev) for row in rows]
        there = {row[0] for row in bulk.find(at, table, ("id",), {}, "id", [values[-1] for values in before])}
        bulk.update(at, table, columns, [values for values in before if values[-1] in there])
        bulk.insert(at, table, [*columns, "id"], [values for values in before if values[-1] not in there])
        done, last = done + len(rows), rows[-1].id


def _values(before: dict[str, Any], columns: list[str], rev: int) -> list[Any]:
    now = before | {"rev": rev}
    return [*(now[name] for name in columns), before["id"]]


def _remove_events(at: Change, batch_id: int) -> int:
    """Events that the batch told, and those of cases that go with it."""
    own = sa.select(complaint.c.id).where(complaint.c.batch_id == batch_id)
    return _remove(at, complaint_event,
                   sa.or_(complaint_event.c.batch_id == batch_id, complaint_event.c.complaint_id.in_(own)))


def _remove(at: Change, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    """Deletes rows and leaves tombstones for replicas."""
    gone = sa.select(sa.literal(table.name), table.c.id, sa.literal(at.rev)).where(which)
    at.connection.execute(tombstone.insert().from_select(["table_name", "row_id", "rev"], gone))
    return _delete(at, table, which)


def _delete(at: Change, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return at.connection.execute(sa.delete(table).where(which)).rowcount


def _mark(at: Change, batch_id: int) -> None:
    at.connection.execute(batch.update().where(batch.c.id == batch_id).values(undone_at=ledger.now(), rev=at.rev))
