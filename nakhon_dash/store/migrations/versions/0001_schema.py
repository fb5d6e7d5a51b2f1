"""The first schema: every table, the change number at 0 and the store's own id."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _complaints()
    _entries()
    _records()
    meta = sa.table("meta", sa.column("key"), sa.column("value"), sa.column("number"))
    op.bulk_insert(meta, [
        {"key": "rev", "value": None, "number": 0},
        {"key": "store_id", "value": uuid.uuid4().hex, "number": None},
    ])


def _complaints() -> None:
    op.create_table(
        "complaint", sa.Column("id", ID, nullable=False, autoincrement=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_complaint_source_source_id")),
    )
    op.create_index("ix_complaint_batch_id", "complaint", ["batch_id"])
    op.create_index("ix_complaint_day_no", "complaint", ["day_no"])
    op.create_index("ix_complaint_rev", "complaint", ["rev"])
    op.create_table(
        "complaint_event", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("complaint_id", ID, nullable=False), sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False), sa.Column("detail", sa.Text()),
        sa.Column("batch_id", ID, nullable=False), sa.Column("known_at", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_event")),
        sa.UniqueConstraint("complaint_id", "kind", "at", name=op.f("uq_complaint_event_complaint_id_kind_at")),
    )
    op.create_index("ix_complaint_event_batch_id", "complaint_event", ["batch_id"])
    op.create_index("ix_complaint_event_rev", "complaint_event", ["rev"])


def _entries() -> None:
    op.create_table(
        "annotation", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("day_from", sa.Integer(), nullable=False), sa.Column("day_to", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(12)), sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title_th", sa.Text(), nullable=False), sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False), sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", ID, nullable=False), sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annotation")),
        sa.UniqueConstraint("day_from", "kind", "title_en", name=op.f("uq_annotation_day_from_kind_title_en")),
    )
    op.create_table(
        "channel_demographic", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("channel", sa.String(12), nullable=False), sa.Column("asked_day_no", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(40), nullable=False), sa.Column("class", sa.String(60), nullable=False),
        sa.Column("percentage", sa.Float(53), nullable=False), sa.Column("source", sa.String(40), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False), sa.Column("batch_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_demographic")),
        sa.UniqueConstraint("channel", "asked_day_no", "part", "class",
                            name=op.f("uq_channel_demographic_channel_asked_day_no_part_class")),

    )
    op.create_table(
        "channel_users", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("channel", sa.String(12), nullable=False), sa.Column("day_no", sa.Integer(), nullable=False),
        sa.Column("followers", sa.BigInteger()), sa.Column("targeted_reaches", sa.BigInteger()),
        sa.Column("blocks", sa.BigInteger()), sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("source", sa.String(40), nullable=False), sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", ID, nullable=False), sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_users")),
        sa.UniqueConstraint("channel", "day_no", name=op.f("uq_channel_users_channel_day_no")),
    )
    op.create_table(
        "survey_answer", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("source", sa.String(40), nullable=False), sa.Column("wave", sa.String(40), nullable=False),
        sa.Column("respondent", sa.String(80), nullable=False), sa.Column("question", sa.String(60), nullable=False),
        sa.Column("asked_day_no", sa.Integer()), sa.Column("aspect", sa.String(20)),
        sa.Column("dimension", sa.String(12)), sa.Column("score", sa.Float(53)),
        sa.Column("scale_max", sa.SmallInteger()), sa.Column("missing", sa.String(20)),
        sa.Column("weight", sa.Float(53)), sa.Column("stratum", sa.String(40)), sa.Column("cluster", sa.String(40)),
        sa.Column("zone", sa.String(12)), sa.Column("age_band", sa.String(20)), sa.Column("gender", sa.String(20)),
        sa.Column("channel", sa.String(20)), sa.Column("complaint_id", sa.String(120)),
        sa.Column("flags", sa.Text(), nullable=False), sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", ID, nullable=False), sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("source", "wave", "respondent", "question",
                            name=op.f("uq_survey_answer_source_wave_respondent_question")),

    )
    op.create_index("ix_survey_answer_rev", "survey_answer", ["rev"])
    op.create_table(
        "survey_question", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("source", sa.String(40), nullable=False), sa.Column("question", sa.String(60), nullable=False),
        sa.Column("text_th", sa.Text()), sa.Column("text_en", sa.Text()), sa.Column("aspect", sa.String(20)),
        sa.Column("dimension", sa.String(12)), sa.Column("scale_max", sa.SmallInteger()),
        sa.Column("kind", sa.String(20), nullable=False), sa.Column("reversed", sa.SmallInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False), sa.Column("batch_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_question")),
        sa.UniqueConstraint("source", "question", name=op.f("uq_survey_question_source_question")),
    )


def _records() -> None:
    op.create_table(
        "batch", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("kind", sa.String(20), nullable=False), sa.Column("source", sa.String(40), nullable=False),
        sa.Column("synthetic", sa.SmallInteger(), nullable=False), sa.Column("file_name", sa.Text()),
        sa.Column("sha256", sa.String(64)), sa.Column("format", sa.String(40)), sa.Column("mapping", sa.Text()),
        sa.Column("started_at", sa.BigInteger(), nullable=False), sa.Column("finished_at", sa.BigInteger()),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("inserted", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("merged", sa.BigInteger(), nullable=False), sa.Column("skipped", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False), sa.Column("reasons", sa.Text()),
        sa.Column("merged_by", sa.Text()), sa.Column("skipped_by", sa.Text()), sa.Column("flags", sa.Text()),
        sa.Column("undone_at", sa.BigInteger()), sa.Column("by", sa.String(80)),
        sa.Column("rev", sa.BigInteger(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_table(
        "export_log", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("at", sa.BigInteger(), nullable=False), sa.Column("by", sa.String(80)),
        sa.Column("what", sa.Text(), nullable=False), sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("rev", sa.BigInteger()), sa.PrimaryKeyConstraint("id", name=op.f("pk_export_log")),
    )
    op.create_table(
        "meta", sa.Column("key", sa.String(40), nullable=False), sa.Column("value", sa.Text()),
        sa.Column("number", sa.BigInteger()), sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "quarantine", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("batch_id", ID, nullable=False), sa.Column("row_no", sa.BigInteger(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False), sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("detail", sa.Text()), sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("batch_id", "row_no", name=op.f("uq_quarantine_batch_id_row_no")),
    )
    op.create_table(
        "tombstone", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("table_name", sa.String(40), nullable=False), sa.Column("row_id", ID, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
    )
    op.create_index("ix_tombstone_rev", "tombstone", ["rev"])
    op.create_table(
        "undo_log", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("batch_id", ID, nullable=False), sa.Column("table_name", sa.String(40), nullable=False),
        sa.Column("row_id", ID, nullable=False), sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undo_log")),
        sa.UniqueConstraint("batch_id", "table_name", "row_id", name=op.f("uq_undo_log_batch_id_table_name_row_id")),
    )
