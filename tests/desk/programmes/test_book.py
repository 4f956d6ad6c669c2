"""The schedule and the register together."""

from pathlib import Path

import pytest

from desk.errors import RefusedError
from desk.programmes.audience import Group, Rule
from desk.programmes.book import Book
from flow.errors import OperatorError
from tests.desk.programmes.filled import HERE, a_database
from tests.desk.programmes.some import DAY, a_programme


def test_names_become_ids_and_conflicts_sentences(tmp_path: Path) -> None:
    database = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    with database.writing() as connection:
        book = Book.of(connection, HERE, DAY)
        assert book.named(Rule(group=Group.REGION, name="ha noi")).name == "01"
        assert book.named(Rule(group=Group.LABEL, name="any")).name == "any"
        for rule in (Rule(group=Group.REGION, name="nowhere"), Rule(group=Group.SITE, name="s9")):
            with pytest.raises(OperatorError):
                book.named(rule)
        (one,) = book.programmes.add([a_programme("p0")], DAY)
        assert (book.told(one)["sites"], book.told(one)["state"]) == (4, "planned")
        with pytest.raises(RefusedError, match=r"p1 already: “Hội nghị p0”, 2026-11-24 08:00\+07:00 to"):
            book.refuse_conflicts([a_programme("p0", "07:00", "08:00"), a_programme("p0", "08:30", "10:00")])
    database.close()
