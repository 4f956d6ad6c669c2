"""Accounts of operators, and who is signed in."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("name", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("region", WORDS),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("created_s", WHOLE, nullable=False),
        sa.Column("changed_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
        sa.ForeignKeyConstraint(["region"], ["region.id"], name="fk_account_region_region"),
    )
    op.create_index("ix_account_region", "account", ["region"])
    op.create_table(
        "account_session",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("account", WORDS, nullable=False),
        sa.Column("made_s", WHOLE, nullable=False),
        sa.Column("seen_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_account_session"),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name="fk_account_session_account_account"),
    )
    op.create_index("ix_account_session_account", "account_session", ["account"])
