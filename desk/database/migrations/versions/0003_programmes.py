"""Programmes, who is invited to them, and what recurring ones have in common."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "programme_series",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("every", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_programme_series"),
    )
    op.create_table(
        "programme",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("channel", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("title_en", WORDS, nullable=False),
        sa.Column("description", WORDS, nullable=False),
        sa.Column("start_s", WHOLE, nullable=False),
        sa.Column("end_s", WHOLE),
        sa.Column("rehearsal_s", WHOLE, nullable=False),
        sa.Column("recording", sa.Boolean, nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("runs_over", sa.Boolean, nullable=False),
        sa.Column("began_s", WHOLE),
        sa.Column("ended_s", WHOLE),
        sa.Column("series", WHOLE),
        sa.Column("created_s", WHOLE, nullable=False),
        sa.Column("changed_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_programme"),
        sa.ForeignKeyConstraint(
            ["series"], ["programme_series.number"], name="fk_programme_series_programme_series",
        ),
    )
    op.create_index("ix_programme_series", "programme", ["series"])
    op.create_index("ix_programme_channel_start_s", "programme", ["channel", "start_s"])
    _belongings()


def _belongings() -> None:
    for table, own in (
        ("programme_rule", (
            sa.Column("excluded", sa.Boolean, nullable=False),
            sa.Column("kind", WORDS, nullable=False),
            sa.Column("name", WORDS, nullable=False),
            sa.PrimaryKeyConstraint("programme", "excluded", "kind", "name", name="pk_programme_rule"),
        )),
        ("programme_document", (
            sa.Column("place", WHOLE, autoincrement=False, nullable=False),
            sa.Column("name", WORDS, nullable=False),
            sa.PrimaryKeyConstraint("programme", "place", name="pk_programme_document"),
        )),
    ):
        op.create_table(
            table,
            sa.Column("programme", WHOLE, nullable=False),
            *own,
            sa.ForeignKeyConstraint(
                ["programme"], ["programme.number"], name=f"fk_{table}_programme_programme", ondelete="CASCADE",
            ),
        )
