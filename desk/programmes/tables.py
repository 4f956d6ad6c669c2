"""The programmes' tables."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table

from desk.database.metadata import METADATA, WHOLE, WORDS

programme_series = Table(
    "programme_series", METADATA,
    Column("number", WHOLE, primary_key=True),
    Column("every", WORDS, nullable=False),
)
"""What recurring programmes have in common: the words that they were made by."""

programme = Table(
    "programme", METADATA,
    Column("number", WHOLE, primary_key=True),
    Column("channel", WORDS, nullable=False),
    Column("title", WORDS, nullable=False),
    Column("title_en", WORDS, nullable=False),
    Column("description", WORDS, nullable=False),
    Column("start_s", WHOLE, nullable=False),
    Column("end_s", WHOLE),
    Column("rehearsal_s", WHOLE, nullable=False),
    Column("recording", Boolean, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("runs_over", Boolean, nullable=False),
    Column("began_s", WHOLE),
    Column("ended_s", WHOLE),
    Column("series", WHOLE, ForeignKey("programme_series.number"), index=True),
    Column("created_s", WHOLE, nullable=False),
    Column("changed_s", WHOLE, nullable=False),
    Index("ix_programme_channel_start_s", "channel", "start_s"),
)
"""One row is one time that something is on; the id p12 is number 12. Nothing is ever deleted: what does not come
is cancelled. Seconds are since the epoch, but for `rehearsal_s`."""

programme_rule = Table(
    "programme_rule", METADATA,
    Column("programme", WHOLE, ForeignKey("programme.number", ondelete="CASCADE"), primary_key=True),
    Column("excluded", Boolean, primary_key=True),
    Column("kind", WORDS, primary_key=True),
    Column("name", WORDS, primary_key=True),
)
"""Who is invited, and who is not; `name` is empty where the kind needs none."""

programme_document = Table(
    "programme_document", METADATA,
    Column("programme", WHOLE, ForeignKey("programme.number", ondelete="CASCADE"), primary_key=True),
    Column("place", WHOLE, primary_key=True, autoincrement=False),
    Column("name", WORDS, nullable=False),
)
"""What is handed out, in its order."""
