"""What scans for clusters in space and time found, so that a nightly run is shown to every reader."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "scan_result", sa.Column("id", ID, nullable=False, autoincrement=True),
        sa.Column("model", sa.String(12), nullable=False), sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False), sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False), sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("res", sa.SmallInteger(), nullable=False), sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False), sa.Column("reason", sa.String(20)),
        sa.Column("clusters", sa.Text(), nullable=False), sa.Column("synthetic", sa.SmallInteger(), nullable=False),
        sa.Column("as_of", sa.BigInteger(), nullable=False), sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("data_rev", sa.BigInteger(), nullable=False), sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_result")),
    )
    op.create_index("ix_scan_result_model_made_at", "scan_result", ["model", "made_at"])
