"""Codes and browsers of sites, how many of their devices watch at once, and where they may watch from."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("site_link", sa.Column("devices", WHOLE))
    op.create_table(
        "site_code",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("site", WORDS, nullable=False),
        sa.Column("until_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_site_code"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_site_code_site_site"),
    )
    op.create_index("ix_site_code_site", "site_code", ["site"])
    op.create_table(
        "site_browser",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("site", WORDS, nullable=False),
        sa.Column("created_ns", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_site_browser"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_site_browser_site_site"),
    )
    op.create_index("ix_site_browser_site", "site_browser", ["site"])
    op.create_table(
        "region_network",
        sa.Column("region", WORDS, nullable=False),
        sa.Column("networks", WORDS, nullable=False),
        sa.Column("changed_ns", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("region", name="pk_region_network"),
        sa.ForeignKeyConstraint(["region"], ["region.id"], name="fk_region_network_region_region"),
    )
