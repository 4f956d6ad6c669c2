"""What tells one tree of regions from the next."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "region_mark",
        sa.Column("mark", WHOLE, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("mark", name="pk_region_mark"),
    )
