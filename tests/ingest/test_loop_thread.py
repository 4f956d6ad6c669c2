import asyncio
import logging
from threading import Event

import pytest

from flow.errors import FeedError
from ingest.loop_thread import LoopThread


async def never() -> None:
    await asyncio.Event().wait()


async def breaks() -> None:
    reason = "the sender is gone"
    raise FeedError(reason)


def test_a_stop_ends_it_and_its_end_is_told_once() -> None:
    over = Event()
    line = LoopThread("test", never, over.set)
    line.start()
    line.stop()
    assert over.wait(10)
    assert line.trouble == ""


def test_a_stop_before_the_start_holds() -> None:
    over = Event()
    line = LoopThread("test", never, over.set)
    line.stop()
    line.start()
    assert over.wait(10)


def test_what_broke_is_said_to_whoever_waits_for_the_beginning() -> None:
    with pytest.raises(FeedError, match="the sender is gone"):
        LoopThread("test", breaks, lambda: None).start(10)
    with pytest.raises(FeedError, match="in time"):
        LoopThread("test", never, lambda: None).start(0.05)


def test_a_mistake_of_ours_is_logged_and_ends_it(caplog: pytest.LogCaptureFixture) -> None:
    async def wrong() -> None:
        raise LookupError

    line = LoopThread("test", wrong, lambda: None)
    with caplog.at_level(logging.ERROR), pytest.raises(FeedError, match="nobody foresaw"):
        line.start(10)
    assert "LookupError" in caplog.text
