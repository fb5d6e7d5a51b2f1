"""A log of early warnings and what became of them, so that their precision can be published."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alert_log", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("first_day", sa.Integer(), nullable=False), sa.Column("category", sa.String(12), nullable=False),
        sa.Column("zone", sa.String(12), nullable=False), sa.Column("method", sa.String(20), nullable=False),
        sa.Column("observed", sa.Integer(), nullable=False), sa.Column("expected", sa.Float(53), nullable=False),
        sa.Column("upper", sa.Float(53), nullable=False), sa.Column("p", sa.Float(53), nullable=False),
        sa.Column("q", sa.Float(53), nullable=False), sa.Column("tier", sa.String(10), nullable=False),
        sa.Column("synthetic", sa.SmallInteger(), nullable=False), sa.Column("as_of", sa.BigInteger(), nullable=False),
        sa.Column("logged_at", sa.BigInteger(), nullable=False), sa.Column("outcome", sa.String(10)),
        sa.Column("note", sa.String(20)), sa.Column("decided_by", sa.String(80)),
        sa.Column("decided_at", sa.BigInteger()), sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_log")),
        sa.UniqueConstraint("first_day", "category", "zone", "tier",
                            name=op.f("uq_alert_log_first_day_category_zone_tier")),
    )
