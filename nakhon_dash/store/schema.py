"""The tables of the store of record (SQLAlchemy Core): the truth that every replica and figure derives from.

Units: times are microseconds since 1970-01-01T00:00Z (`*_at`), so that SQLite, PostgreSQL and DuckDB compare and
subtract them alike and exactly. `*_day_no` are local days since 1970-01-01, `month_no` = year*12 + month-1,
`dow` 0 = Monday. `rev` is the change number of the transaction that last wrote the row.
"""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Float, Index, Integer, SmallInteger, String, Table, Text, UniqueConstraint

metadata = sa.MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                       "pk": "pk_%(table_name)s"}
)

Id = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Column:
    return Column("id", Id, primary_key=True, autoincrement=True)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text),
             Column("number", BigInteger))

batch = Table(
    "batch", metadata, _id(),
    Column("kind", String(20), nullable=False),  # complaints | users | survey | boundaries | annotation
    Column("source", String(40), nullable=False), Column("synthetic", SmallInteger, nullable=False, default=0),
    Column("file_name", Text), Column("sha256", String(64)), Column("format", String(40)), Column("mapping", Text),
    Column("started_at", BigInteger, nullable=False), Column("finished_at", BigInteger),  # null = incomplete
    Column("rows_read", BigInteger, nullable=False, default=0),  # records in committed blocks: where a resume goes on
    Column("inserted", BigInteger, nullable=False, default=0), Column("updated", BigInteger, nullable=False, default=0),
    Column("unchanged", BigInteger, nullable=False, default=0), Column("merged", BigInteger, nullable=False, default=0),
    Column("skipped", BigInteger, nullable=False, default=0),
    Column("quarantined", BigInteger, nullable=False, default=0),
    # JSON {code: n}: of quarantined, merged, skipped and accepted records
    Column("reasons", Text), Column("merged_by", Text), Column("skipped_by", Text), Column("flags", Text),
    Column("undone_at", BigInteger), Column("by", String(80)), Column("rev", BigInteger, nullable=False),
)

complaint = Table(
    "complaint", metadata, _id(),
    Column("source", String(40), nullable=False), Column("source_id", String(120), nullable=False),
    Column("case_no", String(120)), Column("channel", String(12)),
    Column("received_at", BigInteger, nullable=False), Column("first_response_at", BigInteger),
    Column("closed_at", BigInteger), Column("modified_at", BigInteger),  # the source's own last change
    Column("status", String(12), nullable=False), Column("blocked_reason", String(20)), Column("outcome", String(20)),
    Column("category", String(12), nullable=False), Column("labels", Text),  # the source's own labels, "|" between
    Column("dimension", String(12)), Column("department", String(12)), Column("zone", String(12)),
    Column("community", Text), Column("tambon", String(12)),
    Column("lat", Float(53)), Column("lon", Float(53)),
    Column("h3_8", BigInteger), Column("h3_9", BigInteger), Column("h3_10", BigInteger),
    Column("stars", SmallInteger), Column("reopen_count", SmallInteger, nullable=False, default=0),
    Column("photo_before", SmallInteger), Column("photo_after", SmallInteger),
    Column("due_at", BigInteger), Column("due_from", String(10)),  # source | promise | null (no target)
    Column("parent_id", String(120)), Column("flags", Text, nullable=False, default=""),  # codes, " " between
    Column("row_hash", BigInteger, nullable=False),
    Column("batch_id", Id, nullable=False), Column("rev", BigInteger, nullable=False),
    # derived once, at write time
    Column("day_no", Integer, nullable=False), Column("month_no", Integer, nullable=False),
    Column("hour", SmallInteger, nullable=False), Column("dow", SmallInteger, nullable=False),
    Column("closed_day_no", Integer), Column("res_min", BigInteger), Column("res_bin", SmallInteger),
    # when the batch that told the row as it stands began: since then we know it so
    Column("known_from", BigInteger, nullable=False, default=0),
    UniqueConstraint("source", "source_id"),
    Index("ix_complaint_rev", "rev"), Index("ix_complaint_day_no", "day_no"),
    Index("ix_complaint_batch_id", "batch_id"),
)

