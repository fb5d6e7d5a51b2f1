"""What a note is about: its categories and its cells on the map, so that the effect of what was done can be judged."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("annotation", sa.Column("category", sa.Text()))
    op.add_column("annotation", sa.Column("cells", sa.Text()))
