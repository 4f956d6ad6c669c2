"""Which part of the country a thing belongs to."""

from dataclasses import replace

import pytest

from desk.errors import RefusedError
from desk.people.account import Account
from desk.people.rights import WORDS, Scope
from desk.people.role import Role
from desk.people.session import Session
from tests.desk.people.desk import Desk

SESSION = Session(digest="d", account="ha", made_s=0, seen_s=0)


@pytest.mark.parametrize(("scope", "inside", "outside"), [
    (Scope.CHANNEL, "hanoi", "thai"), (Scope.SITE, "s00004", "s19"), (Scope.REGION, "Ba Đình", "Thái Nguyên"),
    (Scope.ACCOUNT, "ha", "lan"), (Scope.NAME, "new", "hop"),
])
async def test_what_is_inside_passes_and_what_is_not_is_not_there(
    desk: Desk, scope: Scope, inside: str, outside: str,
) -> None:
    """T-28."""
    person = desk.desk.places.person(Account(name="ha", role=Role.DIRECTOR, region="01"), SESSION)
    await desk.desk.places.check(scope, inside, person)
    for name in (outside, "never"):
        if scope is Scope.NAME and name == "never":
            continue
        with pytest.raises(RefusedError) as caught:
            await desk.desk.places.check(scope, name, person)
        assert caught.value.status == (409 if scope is Scope.NAME else 404)


async def test_what_names_nothing_is_a_mistake_of_ours(desk: Desk) -> None:
    person = desk.desk.places.person(Account(name="ha", role=Role.DIRECTOR, region="01"), SESSION)
    with pytest.raises(ValueError, match="names nothing"):
        await desk.desk.places.check(Scope.COUNTRY, "x", person)
    assert Scope.PROGRAMME in WORDS


async def test_an_account_of_the_country_runs_every_channel(desk: Desk) -> None:
    person = desk.desk.places.person(Account(name="lan", role=Role.VIEWER), SESSION)
    assert person.runs("hop")
    assert person.runs("never")
    assert person.holds("")
    assert person.holds("19")
    assert not person.still()


async def test_what_lasts_goes_by_the_region_that_the_account_has_now(desk: Desk) -> None:
    """T-28: a stream of events that was begun before the account went to another province."""
    before = desk.people.account("ha")
    person = desk.desk.places.person(before, SESSION)
    assert (person.runs("hanoi"), person.runs("thai")) == (True, False)
    await desk.people.change(replace(before, region="19"))
    assert (person.runs("hanoi"), person.runs("thai"), person.holds("01")) == (False, True, False)
