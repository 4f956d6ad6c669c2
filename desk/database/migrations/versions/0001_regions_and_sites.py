"""The tree of regions, and the sites in it."""

import sqlalchemy as sa
from alembic import op

from desk.database.metadata import WHOLE, WORDS

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "region_level",
        sa.Column("depth", WHOLE, autoincrement=False, nullable=False),
        sa.Column("title_vi", WORDS, nullable=False),
        sa.Column("title_en", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("depth", name="pk_region_level"),
    )
    op.create_table(
        "region",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("parent", WORDS),
        sa.Column("depth", WHOLE, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_region"),
        sa.ForeignKeyConstraint(["parent"], ["region.id"], name="fk_region_parent_region"),
        sa.ForeignKeyConstraint(["depth"], ["region_level.depth"], name="fk_region_depth_region_level"),
    )
    op.create_index("ix_region_parent", "region", ["parent"])
    op.create_table(
        "site",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("region", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("contact", WORDS, nullable=False),
        sa.Column("phone", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("line_kbps", WHOLE, nullable=False),
        sa.Column("found_by", WORDS, nullable=False),
        sa.Column("retired_s", WHOLE),
        sa.Column("merged_into", WORDS),
        sa.Column("created_s", WHOLE, nullable=False),
        sa.Column("changed_s", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.ForeignKeyConstraint(["region"], ["region.id"], name="fk_site_region_region"),
        sa.ForeignKeyConstraint(["merged_into"], ["site.id"], name="fk_site_merged_into_site"),
    )
    op.create_index("ix_site_region", "site", ["region"])
    op.create_index("ix_site_merged_into", "site", ["merged_into"])
    op.create_table(
        "site_label",
        sa.Column("site", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("site", "label", name="pk_site_label"),
        sa.ForeignKeyConstraint(["site"], ["site.id"], name="fk_site_label_site_site", ondelete="CASCADE"),
    )
    op.create_index("ix_site_label_label", "site_label", ["label"])
