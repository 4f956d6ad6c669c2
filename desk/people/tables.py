"""The tables of who may sign in."""

from sqlalchemy import Boolean, Column, ForeignKey, Table

from desk.database.metadata import METADATA, WHOLE, WORDS

account = Table(
    "account", METADATA,
    Column("name", WORDS, primary_key=True),
    Column("role", WORDS, nullable=False),
    Column("region", WORDS, ForeignKey("region.id"), index=True),
    Column("enabled", Boolean, nullable=False),
    Column("once", Boolean, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("created_s", WHOLE, nullable=False),
    Column("changed_s", WHOLE, nullable=False),
)
"""Never deleted: lists of the past name them. `region` is nothing for the country; seconds are since the epoch."""

account_session = Table(
    "account_session", METADATA,
    Column("digest", WORDS, primary_key=True),
    Column("account", WORDS, ForeignKey("account.name"), nullable=False, index=True),
    Column("made_s", WHOLE, nullable=False),
    Column("seen_s", WHOLE, nullable=False),
)
"""Who is signed in: the digest of each token, in hex, never the token."""
