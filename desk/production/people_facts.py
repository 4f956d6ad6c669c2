"""Who may sign in, as facts."""

from desk.production.facts import PeopleFacts
from desk.settings import Settings
from flow.errors import XacastError


def people_facts(settings: Settings) -> PeopleFacts:
    """Asks the database, and changes nothing in it."""
    from sqlalchemy import select  # noqa: PLC0415 - half a second, for this look alone
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from desk.database.database import Database  # noqa: PLC0415
    from desk.database.engine import engine_for  # noqa: PLC0415
    from desk.people.role import Role  # noqa: PLC0415
    from desk.people.tables import account  # noqa: PLC0415

    if not settings.has_register:
        return PeopleFacts(known=True, administrators=(), once=())
    try:
        database = Database(engine_for(settings.register))
        try:
            with database.reading() as connection:
                asked = select(account.c.name, account.c.role, account.c.once).where(account.c.enabled)
                rows = connection.execute(asked.order_by(account.c.name)).all()
        finally:
            database.close()
    except (XacastError, SQLAlchemyError, OSError):
        return PeopleFacts(known=False, administrators=(), once=())
    return PeopleFacts(
        known=True, administrators=tuple(row.name for row in rows if row.role == Role.ADMINISTRATOR.word),
        once=tuple(row.name for row in rows if row.once),
    )
