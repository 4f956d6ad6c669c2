"""A later change has a higher mark, whatever its clock says."""

from sqlalchemy import insert

from desk.access.tables import site_link
from desk.database.database import Database
from desk.database.mark import next_mark
from tests.desk.access.register import fill


def test_marks_rise_whatever_the_clock_says(database_url: str) -> None:
    database = Database.open(database_url)
    fill(database)
    column = site_link.c.changed_ns
    with database.writing() as connection:
        assert next_mark(connection, column, 7) == 7
        connection.execute(insert(site_link).values(site="xa-1", digest=None, void_until_s=None, changed_ns=7))
        assert [next_mark(connection, column, now) for now in (5, 7, 8, 9)] == [8, 8, 8, 9]
    database.close()
