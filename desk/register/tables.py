"""The register's tables."""

from sqlalchemy import Column, ForeignKey, Table

from desk.database.metadata import METADATA, WHOLE, WORDS

region_level = Table(
    "region_level", METADATA,
    Column("depth", WHOLE, primary_key=True, autoincrement=False),
    Column("title_vi", WORDS, nullable=False),
    Column("title_en", WORDS, nullable=False),
)
"""What the levels of the tree are called, from the centre (0) down."""

region = Table(
    "region", METADATA,
    Column("id", WORDS, primary_key=True),
    Column("parent", WORDS, ForeignKey("region.id"), index=True),
    Column("depth", WHOLE, ForeignKey("region_level.depth"), nullable=False),
    Column("name", WORDS, nullable=False),
)
"""The tree; a parent stands one level above."""

region_mark = Table(
    "region_mark", METADATA, Column("mark", WHOLE, primary_key=True, autoincrement=False),
)
"""One row, or none before the first tree: another number whenever the tree is another."""

site = Table(
    "site", METADATA,
    Column("id", WORDS, primary_key=True),
    Column("region", WORDS, ForeignKey("region.id"), nullable=False, index=True),
    Column("name", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("contact", WORDS, nullable=False),
    Column("phone", WORDS, nullable=False),
    Column("note", WORDS, nullable=False),
    Column("line_kbps", WHOLE, nullable=False),
    Column("found_by", WORDS, nullable=False),
    Column("retired_s", WHOLE),
    Column("merged_into", WORDS, ForeignKey("site.id"), index=True),
    Column("created_s", WHOLE, nullable=False),
    Column("changed_s", WHOLE, nullable=False),
)
"""Places that watch. Seconds are since the epoch; `line_kbps` is 0 when nobody knows it;
`found_by` holds all its words, folded."""

site_label = Table(
    "site_label", METADATA,
    Column("site", WORDS, ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("label", WORDS, primary_key=True, index=True),
)
"""Ministries and sectors that sites belong to."""
