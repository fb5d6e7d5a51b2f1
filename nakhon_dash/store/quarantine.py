"""Records that are not stored, kept with reason and fields so that nothing is lost."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from nakhon_dash.store import bulk
from nakhon_dash.store.incoming import Refused, Tally
from nakhon_dash.store.rev import Change
from nakhon_dash.store.schema import quarantine

COLUMNS = ("batch_id", "row_no", "raw", "reason", "detail")


def refuse(change: Change, batch_id: int, earlier: Sequence[int], records: Sequence[Refused]) -> None:
    """Stores refused records; those that an `earlier` import of the same file refused already are not stored twice."""
    if not records:
        return
    known = _known(change, earlier, records)
    rows = [(batch_id, one.record, json.dumps(one.raw, ensure_ascii=False), one.reason, one.detail)
            for one in sorted(records, key=lambda one: one.record) if (one.record, one.reason) not in known]
    bulk.insert(change, quarantine, COLUMNS, rows)


def count(tally: Tally, records: Sequence[Refused]) -> None:
    for one in records:
        tally.refuse(one.reason)


def _known(change: Change, earlier: Sequence[int], records: Sequence[Refused]) -> set[tuple[int, str]]:
    if not earlier:
        return set()
    numbers = [one.record for one in records]
    statement = sa.select(quarantine.c.row_no, quarantine.c.reason).where(
        quarantine.c.batch_id.in_(earlier), quarantine.c.row_no.between(min(numbers), max(numbers)))
    return {(row_no, reason) for row_no, reason in change.connection.execute(statement)}