_OF_ITS_OWN = ("id", "batch_id", "rev")
# Versions that a later batch replaced: what was known of a case from `known_from` until `known_until`. `told_by` is the
# batch that had told the version, `batch_id` the one that replaced it. The lowest id of a case is its first version.
complaint_past = Table(
    "complaint_past", metadata, _id(),
    Column("case_id", Id, nullable=False), Column("told_by", Id, nullable=False),
    Column("known_until", BigInteger, nullable=False),
    *(Column(one.name, one.type, nullable=one.nullable) for one in complaint.columns if one.name not in _OF_ITS_OWN),
    Column("batch_id", Id, nullable=False), Column("rev", BigInteger, nullable=False),
    Index("ix_complaint_past_case_id", "case_id"), Index("ix_complaint_past_batch_id", "batch_id"),
    Index("ix_complaint_past_told_by", "told_by"), Index("ix_complaint_past_rev", "rev"),
)

complaint_event = Table(
    "complaint_event", metadata, _id(),
    Column("complaint_id", Id, nullable=False), Column("at", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False), Column("detail", Text), Column("batch_id", Id, nullable=False),
    Column("known_at", BigInteger, nullable=False), Column("rev", BigInteger, nullable=False),
    UniqueConstraint("complaint_id", "kind", "at"), Index("ix_complaint_event_batch_id", "batch_id"),
    Index("ix_complaint_event_rev", "rev"),
)

channel_users = Table(
    "channel_users", metadata, _id(),
    Column("channel", String(12), nullable=False), Column("day_no", Integer, nullable=False),  # a LINE day is UTC+9
    Column("followers", BigInteger), Column("targeted_reaches", BigInteger), Column("blocks", BigInteger),
    Column("flags", Text, nullable=False, default=""), Column("source", String(40), nullable=False),
    Column("row_hash", BigInteger, nullable=False), Column("batch_id", Id, nullable=False),
    Column("rev", BigInteger, nullable=False), UniqueConstraint("channel", "day_no"),
)

channel_demographic = Table(
    "channel_demographic", metadata, _id(),
    Column("channel", String(12), nullable=False), Column("asked_day_no", Integer, nullable=False),
    Column("part", String(40), nullable=False), Column("class", String(60), nullable=False),
    Column("percentage", Float(53), nullable=False), Column("source", String(40), nullable=False),
    Column("row_hash", BigInteger, nullable=False), Column("batch_id", Id, nullable=False),
    Column("rev", BigInteger, nullable=False), UniqueConstraint("channel", "asked_day_no", "part", "class"),
)

survey_question = Table(
    "survey_question", metadata, _id(),
    Column("source", String(40), nullable=False), Column("question", String(60), nullable=False),
    Column("text_th", Text), Column("text_en", Text), Column("aspect", String(20)), Column("dimension", String(12)),
    Column("scale_max", SmallInteger), Column("kind", String(20), nullable=False),  # scale | choice | tick | number
    Column("reversed", SmallInteger, nullable=False, default=0), Column("row_hash", BigInteger, nullable=False),
    Column("batch_id", Id, nullable=False), Column("rev", BigInteger, nullable=False),
    UniqueConstraint("source", "question"),
)

survey_answer = Table(
    "survey_answer", metadata, _id(),
    Column("source", String(40), nullable=False), Column("wave", String(40), nullable=False),
    Column("respondent", String(80), nullable=False), Column("question", String(60), nullable=False),
    Column("asked_day_no", Integer), Column("aspect", String(20)), Column("dimension", String(12)),
    Column("score", Float(53)), Column("scale_max", SmallInteger),  # higher = better; reversed scales are turned
    Column("missing", String(20)),  # why score is null: dont_know | out_of_range
    Column("weight", Float(53)), Column("stratum", String(40)), Column("cluster", String(40)),
    Column("zone", String(12)), Column("age_band", String(20)), Column("gender", String(20)),
    Column("channel", String(20)), Column("complaint_id", String(120)),
    Column("flags", Text, nullable=False, default=""), Column("row_hash", BigInteger, nullable=False),
    Column("batch_id", Id, nullable=False), Column("rev", BigInteger, nullable=False),
    UniqueConstraint("source", "wave", "respondent", "question"), Index("ix_survey_answer_rev", "rev"),
)

