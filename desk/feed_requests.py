"""What an operator asks of one feed beside switching: how it looks now, and which picture of it is a lobby's.

    {"do": "preview", "feed": 0}         answered with {"tick": …, "jpeg": base64}
    {"do": "learn-lobby", "feed": 0}     what it shows now counts as no picture from now on; answered with
                                         {"tick": …, "moves": true} when it shows something else soon after
    {"do": "forget-lobby", "feed": 0}
    {"do": "retry", "feed": 0}           tried again at once, if it is in quarantine
"""

import asyncio
import base64
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from flow.errors import OperatorError, ToolError
from flow.feed import Feed
from ingest.programme import Programme
from ingest.switching.lobby import forget_lobbies, lobby_names, read_lobby, write_lobby

FEED_REQUESTS = ("preview", "learn-lobby", "forget-lobby", "retry")
SECOND_LOOK = 0.8
"""Seconds after which a lobby picture is still the same; the headend waits for an answer for 2."""
_NO_PICTURE = "the feed has shown no picture yet"


class FeedRequests:
    """For one channel's worker. A lobby picture is kept in `folder`, one file for each of its `feeds`."""

    def __init__(self, folder: Path, feeds: Sequence[Feed]) -> None:
        self._folder = folder
        self._names = lobby_names(feeds)

    def restore(self, programme: Programme) -> None:
        """Let the lobby pictures hold that were taught in an earlier life; those of other feeds go."""
        for feed in range(programme.count):
            programme.teach(feed, read_lobby(self._place(feed)))
        with suppress(OSError):
            for kept in self._folder.iterdir():
                if kept.name not in self._names:
                    kept.unlink()

    def forget(self) -> None:
        """The channel is over: what was taught does not wait for another one of its name."""
        forget_lobbies(self._folder)

    async def answer(self, programme: Programme, words: dict[str, Any]) -> dict[str, Any]:
        """Do it; raises OperatorError for a feed that is not there or shows nothing, ToolError for a full disk."""
        do, feed = words["do"], words.get("feed")
        count = programme.count
        if type(feed) is not int or not 0 <= feed < count:
            problem = f"there is no feed {feed if type(feed) is not int else feed + 1} that can be asked for this"
            raise OperatorError(problem, f"Choose one of 1 to {count}")
        if do == "retry":
            programme.retry(feed)
            return {"tick": 0}
        if do == "preview":
            jpeg = await asyncio.to_thread(programme.preview, feed)
            if jpeg is None:
                raise OperatorError(_NO_PICTURE, "Try again when `xacast status` calls it live")
            return {"tick": 0, "jpeg": base64.b64encode(jpeg).decode()}
        return await self._teach(programme, feed, learn=do == "learn-lobby")

    async def _teach(self, programme: Programme, feed: int, *, learn: bool) -> dict[str, Any]:
        picture = programme.look(feed) if learn else None
        if learn and picture is None:
            raise OperatorError(_NO_PICTURE, "Learn it while the lobby picture is there")
        try:
            await asyncio.to_thread(self._keep, feed, picture)
        except OSError as error:
            raise ToolError(str(self._folder), f"the lobby picture cannot be kept: {error.strerror}") from error
        programme.teach(feed, picture)
        if not learn:
            return {"tick": 0}
        await asyncio.sleep(SECOND_LOOK)
        return {"tick": 0, "moves": not programme.at_lobby(feed)}

    def _keep(self, feed: int, picture: bytes | None) -> None:
        if picture is None:
            self._place(feed).unlink(missing_ok=True)
        else:
            write_lobby(self._place(feed), picture)

    def _place(self, feed: int) -> Path:
        return self._folder / self._names[feed]


def feed_request(words: Any) -> bool:  # noqa: ANN401 - what a stranger sends is anything
    """Whether an order is one of these, and names a feed."""
    return isinstance(words, dict) and words.get("do") in FEED_REQUESTS and type(words.get("feed")) is int

