"""What an operator asks of one feed."""

import base64
from pathlib import Path
from typing import Any, cast

import pytest

from desk.feed_requests import FeedRequests, feed_request
from flow.errors import OperatorError, ToolError
from ingest.measures import THUMB_BYTES
from ingest.programme import Programme

LOOK = bytes(THUMB_BYTES)


class Feeds:
    """Two feeds to switch between and one with slides."""

    count = 3

    def __init__(self) -> None:
        self.pictures: dict[int, bytes] = {0: b"jpeg", 2: b"slide"}
        self.taught: dict[int, bytes | None] = {}

    def preview(self, feed: int) -> bytes | None:
        return self.pictures.get(feed)

    def look(self, feed: int) -> bytes | None:
        return LOOK if feed in self.pictures else None

    def teach(self, feed: int, lobby: bytes | None) -> None:
        self.taught[feed] = lobby


async def ask(folder: Path, feeds: Feeds, do: str, feed: object) -> dict[str, Any]:
    return await FeedRequests(folder).answer(cast("Programme", feeds), {"do": do, "feed": feed})


async def test_a_preview_is_a_jpeg_of_any_feed(tmp_path: Path) -> None:
    assert base64.b64decode((await ask(tmp_path, Feeds(), "preview", 2))["jpeg"]) == b"slide"
    with pytest.raises(OperatorError, match="no picture yet"):
        await ask(tmp_path, Feeds(), "preview", 1)


async def test_a_lobby_picture_is_kept_and_holds_in_the_next_life(tmp_path: Path) -> None:
    """F-18."""
    feeds, later = Feeds(), Feeds()
    await ask(tmp_path / "lobby", feeds, "learn-lobby", 0)
    assert feeds.taught == {0: LOOK}
    FeedRequests(tmp_path / "lobby").restore(cast("Programme", later))
    assert later.taught == {0: LOOK, 1: None, 2: None}
    await ask(tmp_path / "lobby", feeds, "forget-lobby", 0)
    assert feeds.taught == {0: None}
    assert list((tmp_path / "lobby").iterdir()) == []


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
