"""The schedule and the register together."""

from pathlib import Path

import pytest

from desk.errors import RefusedError
from desk.programmes.audience import Audience, Group, Rule
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


def test_a_region_s_programme_invites_nobody_from_elsewhere(tmp_path: Path) -> None:
    """T-28: neither now nor, by a rule, some day."""
    database = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    inside = [Rule(group=Group.REGION, name="01"), Rule(group=Group.REGION, name="00004"),
              Rule(group=Group.SITE, name="s00004")]
    outside = [Rule(group=Group.ALL), Rule(group=Group.REGION, name="19"), Rule(group=Group.REGION, name="vn"),
               Rule(group=Group.SITE, name="s19"), Rule(group=Group.LABEL, name="ubnd"),
               Rule(group=Group.LEADERS), Rule(group=Group.MINISTRIES), Rule(group=Group.LOCALITIES)]
    with database.reading() as connection:
        book = Book.of(connection, HERE, DAY)
        book.refuse_outside(Audience(included=frozenset(inside), excluded=frozenset(outside)), "01")
        book.refuse_outside(Audience(included=frozenset(outside)), "")
        for rule in outside:
            with pytest.raises(RefusedError, match="beyond your part") as caught:
                book.refuse_outside(Audience(included=frozenset([*inside, rule])), "01")
            assert caught.value.status == 403
    database.close()
