import asyncio
import logging
import os

import pytest

from flow.errors import FeedError
from ingest.pipe_thread import PipeThread


def rest(end: int) -> bytes:
    data = b"".join(iter(lambda: os.read(end, 1 << 16), b""))
    os.close(end)
    return data


async def two(line: PipeThread) -> None:
    await line.put(b"pict")
    await line.put(b"ure")


async def never(_line: PipeThread) -> None:
    await asyncio.Event().wait()


async def breaks(_line: PipeThread) -> None:
    reason = "the sender is gone"
    raise FeedError(reason)


async def wrong(_line: PipeThread) -> None:
    raise LookupError


def test_what_is_put_comes_out_and_is_counted_and_the_end_closes_the_pipe() -> None:
    line = PipeThread("test", two)
    assert rest(line.start()) == b"picture"
    assert line.carried.bytes == 7
    assert line.trouble == ""


def test_stopping_closes_the_pipe() -> None:
    line = PipeThread("test", never)
    end = line.start()
    line.stop()
    assert rest(end) == b""


def test_stopping_before_the_start_holds() -> None:
    line = PipeThread("test", never)
    line.stop()
    assert rest(line.start()) == b""


def test_stopping_gives_up_what_nobody_reads() -> None:
    async def floods(line: PipeThread) -> None:
        await line.put(bytes(4 << 20))

    line = PipeThread("test", floods)
    end = line.start()
    assert os.read(end, 1)
    line.stop()
    line._loop._thread.join(10)
    assert not line._loop._thread.is_alive()
    os.close(end)


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    async def floods(line: PipeThread) -> None:
        await line.put(bytes(4 << 20))

    line = PipeThread("test", floods)
    os.close(line.start())
    line._loop._thread.join(10)
    assert line.trouble == ""


def test_trouble_is_the_reason_in_a_sentence() -> None:
    line = PipeThread("test", breaks)
    assert rest(line.start()) == b""
    assert line.trouble == "the sender is gone"


def test_a_mistake_of_ours_ends_the_feed_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    line = PipeThread("test", wrong)
    with caplog.at_level(logging.ERROR):
        assert rest(line.start()) == b""
    assert "nobody foresaw" in line.trouble
    assert "LookupError" in caplog.text


@pytest.mark.parametrize(("work", "patience", "why"), [(breaks, 9, "the sender is gone"), (never, 0.1, "in time")])
def test_a_start_with_patience_says_what_went_wrong(work: object, patience: float, why: str) -> None:
    line = PipeThread("test", work)  # type: ignore[arg-type]
    with pytest.raises(FeedError, match=why):
        line.start(patience)


def test_a_start_with_patience_goes_on_once_it_has_begun() -> None:
    async def begins(line: PipeThread) -> None:
        line.begun()
        await line.put(b"x")

    assert rest(PipeThread("test", begins).start(10)) == b"x"
