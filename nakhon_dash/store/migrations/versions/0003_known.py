"""Since when each case is known as it stands, and the versions that later batches replaced.

An existing store gets both from what it has: the start of the batch that wrote the row, and the undo log, which holds
every row that a batch overwrote.
"""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROWS_AT_ONCE = 5_000


def upgrade() -> None:
    op.add_column("complaint", sa.Column("known_from", sa.BigInteger(), nullable=False, server_default="0"))
    _make_past()
    _fill()


def _make_past() -> None:
    op.create_table(
        "complaint_past", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("case_id", ID, nullable=False), sa.Column("told_by", ID, nullable=False),
        sa.Column("known_until", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False), sa.Column("source_id", sa.String(120), nullable=False),
        sa.Column("case_no", sa.String(120)), sa.Column("channel", sa.String(12)),
        sa.Column("received_at", sa.BigInteger(), nullable=False), sa.Column("first_response_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()), sa.Column("modified_at", sa.BigInteger()),
        sa.Column("status", sa.String(12), nullable=False), sa.Column("blocked_reason", sa.String(20)),
        sa.Column("outcome", sa.String(20)), sa.Column("category", sa.String(12), nullable=False),
        sa.Column("labels", sa.Text()), sa.Column("dimension", sa.String(12)),
        sa.Column("department", sa.String(12)), sa.Column("zone", sa.String(12)), sa.Column("community", sa.Text()),
        sa.Column("tambon", sa.String(12)), sa.Column("lat", sa.Float(53)), sa.Column("lon", sa.Float(53)),
        sa.Column("h3_8", sa.BigInteger()), sa.Column("h3_9", sa.BigInteger()), sa.Column("h3_10", sa.BigInteger()),
        sa.Column("stars", sa.SmallInteger()), sa.Column("reopen_count", sa.SmallInteger(), nullable=False),
        sa.Column("photo_before", sa.SmallInteger()), sa.Column("photo_after", sa.SmallInteger()),
        sa.Column("due_at", sa.BigInteger()), sa.Column("due_from", sa.String(10)),
        sa.Column("parent_id", sa.String(120)), sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False), sa.Column("batch_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False), sa.Column("day_no", sa.Integer(), nullable=False),
        sa.Column("month_no", sa.Integer(), nullable=False), sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("dow", sa.SmallInteger(), nullable=False), sa.Column("closed_day_no", sa.Integer()),
        sa.Column("res_min", sa.BigInteger()), sa.Column("res_bin", sa.SmallInteger()),
        sa.Column("known_from", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_past")),
    )
    for name in ("batch_id", "case_id", "rev", "told_by"):
        op.create_index(f"ix_complaint_past_{name}", "complaint_past", [name])


def _fill() -> None:
    """Versions in the order in which they were replaced; their change number is that of the batch that did it."""
    bind = op.get_bind()
    bind.exec_driver_sql("UPDATE complaint SET known_from = COALESCE("
                         "(SELECT started_at FROM batch WHERE batch.id = complaint.batch_id), 0)")
    batches = {row.id: row for row in bind.exec_driver_sql("SELECT id, started_at, rev FROM batch")}
    past = sa.Table("complaint_past", sa.MetaData(), autoload_with=bind)
    log = sa.table("undo_log", sa.column("id"), sa.column("batch_id"), sa.column("table_name"), sa.column("before"))
    for entries in _logged(bind, log):
        versions, befores = [], []
        for entry in entries:
            before = json.loads(entry.before)
            told = batches.get(before["batch_id"])
            before["known_from"] = told.started_at if told else 0
            befores.append({"entry": entry.id, "now": json.dumps(before, ensure_ascii=False)})
            own = {"case_id": before.pop("id"), "told_by": before["batch_id"], "batch_id": entry.batch_id,
                   "known_until": batches[entry.batch_id].started_at, "rev": batches[entry.batch_id].rev}
            versions.append(before | own)
        bind.execute(sa.insert(past), versions)
        rewritten = sa.update(log).where(log.c.id == sa.bindparam("entry")).values(before=sa.bindparam("now"))
        bind.execute(rewritten, befores)


def _logged(bind: sa.Connection, log: sa.TableClause) -> Iterator[list[Any]]:
    """The undo log's complaints in parts, oldest first."""
    last = 0
    while True:
        wanted = sa.select(log).where(log.c.table_name == "complaint", log.c.id > last)
        rows = list(bind.execute(wanted.order_by(log.c.id).limit(ROWS_AT_ONCE)))
        if not rows:
            return
        yield rows
        last = rows[-1].id
