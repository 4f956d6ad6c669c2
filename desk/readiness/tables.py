"""The table of what sites found."""

from sqlalchemy import Boolean, Column, ForeignKey, Table

import desk.programmes.tables  # noqa: F401 - what it points at
from desk.database.metadata import METADATA, WHOLE, WORDS

site_test = Table(
    "site_test", METADATA,
    Column("programme", WHOLE, ForeignKey("programme.number", ondelete="CASCADE"), primary_key=True),
    Column("site", WORDS, primary_key=True),
    Column("picture", Boolean, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("rate_kbps", WHOLE, nullable=False),
    Column("need_kbps", WHOLE, nullable=False),
    Column("at_s", WHOLE, nullable=False),
)
"""One row is what one site found last before, or during, one programme."""
