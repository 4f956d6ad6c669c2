"""What sites found when they tried picture, sound and line."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "site_test",
        sa.Column("programme", WHOLE, nullable=False),
        sa.Column("site", WORDS, nullable=False),
        sa.Column("picture", sa.Boolean, nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False),
        sa.Column("rate_kbps", WHOLE, nullable=False),
        sa.Column("need_kbps", WHOLE, nullable=False),
        sa.Column("at_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("programme", "site", name="pk_site_test"),
        sa.ForeignKeyConstraint(
            ["programme"], ["programme.number"], name="fk_site_test_programme_programme", ondelete="CASCADE",
        ),
    )
