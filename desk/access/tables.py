"""The tables of who is let in."""

from sqlalchemy import Column, ForeignKey, Table

from desk.database.metadata import METADATA, WHOLE, WORDS

site_link = Table(
    "site_link", METADATA,
    Column("site", WORDS, ForeignKey("site.id"), primary_key=True),
    Column("digest", WORDS, unique=True),
    Column("void_until_s", WHOLE),
    Column("changed_ns", WHOLE, nullable=False),
)
"""The one link of a site: the digest of its token, in hex, and nothing when it was taken away. What was made for
the site up to `void_until_s` (Unix seconds) counts no more. A site that is in here once stays."""
