"""One number for the whole content of a store: the same content gives the same digest on every engine.

Left out: ids, batches, change numbers, the time of learning and replaced versions, which depend on the way and not on
what is known.
"""

import hashlib
from collections.abc import Sequence

import sqlalchemy as sa

from nakhon_dash.store.schema import (
    annotation,
    channel_demographic,
    channel_users,
    complaint,
    complaint_event,
    quarantine,
    survey_answer,
    survey_question,
)

OF_THE_WAY = ("id", "batch_id", "rev", "known_from", "known_at", "complaint_id")
ROWS_AT_ONCE = 10_000
MODULUS = 1 << 128


def digest(engine: sa.Engine) -> str:
    """32 hexadecimal digits over every stored row and every record in quarantine, whatever their order."""
    total = 0
    with engine.connect() as connection:
        for name, columns, source in _parts():
            statement = sa.select(*columns).select_from(source)
            streamed = connection.execution_options(stream_results=True).execute(statement)
            for rows in streamed.partitions(ROWS_AT_ONCE):
                total += _sum(name, rows)
    return f"{total % MODULUS:032x}"


def _parts() -> list[tuple[str, list[sa.Column], sa.FromClause]]:
    plain = [(table.name, _content(table), table) for table in (
        complaint, channel_users, channel_demographic, survey_question, survey_answer, annotation, quarantine)]
    cases = complaint_event.join(complaint, complaint.c.id == complaint_event.c.complaint_id)
    events = [complaint.c.source, complaint.c.source_id, *_content(complaint_event)]
    return [*plain, (complaint_event.name, events, cases)]


def _content(table: sa.Table) -> list[sa.Column]:
    own = OF_THE_WAY if table is not survey_answer else OF_THE_WAY[:-1]  # there complaint_id is the source's own
    return [column for column in table.columns if column.name not in own]


def _sum(name: str, rows: Sequence[sa.Row]) -> int:
    """A sum does not depend on the order of rows, and counts equal rows twice."""
    made = (hashlib.blake2b(f"{name}{tuple(row)!r}".encode(), digest_size=16).digest() for row in rows)
    return sum(int.from_bytes(one, "big") for one in made)
