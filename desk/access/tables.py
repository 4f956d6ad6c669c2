"""The tables of who is let in."""

from sqlalchemy import Column, ForeignKey, Table

from desk.database.metadata import METADATA, WHOLE, WORDS

site_link = Table(
    "site_link", METADATA,
    Column("site", WORDS, ForeignKey("site.id"), primary_key=True),
    Column("digest", WORDS, unique=True),
    Column("void_until_s", WHOLE),
    Column("changed_ns", WHOLE, nullable=False),
    Column("devices", WHOLE),
)
"""The one link of a site: the digest of its token, in hex, and nothing when it was taken away. What was made for
the site up to `void_until_s` (Unix seconds) counts no more. `devices` may watch at once, as many as any site's
when it is empty. Whatever changes of a site's access changes `changed_ns`. A site that is in here once stays."""

site_code = Table(
    "site_code", METADATA,
    Column("digest", WORDS, primary_key=True),
    Column("site", WORDS, ForeignKey("site.id"), nullable=False, index=True),
    Column("until_s", WHOLE, nullable=False),
)
"""Codes that a site's browsers are let in by, once each: the digest, and when it ends (Unix seconds)."""

site_browser = Table(
    "site_browser", METADATA,
    Column("digest", WORDS, primary_key=True),
    Column("site", WORDS, ForeignKey("site.id"), nullable=False, index=True),
    Column("created_ns", WHOLE, nullable=False),
)
"""The digests of what browsers of a site got for a code; they go with the site's link."""

region_network = Table(
    "region_network", METADATA,
    Column("region", WORDS, ForeignKey("region.id"), primary_key=True),
    Column("networks", WORDS, nullable=False),
    Column("changed_ns", WHOLE, nullable=False),
)
"""Where the sites of a region may watch from: networks (CIDR) with spaces between. What is below it and has none
goes by it."""
