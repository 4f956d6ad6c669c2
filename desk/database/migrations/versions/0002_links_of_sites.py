"""The links of sites."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "site_link",
        sa.Column("site", WORDS, nullable=False),
        sa.Column("digest", WORDS),
        sa.Column("void_until_s", WHOLE),
        sa.Column("changed_ns", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_site_link"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_site_link_site_site"),
        sa.UniqueConstraint("digest", name="uq_site_link_digest"),
    )
