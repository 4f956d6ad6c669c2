"""The agenda, read from the database."""

from collections.abc import Iterator

import pytest

from desk.database.database import Database
from desk.programmes.agenda import Agenda
from desk.programmes.agenda_load import load_agenda
from tests.desk.programmes.filled import SITES, a_database, add
from tests.desk.programmes.some import DAY, at


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = a_database(database_url)
    yield made
    made.close()


def test_a_week_is_read_with_who_is_invited(database: Database) -> None:
    names = {one.id: one.name for one in SITES}
    assert load_agenda(database, DAY) == Agenda(names=names)
    add(database, "08:00", "09:00", audience="locality:01", title_en="Briefing", description="Nội dung")
    (one,) = load_agenda(database, DAY).entries
    assert one.sites == {"s00004", "s00004-2"}
    assert (one.item.title, one.item.title_en, one.item.description) == ("Giao ban", "Briefing", "Nội dung")
    assert (one.item.start_s, one.item.end_s, one.opens_s) == (at("08:00"), at("09:00"), at("07:45"))
    assert load_agenda(database, DAY - 9 * 86_400).entries == ()
