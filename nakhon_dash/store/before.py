"""What a batch overwrites or takes away, kept as it was, so that the batch can be undone."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from nakhon_dash.store import bulk
from nakhon_dash.store.rev import Change
from nakhon_dash.store.schema import tombstone, undo_log

LOG = ("batch_id", "table_name", "row_id", "before")


def keep(change: Change, table: sa.Table, batch_id: int, ids: Sequence[int]) -> None:
    """Notes rows as they are now. Call it only for rows that this batch has not written yet."""
    if not ids:
        return
    names = [column.name for column in table.columns]
    rows = bulk.find(change, table, names, {}, "id", ids)
    log = [(batch_id, table.name, row[0], _packed(names, row)) for row in rows]
    bulk.insert(change, undo_log, LOG, log)


def _packed(names: Sequence[str], row: Sequence[Any]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)


def remove(change: Change, table: sa.Table, ids: Sequence[int]) -> None:
    """Deletes rows and leaves tombstones for replicas."""
    if not ids:
        return
    bulk.insert(change, tombstone, ("table_name", "row_id", "rev"), [(table.name, row, change.rev) for row in ids])
    change.connection.execute(sa.delete(table).where(table.c.id == sa.bindparam("row")), [{"row": row} for row in ids])
