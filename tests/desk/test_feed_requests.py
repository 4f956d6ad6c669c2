"""What an operator asks of one feed."""

import base64
from pathlib import Path
from typing import Any, cast

import pytest

from desk.feed_requests import FeedRequests, feed_request
from flow.errors import OperatorError, ToolError
from ingest.kinds import feed_of
from ingest.programme import Programme
from ingest.switching.measures import THUMB_BYTES

LOOK = bytes(THUMB_BYTES)
FEEDS = tuple(feed_of(f"srt://10.0.0.{number}:9000") for number in (1, 2, 3))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.feed_requests.SECOND_LOOK", 0.0)


class Feeds:
    """Two feeds to switch between and one with slides."""

    count = 3

    def __init__(self, *, moves: bool = False) -> None:
        self._moves = moves
        self.pictures: dict[int, bytes] = {0: b"jpeg", 2: b"slide"}
        self.taught: dict[int, bytes | None] = {}
        self.retried: list[int] = []

    def preview(self, feed: int) -> bytes | None:
        return self.pictures.get(feed)

    def look(self, feed: int) -> bytes | None:
        return LOOK if feed in self.pictures else None

    def retry(self, feed: int) -> None:
        self.retried.append(feed)

    def at_lobby(self, feed: int) -> bool:
        return self.taught.get(feed) == LOOK and not self._moves

    def teach(self, feed: int, lobby: bytes | None) -> None:
        self.taught[feed] = lobby


async def ask(folder: Path, feeds: Feeds, do: str, feed: object) -> dict[str, Any]:
    return await FeedRequests(folder, FEEDS).answer(cast("Programme", feeds), {"do": do, "feed": feed})


async def test_a_preview_is_a_jpeg_of_any_feed(tmp_path: Path) -> None:
    assert base64.b64decode((await ask(tmp_path, Feeds(), "preview", 2))["jpeg"]) == b"slide"
    with pytest.raises(OperatorError, match="no picture yet"):
        await ask(tmp_path, Feeds(), "preview", 1)


async def test_a_lobby_picture_is_kept_and_holds_in_the_next_life(tmp_path: Path) -> None:
    """F-18."""
    feeds, later = Feeds(), Feeds()
    await ask(tmp_path / "lobby", feeds, "learn-lobby", 0)
    assert feeds.taught == {0: LOOK}
    FeedRequests(tmp_path / "lobby", FEEDS).restore(cast("Programme", later))
    assert later.taught == {0: LOOK, 1: None, 2: None}
    await ask(tmp_path / "lobby", feeds, "forget-lobby", 0)
    assert feeds.taught == {0: None}
    assert list((tmp_path / "lobby").iterdir()) == []


@pytest.mark.parametrize("moves", [True, False])
async def test_what_moves_is_no_lobby_picture_and_that_is_told(tmp_path: Path, moves: bool) -> None:
    feeds = Feeds(moves=moves)
    assert await ask(tmp_path, feeds, "learn-lobby", 0) == {"tick": 0, "moves": moves}
    assert await ask(tmp_path, feeds, "forget-lobby", 0) == {"tick": 0}


async def test_it_goes_with_its_feed_and_sticks_to_no_other(tmp_path: Path) -> None:
    """F-18: feeds that change places keep their own; another feed at the same place gets none."""
    await ask(tmp_path, Feeds(), "learn-lobby", 0)
    turned, other = Feeds(), Feeds()
    FeedRequests(tmp_path, FEEDS[::-1]).restore(cast("Programme", turned))
    assert turned.taught == {0: None, 1: None, 2: LOOK}
    FeedRequests(tmp_path, (feed_of("testcard:"), *FEEDS[1:])).restore(cast("Programme", other))
    assert other.taught == {0: None, 1: None, 2: None}
    assert list(tmp_path.iterdir()) == []


async def test_a_channel_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    await ask(tmp_path / "hop", Feeds(), "learn-lobby", 0)
    FeedRequests(tmp_path / "hop", FEEDS).forget()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("do", "feed"), [
    ("preview", 3), ("preview", -1), ("preview", "x"), ("learn-lobby", 3), ("learn-lobby", 1), ("preview", True),
])
async def test_a_feed_that_is_not_there_or_shows_nothing_is_told(tmp_path: Path, do: str, feed: object) -> None:
    with pytest.raises(OperatorError):
        await ask(tmp_path, Feeds(), do, feed)


async def test_a_disk_that_refuses_is_told_and_nothing_taught(tmp_path: Path) -> None:
    """F-21."""
    (tmp_path / "file").touch()
    feeds = Feeds()
    with pytest.raises(ToolError, match="cannot be kept"):
        await ask(tmp_path / "file" / "lobby", feeds, "learn-lobby", 0)
    assert feeds.taught == {}


def test_only_whole_requests_count_as_such() -> None:
    assert feed_request({"do": "preview", "feed": 0})
    for words in ({"do": "take", "feed": 0}, {"do": "preview", "feed": "0"}, {"do": "preview"}, [], None):
        assert not feed_request(words)


async def test_a_feed_in_quarantine_is_tried_again(tmp_path: Path) -> None:
    """F-03."""
    feeds = Feeds()
    assert await ask(tmp_path, feeds, "retry", 2) == {"tick": 0}
    assert feeds.retried == [2]
