"""Types that mean the same in both engines, and names for every constraint."""

from sqlalchemy import Column, Table, insert, select

from desk.database.database import Database
from desk.database.metadata import METADATA, WHOLE, WORDS
from desk.register.tables import region

PAST_2262 = 9_223_372_036_854_775_807


def test_every_constraint_has_a_name_of_ours() -> None:
    assert region.primary_key.name == "pk_region"
    assert {one.name for one in region.foreign_key_constraints} == {
        "fk_region_parent_region", "fk_region_depth_region_level",
    }
    assert {one.name for one in region.indexes} == {"ix_region_parent"}


def test_whole_numbers_hold_nanoseconds_and_count_rows(database_url: str) -> None:
    trial = Table(
        "trial", METADATA, Column("id", WHOLE, primary_key=True), Column("at_ns", WHOLE), Column("said", WORDS),
    )
    METADATA.remove(trial)
    database = Database.open(database_url)
    with database.writing() as connection:
        trial.create(connection)
        for said in ("Ðường", "Đường"):
            connection.execute(insert(trial).values(at_ns=PAST_2262, said=said))
        assert connection.execute(select(trial).order_by(trial.c.id)).all() == [
            (1, PAST_2262, "Ðường"), (2, PAST_2262, "Đường"),
        ]
    database.close()