annotation = Table(
    "annotation", metadata, _id(),
    Column("day_from", Integer, nullable=False), Column("day_to", Integer, nullable=False), Column("zone", String(12)),
    Column("kind", String(20), nullable=False), Column("title_th", Text, nullable=False),
    Column("title_en", Text, nullable=False), Column("source", String(120), nullable=False),
    Column("category", Text), Column("cells", Text),  # what and which H3 cells it is about, a space between; null = all
    Column("row_hash", BigInteger, nullable=False), Column("batch_id", Id, nullable=False),
    Column("rev", BigInteger, nullable=False), UniqueConstraint("day_from", "kind", "title_en"),
)

quarantine = Table(
    "quarantine", metadata, _id(), Column("batch_id", Id, nullable=False), Column("row_no", BigInteger, nullable=False),
    Column("raw", Text, nullable=False),  # JSON of the record, personal columns masked
    Column("reason", String(40), nullable=False), Column("detail", Text), UniqueConstraint("batch_id", "row_no"),
)

# What a batch overwrote: `before` is the row as JSON. Rows that a batch inserted need no entry.
undo_log = Table(
    "undo_log", metadata, _id(),
    Column("batch_id", Id, nullable=False), Column("table_name", String(40), nullable=False),
    Column("row_id", Id, nullable=False), Column("before", Text, nullable=False),
    UniqueConstraint("batch_id", "table_name", "row_id"),
)

# Deleted rows, so that replicas that follow `rev` delete them too.
tombstone = Table(
    "tombstone", metadata, _id(),
    Column("table_name", String(40), nullable=False), Column("row_id", Id, nullable=False),
    Column("rev", BigInteger, nullable=False), Index("ix_tombstone_rev", "rev"),
)

export_log = Table(
    "export_log", metadata, _id(), Column("at", BigInteger, nullable=False), Column("by", String(80)),
    Column("what", Text, nullable=False), Column("rows", BigInteger, nullable=False), Column("rev", BigInteger),
)

# What early warning said of a week (`first_day` and the six days after it) when it was seen, and what people found.
alert_log = Table(
    "alert_log", metadata, _id(),
    Column("first_day", Integer, nullable=False), Column("category", String(12), nullable=False),
    Column("zone", String(12), nullable=False), Column("method", String(20), nullable=False),
    Column("observed", Integer, nullable=False), Column("expected", Float(53), nullable=False),
    Column("upper", Float(53), nullable=False), Column("p", Float(53), nullable=False),
    Column("q", Float(53), nullable=False), Column("tier", String(10), nullable=False),  # alert | watch
    Column("synthetic", SmallInteger, nullable=False, default=0), Column("as_of", BigInteger, nullable=False),
    Column("logged_at", BigInteger, nullable=False),
    Column("outcome", String(10)),  # real | noise | unclear | null = nobody has decided
    Column("note", String(20)),  # a code of a fixed list, no free text
    Column("decided_by", String(80)), Column("decided_at", BigInteger), Column("rev", BigInteger, nullable=False),
    UniqueConstraint("first_day", "category", "zone", "tier"),
)

# What a scan for clusters in space and time found, whole or not at all. `data_rev` is the change number it was read at.
scan_result = Table(
    "scan_result", metadata, _id(),
    Column("model", String(12), nullable=False),  # permutation | poisson
    Column("filters", Text, nullable=False),  # JSON {filter: [codes]}, in one order
    Column("first_day", Integer, nullable=False), Column("last_day", Integer, nullable=False),
    Column("runs", Integer, nullable=False), Column("seed", BigInteger, nullable=False),
    Column("res", SmallInteger, nullable=False), Column("cases", Integer, nullable=False),
    Column("places", Integer, nullable=False), Column("reason", String(20)),  # why nothing was looked for
    Column("clusters", Text, nullable=False),  # JSON, best first; cells and counts, no case
    Column("synthetic", SmallInteger, nullable=False, default=0), Column("as_of", BigInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False), Column("data_rev", BigInteger, nullable=False),
    Column("rev", BigInteger, nullable=False), Index("ix_scan_result_model_made_at", "model", "made_at"),
)

# Tables that a replica copies.
FOLLOWED = (
    complaint, complaint_past, complaint_event, channel_users, channel_demographic, survey_question, survey_answer,
    annotation, batch,
)
