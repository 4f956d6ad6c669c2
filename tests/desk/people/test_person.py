"""Who asks."""

from aiohttp.test_utils import make_mocked_request

from desk.people.person import LOCAL, PERSON, Person, name_of, person_of
from desk.people.role import Role


def test_the_account_is_told_and_who_holds_the_key_has_none() -> None:
    request = make_mocked_request("GET", "/")
    assert (person_of(request), name_of(request)) == (LOCAL, "")
    request[PERSON] = Person(name="lan", role=Role.VIEWER, region="01")
    assert name_of(request) == "lan"


def test_who_holds_the_key_runs_the_country() -> None:
    assert LOCAL.role is Role.ADMINISTRATOR
    assert [LOCAL.holds(""), LOCAL.runs("hop"), LOCAL.still()] == [True] * 3
