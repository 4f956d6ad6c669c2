"""Who is ready, counted and listed."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desk.database.database import Database
from desk.errors import RefusedError
from desk.programmes.programme import ProgrammeId
from desk.readiness.outcome import Outcome
from desk.readiness.readiness_view import asked_in, readied
from desk.readiness.self_test_store import Key, SelfTestStore
from flow.errors import OperatorError
from flow.self_test import SelfTest
from tests.desk.programmes.filled import HERE, a_database, add
from tests.desk.programmes.some import at
from tests.desk.readiness.outcomes import DEAF, GOOD, an_outcome

P1 = ProgrammeId("p1")
SLOW = SelfTest(picture=False, sound=True, rate_kbps=300, need_kbps=700)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = a_database(f"sqlite:///{tmp_path / 'register.db'}")
    add(made, exclude=["site:pm"])
    with made.writing() as connection:
        SelfTestStore(connection).put({(P1, "s19"): an_outcome(DEAF), (P1, "pm"): an_outcome()})
    yield made
    made.close()


def _asked(database: Database, waiting: Mapping[Key, Outcome] | None = None, **words: str) -> dict[str, Any]:
    return readied(database, "p1", asked_in(words), waiting or {}, HERE, at("07:50"))


def test_invited_sites_are_ready_not_ready_or_silent(database: Database) -> None:
    found = _asked(database)
    counts = {key: found[key] for key in ("invited", "ready", "not_ready", "silent", "next")}
    assert counts == {"invited": 3, "ready": 0, "not_ready": 1, "silent": 2, "next": None}
    assert [(one["id"], one["state"]) for one in found["sites"]] == [
        ("s00004", "silent"), ("s00004-2", "silent"), ("s19", "not-ready"),
    ]
    assert found["sites"][2]["faults"] == ["sound"]
    assert found["sites"][2]["at"] == "2026-11-24T00:50:00Z"
    assert found["sites"][0]["rate_kbps"] is None


def test_what_is_not_written_yet_counts(database: Database) -> None:
    waiting = {
        (P1, "s19"): an_outcome(GOOD), (P1, "s00004"): an_outcome(SLOW),
        (ProgrammeId("p2"), "s00004-2"): an_outcome(),
    }
    found = _asked(database, waiting)
    assert (found["ready"], found["not_ready"], found["silent"]) == (1, 1, 1)
    assert found["sites"][0]["faults"] == ["picture", "rate"]


def test_a_region_a_state_and_a_page_of_it_can_be_asked_for(database: Database) -> None:
    assert [one["id"] for one in _asked(database, region="19")["sites"]] == ["s19"]
    assert _asked(database, region="19")["invited"] == 1
    some = _asked(database, state="silent", limit="1")
    assert ([one["id"] for one in some["sites"]], some["next"], some["invited"]) == (["s00004"], "s00004", 3)
    more = _asked(database, state="silent", limit="1", after="s00004")
    assert ([one["id"] for one in more["sites"]], more["next"]) == (["s00004-2"], None)


@pytest.mark.parametrize("words", [
    {"state": "deaf"}, {"state": ""}, {"limit": "0"}, {"limit": "x"}, {"limit": ""}, {"after": "¶"}, {"who": "me"},
])
def test_a_question_that_means_nothing_is_refused(words: dict[str, str]) -> None:
    with pytest.raises(OperatorError):
        asked_in(words)


def test_there_is_no_such_programme(database: Database) -> None:
    with pytest.raises(RefusedError, match="p9"):
        readied(database, "p9", asked_in({}), {}, HERE, at("07:50"))


def test_who_has_a_part_of_the_country_sees_its_sites_and_counts_alone(database: Database) -> None:
    """T-28: the programme of one province's channel invites others, with whom to call there."""
    found = readied(database, "p1", asked_in({}), {}, HERE, at("07:50"), "01")
    assert [one["id"] for one in found["sites"]] == ["s00004", "s00004-2"]
    assert (found["invited"], found["silent"], found["not_ready"]) == (2, 2, 0)
    inside = readied(database, "p1", asked_in({"region": "00004"}), {}, HERE, at("07:50"), "01")
    assert inside["invited"] == 2
    for other in ("19", "vn"):
        with pytest.raises(RefusedError, match="not in your part"):
            readied(database, "p1", asked_in({"region": other}), {}, HERE, at("07:50"), "01")
