"""Takes the synthetic city out of the store: its batches and no other."""

import json

import sqlalchemy as sa

from nakhon_dash.demo.plan import SOURCE
from nakhon_dash.store.rev import Change, change
from nakhon_dash.store.schema import (
    annotation,
    batch,
    channel_users,
    complaint,
    complaint_event,
    quarantine,
    survey_answer,
    survey_question,
    tombstone,
    undo_log,
)

_TABLES = (complaint_event, complaint, channel_users, survey_question, survey_answer, annotation)
_SHARED_KEYS = (channel_users, annotation)  # a real row may take the place of a synthetic one


def standing() -> sa.Select:
    """The batches of the synthetic city that have not been undone, oldest first."""
    return sa.select(batch).where(is_demo(), batch.c.undone_at.is_(None)).order_by(batch.c.id)


def is_demo() -> sa.ColumnElement[bool]:
    return sa.and_(batch.c.source == SOURCE, batch.c.synthetic == 1)


def remove(engine: sa.Engine, now: int) -> dict[str, int]:
    """Deletes every row of every demo batch in one transaction; how many rows, by table. `now` in microseconds.

    A synthetic row that a later import replaced is not deleted: it is real now. What that import would restore when it
    is undone is forgotten, so that no synthetic row can come back.
    """
    with engine.connect() as connection:
        ids = [row.id for row in connection.execute(standing())]
    if not ids:
        return {}
    with change(engine) as at:
        _forget_replaced(at, ids)
        counts = {table.name: _delete(at, table, ids) for table in _TABLES}
        for table in (undo_log, quarantine):
            at.connection.execute(sa.delete(table).where(table.c.batch_id.in_(ids)))
        at.connection.execute(sa.update(batch).where(batch.c.id.in_(ids)).values(undone_at=now, rev=at.rev))
    return {name: count for name, count in counts.items() if count}


def _delete(at: Change, table: sa.Table, ids: list[int]) -> int:
    mine = table.c.batch_id.in_(ids)
    rows = sa.select(sa.literal(table.name), table.c.id, sa.literal(at.rev)).where(mine)
    at.connection.execute(sa.insert(tombstone).from_select(["table_name", "row_id", "rev"], rows))
    return int(at.connection.execute(sa.delete(table).where(mine)).rowcount)


def _forget_replaced(at: Change, ids: list[int]) -> None:
    names = [table.name for table in _SHARED_KEYS]
    noted = sa.select(undo_log.c.id, undo_log.c.before).where(undo_log.c.table_name.in_(names))
    synthetic = [row.id for row in at.connection.execute(noted) if json.loads(row.before)["batch_id"] in ids]
    if synthetic:
        at.connection.execute(sa.delete(undo_log).where(undo_log.c.id.in_(synthetic)))
