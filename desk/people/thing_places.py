"""Where sites and programmes belong, from the database."""

from sqlalchemy import select

from desk.database.database import Database
from desk.programmes.programme import programme_id
from desk.programmes.tables import programme
from desk.register.tables import site
from flow.errors import OperatorError


def site_region(database: Database, name: str) -> str | None:
    """The region of a site, None when there is no such site."""
    with database.reading() as connection:
        return connection.execute(select(site.c.region).where(site.c.id == name)).scalar_one_or_none()


def programme_channel(database: Database, name: str) -> str | None:
    """The channel of a programme, None when there is no such programme."""
    try:
        number = int(programme_id(name)[1:])
    except OperatorError:
        return None
    named = select(programme.c.channel).where(programme.c.number == number)
    with database.reading() as connection:
        return connection.execute(named).scalar_one_or_none()
