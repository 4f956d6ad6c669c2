"""What every table of the desk's shares: one `MetaData`, and types that mean the same in both engines.

An area declares its tables in its own `tables.py` against `METADATA`, and brings them into being by a migration.
"""

from sqlalchemy import BigInteger, Integer, MetaData, Text

# Constraints have names of their own, so that a later migration can take them away in either engine.
# https://alembic.sqlalchemy.org/en/latest/naming.html
METADATA = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
})

# 64 bits in both: times since the epoch are told in nanoseconds, and SQLite counts rows only in a column that is
# spelt INTEGER.
WHOLE = BigInteger().with_variant(Integer(), "sqlite")

# Ordered and compared by bytes in both, whatever locale the server was made with.
WORDS = Text().with_variant(Text(collation="C"), "postgresql")
