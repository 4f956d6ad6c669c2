"""Programmes in both databases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from desk.errors import RefusedError
from desk.programmes.audience import Audience, Group, Rule
from desk.programmes.programme_query import ProgrammeQuery
from desk.programmes.programme_store import ProgrammeStore
from desk.programmes.timetable import moment_at
from flow.ids import ChannelId
from tests.desk.programmes.filled import a_database
from tests.desk.programmes.some import DAY, a_programme, at

HOP = ChannelId("hop")


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    database = a_database(database_url)
    with database.writing() as connection:
        yield connection
    database.close()


def test_what_is_written_comes_back_whole_and_changed(connection: Connection) -> None:
    store = ProgrammeStore(connection)
    series = store.add_series("week on tue")
    audience = Audience(
        included=frozenset({Rule(group=Group.REGION, name="01"), Rule(group=Group.LEADERS)}),
        excluded=frozenset({Rule(group=Group.SITE, name="s19")}),
    )
    (one,) = store.add([a_programme(
        "p0", audience=audience, documents=("b.pdf", "a.pdf"), description="Một\nHai", recording=False,
        title_en="Meeting", series=series,
    )], DAY)
    assert (one.id, store.get("p1"), store.every(series), store.every(None)) == ("p1", one, "week on tue", "")
    then = replace(
        one, documents=(), audience=Audience(included=frozenset({Rule(group=Group.ALL)})), began_s=at("07:50"),
        runs_over=True, cancelled=True,
    )
    store.change(then, DAY + 1)
    assert store.get("p1") == then
    for name in ("p2", "p999999999999"):
        with pytest.raises(RefusedError, match="there is no programme"):
            store.get(name)


def test_programmes_are_asked_for(connection: Connection) -> None:
    store = ProgrammeStore(connection)
    store.add([
        a_programme("p0", "08:00", "09:00"), a_programme("p0", "10:00", "11:00", cancelled=True),
        a_programme("p0", "12:00", "", began_s=at("12:00")), a_programme("p0", "07:00", "07:30", runs_over=True),
        a_programme("p0", "06:00", "09:00", ended_s=at("06:30"), runs_over=True),
        a_programme("p0", "08:00", "09:00", channel=ChannelId("yte")),
    ], DAY)

    def found(**words: object) -> list[str]:
        return [one.id for one in store.find(ProgrammeQuery(**words))]  # type: ignore[arg-type]

    assert found(channel=HOP) == ["p5", "p4", "p1", "p3"]
    assert found(channel=HOP, cancelled=True) == ["p5", "p4", "p1", "p2", "p3"]
    assert found(channel=HOP, from_s=at("09:00")) == ["p4", "p3"]
    assert found(to_s=at("08:00")) == ["p5", "p4"]
    assert found(limit=1) == ["p5"]
    assert len(found(limit=None)) == 5
    assert store.channels() == ["hop", "yte"]


def test_what_is_around_a_moment_says_what_it_means(connection: Connection) -> None:
    store = ProgrammeStore(connection)
    long = a_programme("p0", "00:10", "", began_s=at("00:10"))
    short = [
        a_programme("p0", start_s=DAY + 3_600 + 600 * number, end_s=DAY + 3_600 + 600 * (number + 1))
        for number in range(120)
    ]
    store.add([long, *short], DAY)
    around = store.around(HOP, at("18:00"))
    assert len(around) < 60
    moment = moment_at(around, at("18:00"))
    assert (moment.state.value, moment.programme and moment.programme.id) == ("on-air", "p1")
