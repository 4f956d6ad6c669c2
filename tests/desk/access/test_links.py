"""Links: in the database first, then in memory, and on the disk for the next life."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from desk.access.access import LOOK
from desk.access.guest_list import GuestList
from desk.access.link_book import AFTER, give
from desk.access.links import Links
from desk.database.database import Database
from desk.database.door import DatabaseDoor
from desk.database.errors import DatabaseGoneError
from desk.errors import RefusedError
from desk.register.site_changes import retired
from desk.register.tables import site
from flow.site_token import digest_of
from flow.stream_token import SKEW
from tests.desk.access.register import fill

NOW = 1_790_001_000


class Desk:
    """One headend's links over a database in a folder, which may be taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self.address = f"sqlite:///{folder / 'db' / 'register.db'}"
        self.begin()

    def begin(self) -> None:
        """A new life."""
        self.door = DatabaseDoor(self.address)
        self.guests = GuestList(audience=lambda _site, _channel: None, now=lambda: self.now)
        self.links = Links(
            self.door, self.guests, self.folder / "guests.json", wall_ns=lambda: self.now * 10**9,
            used=(self.folder / "db").exists,
        )

    def site_of(self, token: str) -> str | None:
        digest = digest_of(token)
        return self.guests.site_of(digest) if digest else None


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    database = Database.open(made.address)
    fill(database)
    database.close()
    yield made
    made.door.close()


async def test_a_link_holds_at_once_and_in_the_next_life(desk: Desk) -> None:
    tokens = await desk.links.give(["xa-1", "xa-2"])
    assert {site: desk.site_of(token) for site, token in tokens.items()} == {"xa-1": "xa-1", "xa-2": "xa-2"}
    await desk.links.revoke(["xa-1"])
    assert desk.site_of(tokens["xa-1"]) is None
    assert dict(desk.guests.void) == {"xa-1": NOW + AFTER}
    desk.door.close()
    desk.begin()
    assert (desk.site_of(tokens["xa-1"]), desk.site_of(tokens["xa-2"])) == (None, "xa-2")
    assert dict(desk.guests.void) == {"xa-1": NOW + AFTER}


async def test_what_another_headend_changes_is_seen_with_the_next_look(desk: Desk) -> None:
    """T-15: the register is one, and may be a server's."""
    await desk.links.look()
    assert desk.links.sites == 2
    other = Database.open(desk.address)
    give(other, {"xa-1": b"1" * 32}, now_ns=NOW * 10**9)
    await desk.links.look()
    assert desk.guests.site_of(b"1" * 32) == "xa-1"
    with other.writing() as connection:
        connection.execute(update(site).where(site.c.id == "xa-1").values(retired_s=NOW, changed_s=NOW))
    await desk.links.look()
    assert desk.guests.site_of(b"1" * 32) is None
    assert desk.links.sites == 1
    other.close()


async def test_a_look_that_finds_nothing_new_reads_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.links.look()
    monkeypatch.setattr("desk.access.link_book.known", None)
    await desk.links.look()


async def test_a_change_in_the_same_second_as_the_last_look_is_not_missed(desk: Desk) -> None:
    await desk.links.give(["xa-1"])
    database = Database.open(desk.address)
    for gone, come, left in (("xa-2", "xa-1", 1), ("xa-1", "xa-2", 0)):  # of both there is one each time
        retired(database, gone, NOW, back=False)
        retired(database, come, NOW, back=True)
        await desk.links.look()
        assert (desk.links.sites, len(desk.guests)) == (1, left)
    database.close()


async def test_what_a_headend_made_before_it_knew_of_a_revocation_counts_no_more(desk: Desk) -> None:
    """T-15: one shuts a site out, another makes tokens for it until its next look."""
    tokens = await desk.links.give(["xa-1"])
    other = Desk(desk.folder)
    await other.links.look()
    await desk.links.revoke(["xa-1"])
    desk.now = other.now = NOW + int(LOOK) - 1
    assert other.site_of(tokens["xa-1"]) == "xa-1"
    made = other.now
    await other.links.look()
    assert other.site_of(tokens["xa-1"]) is None
    assert made <= other.guests.void["xa-1"] < made + SKEW
    again = await desk.links.give(["xa-1"])
    assert desk.site_of(again["xa-1"]) == "xa-1"
    assert desk.guests.void["xa-1"] + 1 - SKEW <= desk.now  # so what is made for it now counts now
    other.door.close()


async def test_with_the_database_gone_all_goes_on_and_nothing_changes(
    desk: Desk, caplog: pytest.LogCaptureFixture,
) -> None:
    """The picture never waits for it."""
    tokens = await desk.links.give(["xa-1"])
    desk.door.close()
    (desk.folder / "db").rename(desk.folder / "away")
    (desk.folder / "db").touch()  # neither can it be made anew
    desk.begin()
    with caplog.at_level(logging.ERROR):
        await desk.links.look()
        await desk.links.look()
    assert caplog.text.count("as they were known last") == 1
    assert desk.site_of(tokens["xa-1"]) == "xa-1"
    for change in (desk.links.give(["xa-1"]), desk.links.revoke(["xa-1"])):
        with pytest.raises(DatabaseGoneError):
            await change
    assert desk.site_of(tokens["xa-1"]) == "xa-1"


async def test_no_database_is_made_only_to_look_into_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    await desk.links.look()
    assert list(tmp_path.iterdir()) == []


async def test_a_site_that_is_not_registered_gets_none(desk: Desk) -> None:
    with pytest.raises(RefusedError, match="“xa-9”"):
        await desk.links.give(["xa-9"])
    assert len(desk.guests) == 0
