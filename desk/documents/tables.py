"""The table of what is handed out."""

from sqlalchemy import Column, ForeignKey, Table

import desk.programmes.tables  # noqa: F401 - what it points at
from desk.database.metadata import METADATA, WHOLE, WORDS

programme_file = Table(
    "programme_file", METADATA,
    Column("number", WHOLE, primary_key=True),
    Column("programme", WHOLE, ForeignKey("programme.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", WORDS, nullable=False),
    Column("title_en", WORDS, nullable=False),
    Column("ending", WORDS, nullable=False),
    Column("size", WHOLE, nullable=False),
    Column("digest", WORDS, nullable=False, index=True),
    Column("added_s", WHOLE, nullable=False),
)
"""One row is one file of one programme; its bytes lie under their SHA-256 in the data directory."""
