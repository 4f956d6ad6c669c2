"""What tells a later change from an earlier one, whatever the clocks of those who make them say."""

from typing import Any

from sqlalchemy import Column, Connection, func, select


def next_mark(connection: Connection, column: "Column[Any]", now: int) -> int:
    """`now`, or one more than the highest of the column when that is not before it.

    Writers take turns, so of two changes the later has the higher one: who has seen the highest knows whether
    there were others since, also when they come within one second, or from a machine whose clock is behind.
    """
    highest = connection.execute(select(func.max(column))).scalar_one_or_none()
    return now if highest is None else max(now, int(highest) + 1)
