"""Versions of cases that a batch replaces, kept with the time until which they were known.

Within one batch only its last version counts: whoever looked before the batch began saw the one before it.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from nakhon_dash.store import bulk
from nakhon_dash.store.rev import Change
from nakhon_dash.store.schema import complaint, complaint_past
from nakhon_dash.store.target import Target

p = complaint_past.c
_OTHERWISE = ("id", "batch_id", "rev")  # of a version these say something else
_SHARED = [column.name for column in complaint.columns if column.name not in _OTHERWISE]


def keep(target: Target, ids: Sequence[int]) -> None:
    """Notes cases as they are now, before the batch writes them for the first time."""
    if not ids:
        return
    rows = bulk.find(target.change, complaint, ["id", "batch_id", *_SHARED], {}, "id", ids)
    columns = ["case_id", "told_by", *_SHARED, "known_until", "batch_id", "rev"]
    until = (target.known_at, target.batch_id, target.change.rev)
    bulk.insert(target.change, complaint_past, columns, [(*row, *until) for row in rows])


def hand_down(at: Change, batch_id: int) -> None:
    """What the batch replaced stays known until a later batch replaced the batch's version: as if it had never been.

    The batch's own versions and what it alone replaced are still there afterwards.
    """
    own = complaint_past.alias("own")  # what the batch told and a later one replaced

    def of_own(column: str) -> sa.ScalarSelect:
        wanted = sa.select(own.c[column]).where(own.c.told_by == batch_id, own.c.case_id == p.case_id)
        return wanted.correlate(complaint_past).scalar_subquery()

    replaced = sa.select(own.c.case_id).where(own.c.told_by == batch_id)
    at.connection.execute(
        complaint_past.update().where(p.batch_id == batch_id, p.case_id.in_(replaced))
        .values(known_until=of_own("known_until"), batch_id=of_own("batch_id"), rev=at.rev))
