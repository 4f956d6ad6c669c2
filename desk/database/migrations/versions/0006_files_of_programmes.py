"""Files that are handed out with programmes."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "programme_file",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("programme", WHOLE, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("title_en", WORDS, nullable=False),
        sa.Column("ending", WORDS, nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("added_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_programme_file"),
        sa.ForeignKeyConstraint(
            ["programme"], ["programme.number"], name="fk_programme_file_programme_programme", ondelete="CASCADE",
        ),
    )
    op.create_index("ix_programme_file_programme", "programme_file", ["programme"])
    op.create_index("ix_programme_file_digest", "programme_file", ["digest"])
