"""Takes the synthetic city out of the store: its batches and no other."""

import sqlalchemy as sa

from nakhon_dash.demo.plan import SOURCE
from nakhon_dash.store import alerts, scans
from nakhon_dash.store.schema import batch
from nakhon_dash.store.undo import undo


def is_demo() -> sa.ColumnElement[bool]:
    return sa.and_(batch.c.source == SOURCE, batch.c.synthetic == 1)


def standing() -> sa.Select:
    """The batches of the synthetic city that have not been undone, oldest first."""
    return sa.select(batch).where(is_demo(), batch.c.undone_at.is_(None)).order_by(batch.c.id)


def remove(engine: sa.Engine) -> dict[str, int]:
    """Undoes every demo batch, with the warnings and clusters it raised; how many rows went, by kind of batch.

    A synthetic row that a later import replaced stays as that import left it: it is real now.
    """
    with engine.connect() as connection:
        batches = [(row.id, row.kind) for row in connection.execute(standing())]
    counts: dict[str, int] = {}
    for number, kind in batches:
        undone = undo(engine, number, keep_later=True)
        counts[kind] = counts.get(kind, 0) + undone["removed"]
    alerts.remove_synthetic(engine)
    scans.remove_synthetic(engine)
    return counts
