"""The door with raw connections; with real publishers in `test_rtmp_publish.py`."""

import asyncio
import logging
from contextlib import suppress
from pathlib import Path

import pytest

from flow.errors import ToolError
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.door import random_delay
from ingest.rtmp.limits import DoorLimits
from ingest.rtmp.mouth import RtmpMouth
from tests.ingest.rtmp_knock import KEY, At, rest, standing
from tests.ingest.rtmp_talk import command, heads, opening, picture, socket_in, sound, tags, talk

REFUSED = ["NetStream.Publish.Rejected"]
BUSY = ["NetStream.Publish.BadName"]
OPEN = DoorLimits(connections=300, knocking=300, waiting=300, patience=0.05)


async def test_what_a_publisher_sends_is_flv_for_the_worker(tmp_path: Path) -> None:
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        sent = (*heads(), picture(0), sound(23), picture(0x0123_4567, key=False))
        await at.say(talk(*opening(KEY), *sent, command("deleteStream", 9, None, 1)))
        found = tags(await rest(end))
    assert [(one.kind, one.timestamp) for one in found] == [
        (18, 0), (9, 0), (8, 0), (9, 0), (8, 23), (9, 0x0123_4567),
    ]
    assert found[0].body.startswith(b"\x02\x00\x0aonMetaData")


@pytest.mark.parametrize(("key", "app", "verb"), [
    ("falsch", "live", "publish"), (KEY, "other", "publish"), (KEY, "live", "play"), ("", "live", "publish"),
    (KEY + "x", "live", "publish"), ("falsch", "other", "play"),
])
async def test_whatever_is_wrong_is_refused_in_the_same_words(
    tmp_path: Path, key: str, app: str, verb: str,
) -> None:
    """T-02: unknown application, wrong key and play cannot be told apart."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        assert await at.ask(key, app, verb) == REFUSED
        _, writer = await at.publish()
        writer.transport.abort()
        assert tags(await rest(end)) == []


async def test_a_refusal_s_answer_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """T-02: apart from the random bytes of the handshake."""
    async with standing(socket_in(tmp_path)) as at:
        said = [
            (await at.say(talk(*opening(key, app, verb))))[3073:]
            for key, app, verb in (("falsch", "live", "publish"), (KEY, "oter", "publish"), (KEY, "live", "play"))
        ]
    assert said[0]
    assert len(set(said)) == 1


async def test_a_refusal_waits_and_nobody_else_waits_with_it(tmp_path: Path) -> None:
    """T-02: off the path of every other connection."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path), delay=lambda: 60.0) as at:
        wrong = asyncio.create_task(at.ask("falsch"))
        reader, writer = await at.publish()
        assert not wrong.done()
        writer.transport.abort()
        wrong.cancel()
        del reader
        assert tags(await rest(end)) == []


def test_the_delay_is_random_and_at_most_four_seconds() -> None:
    found = [random_delay() for _ in range(200)]
    assert 0 <= min(found) < max(found) <= 4


async def test_five_wrong_keys_ban_an_address_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    """T-02: of fifty guesses at once five are looked at, and then nothing is."""
    looked: list[str] = []

    def find(key: str) -> Path | None:
        looked.append(key)
        return socket_in(tmp_path) if key == KEY else None

    async with standing(socket_in(tmp_path), OPEN, find) as at:
        await asyncio.gather(*(at.ask(f"falsch-{number}") for number in range(50)))
        assert len(looked) == 5
        assert await at.say(talk(*opening(KEY))) == b""
        at.clock.now += 900 * 1_000_000_000
        assert await at.ask(KEY) == BUSY  # let in again; no worker waits
        assert looked[5:] == [KEY]


async def test_an_operator_lets_an_address_knock_again_before_its_time(tmp_path: Path) -> None:
    """Who was refused is told, and no key with it."""
    async with standing(socket_in(tmp_path), OPEN) as at:
        await asyncio.gather(*(at.ask("falsch") for _ in range(5)))
        assert [(one.number, one.address) for one in at.door.refusals] == [(1, "127.0.0.1")]
        assert at.door.banned() == {"127.0.0.1": 900 * 1_000_000_000}
        assert await at.say(talk(*opening(KEY))) == b""
        at.door.lift("127.0.0.1")
        assert at.door.banned() == {}
        assert await at.ask(KEY) == BUSY  # let in; no worker waits


async def test_the_first_publisher_keeps_the_air(tmp_path: Path) -> None:
    """T-03, F-17."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        _, first = await at.publish()
        assert await at.ask(KEY) == BUSY
        assert [one.place for one in at.door.refusals] == [socket_in(tmp_path).stem]
        first.write(ChunkWriter().write(picture(40, b"first")))
        first.write_eof()
        [only] = tags(await rest(end))
        assert only.body.endswith(b"first")
        first.transport.abort()


@pytest.mark.parametrize("limits", [OPEN, DoorLimits(patience=0.05)])
async def test_of_two_hundred_publishers_at_once_exactly_one_is_on_air(tmp_path: Path, limits: DoorLimits) -> None:
    """T-03, F-17: no byte of another one comes through."""
    mouth = RtmpMouth(socket_in(tmp_path))
    [end] = mouth.start()
    async with standing(socket_in(tmp_path), limits) as at:
        lines = await asyncio.gather(*(at.call() for _ in range(200)))

        async def knock(number: int) -> None:
            reader, writer = lines[number]
            mark = number.to_bytes(2, "big") * 500
            writer.write(talk(*opening(KEY), *heads(), *(picture(40 * one, mark) for one in range(20))))
            try:
                await reader.readuntil(b"NetStream.Publish.Start")
                won.append(number)
            except (asyncio.IncompleteReadError, ConnectionError):
                writer.transport.abort()

        won: list[int] = []
        knocks = [asyncio.create_task(knock(number)) for number in range(200)]
        await asyncio.wait_for(asyncio.gather(*knocks), 20)
        assert len(won) == 1
        lines[won[0]][1].write_eof()
        found = tags(await rest(end))
        lines[won[0]][1].transport.abort()
    assert [one.body[-2:] for one in found[3:]] == [won[0].to_bytes(2, "big")] * 20


async def test_without_a_worker_it_is_as_if_somebody_published(tmp_path: Path) -> None:
    async with standing(socket_in(tmp_path)) as at:
        assert await at.ask(KEY) == BUSY
        assert at.door.on_air == frozenset()


async def test_a_worker_that_comes_a_little_later_is_waited_for(tmp_path: Path) -> None:
    """F-11: a publisher that restarts at once finds the worker still getting ready."""
    async with standing(socket_in(tmp_path), DoorLimits(patience=10)) as at:
        publishing = asyncio.create_task(at.publish())
        await at.until(on_air=True)
        [end] = RtmpMouth(socket_in(tmp_path)).start()
        _, writer = await publishing
        writer.transport.abort()
        assert tags(await rest(end)) == []


async def test_the_air_is_free_again_when_the_publisher_has_left(tmp_path: Path) -> None:
    """F-11: also without a word, and as often as one likes."""
    async with standing(socket_in(tmp_path), DoorLimits(patience=10)) as at:
        for goodbye in (True, False, True):
            [end] = RtmpMouth(socket_in(tmp_path)).start()
            _, writer = await at.publish()
            if goodbye:
                writer.write(ChunkWriter().write(command("FCUnpublish", 6, None, KEY)))
            else:
                writer.transport.abort()
            assert tags(await rest(end)) == []
            await at.until(on_air=False)
            writer.transport.abort()


async def test_a_publisher_stays_while_its_key_holds_when_its_worker_comes_back(tmp_path: Path) -> None:
    """F-01, T-02: a decoder's death costs no publisher; a key that was changed does."""
    known = [KEY]
    async with standing(
        socket_in(tmp_path), find=lambda key: socket_in(tmp_path) if key in known else None,
    ) as at:
        mouth = RtmpMouth(socket_in(tmp_path))
        [end] = mouth.start()
        _, writer = await at.publish()
        for hold in (True, False):
            mouth.stop()
            assert tags(await rest(end))[3:] == []
            if not hold:
                known.clear()
            mouth = RtmpMouth(socket_in(tmp_path))
            [end] = mouth.start()
            while at.door.on_air and not mouth.carried.bytes:
                writer.write(ChunkWriter().write(sound(0)))
                await asyncio.sleep(0.005)
            assert bool(at.door.on_air) is hold
        mouth.stop()
        assert await rest(end) == b""
        writer.transport.abort()


async def test_a_publisher_that_falls_silent_is_dropped(tmp_path: Path) -> None:
    """F-02: one that only keeps the connection alive is silent too."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path), DoorLimits(silent=0.05)) as at:
        _, writer = await at.publish()
        over = asyncio.create_task(rest(end))
        while not over.done():
            writer.write(ChunkWriter().write(command("ping", 0, None)))
            await asyncio.wait({over}, timeout=0.005)
        assert tags(await over) == []
        writer.transport.abort()


@pytest.mark.parametrize("begin", [b"", b"\3", b"\3" + bytes(1536), talk(), talk(opening(KEY)[0])])
async def test_whoever_does_not_come_to_the_point_is_dropped(tmp_path: Path, begin: bytes) -> None:
    """T-18."""
    async with standing(socket_in(tmp_path), DoorLimits(opening=0.05)) as at:
        assert b"NetStream" not in await at.say(begin)


async def test_a_flood_of_empty_messages_is_cut_off_and_its_address_banned(tmp_path: Path) -> None:
    """T-09, T-18: one byte is a whole message; who may publish feels nothing of eight that send nothing else."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    flood = talk() + b"\x03" + bytes(6) + b"\x09" + bytes(4) + b"\xc3" * (1 << 20)

    async def attack(at: At, address: str) -> int:
        knocks = 0
        while not at.door._is_banned(address):
            reader, writer = await asyncio.open_connection("127.0.0.1", at.port, local_addr=(address, 0))
            writer.write(flood)
            knocks += 1
            with suppress(ConnectionError):
                await reader.read()
            writer.transport.abort()
        return knocks

    async with standing(socket_in(tmp_path)) as at:
        _, publisher = await at.publish()
        attacks = [asyncio.create_task(attack(at, f"127.0.{number}.9")) for number in range(1, 9)]
        knocks = await asyncio.wait_for(asyncio.gather(*attacks), 10)
        publisher.write(ChunkWriter().write(picture(40)))
        publisher.write_eof()
        [only] = tags(await rest(end))
        assert only.timestamp == 40
        publisher.transport.abort()
        assert knocks == [5] * 8


@pytest.mark.parametrize("said", [
    b"GET / HTTP/1.1\r\n\r\n", b"\x16\3\1\2\0" * 400, b"\3" + bytes(3072) + b"\xff" * 100,
    talk(opening(KEY)[0]) + b"\x04" + bytes(3) + b"\xff\xff\xff\x09" + bytes(4),
])
async def test_what_is_no_rtmp_or_too_long_ends_that_connection_alone(tmp_path: Path, said: bytes) -> None:
    """T-09, T-18."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        reader, writer = await at.publish()
        await at.say(said)
        assert at.door.on_air == {socket_in(tmp_path)}
        writer.transport.abort()
        del reader
        assert tags(await rest(end)) == []


async def test_a_message_beyond_the_limit_drops_the_publisher_too(tmp_path: Path) -> None:
    """T-09."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        _, writer = await at.publish()
        writer.write(b"\x07" + bytes(3) + b"\x80\0\1\x09" + bytes(4))  # 8 MiB and one
        assert tags(await rest(end)) == []
        writer.transport.abort()


async def test_connections_beyond_the_limits_are_closed_at_once(tmp_path: Path) -> None:
    """T-18: one address cannot take all places, and nobody more than there are."""
    for limits in (DoorLimits(connections=2), DoorLimits(knocking=2)):
        async with standing(socket_in(tmp_path), limits) as at:
            held = [await at.call() for _ in range(2)]
            for reader, writer in held:
                writer.write(b"\3" + bytes(1536))
                await reader.readexactly(3073)
            assert await at.say(talk()) == b""
            held[0][1].close()
            await held[0][1].wait_closed()
            while not await at.ask("falsch"):
                pass
            held[1][1].transport.abort()


async def knocking(at: At, address: str) -> asyncio.StreamWriter:
    """A handshake from there that is never finished."""
    reader, writer = await asyncio.open_connection("127.0.0.1", at.port, local_addr=(address, 0))
    writer.write(b"\3" + bytes(1536))
    await reader.readexactly(3073)
    return writer


async def test_slots_held_from_many_addresses_keep_no_publisher_out(tmp_path: Path) -> None:
    """T-03: who has waited longest makes room."""
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path), DoorLimits(waiting=4)) as at:
        held = [await knocking(at, f"127.0.{number}.9") for number in range(12)]
        reader, writer = await at.publish()
        for one in (*held, writer):
            one.transport.abort()
        del reader
        assert tags(await rest(end)) == []


@pytest.mark.parametrize("said", [b"\3", b"\3" + bytes(1536), b"GET / HTTP/1.1\r\n\r\n"])
async def test_who_does_not_come_to_the_point_has_failed(tmp_path: Path, said: bytes) -> None:
    """T-02: five knocks that only hold a place, or speak something else, ban as five wrong keys do."""
    async with standing(socket_in(tmp_path), DoorLimits(opening=0.02)) as at:
        for _ in range(5):
            await at.say(said)
        assert await at.ask(KEY) == []
        at.clock.now += 900 * 1_000_000_000
        assert await at.ask(KEY) == BUSY


async def test_who_only_looks_whether_the_port_is_open_has_not_failed(tmp_path: Path) -> None:
    async with standing(socket_in(tmp_path)) as at:
        for _ in range(10):
            _, writer = await at.call()
            writer.close()
            await writer.wait_closed()
        assert await at.ask("falsch") == REFUSED


async def test_guesses_from_a_whole_network_are_cut_off(tmp_path: Path) -> None:
    """T-02: of forty neighbours' guesses twenty are looked at; who had the right key before is still let in."""
    looked: list[str] = []

    def find(key: str) -> Path | None:
        looked.append(key)
        return socket_in(tmp_path) if key == KEY else None

    async def guess(at: At, address: str, key: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", at.port, local_addr=(address, 0))
        try:
            writer.write(talk(*opening(key)))
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.transport.abort()

    async with standing(socket_in(tmp_path), OPEN, find) as at:
        assert b"BadName" in await guess(at, "127.0.9.200", KEY)
        for number in range(1, 41):
            await guess(at, f"127.0.9.{number}", "falsch")
        assert looked.count("falsch") == 20
        assert b"BadName" in await guess(at, "127.0.9.200", KEY)
        assert await guess(at, "127.0.9.201", KEY) == b""


async def test_when_keys_cannot_be_looked_up_nobody_is_let_in_or_banned(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    def find(_key: str) -> Path | None:
        tool = "the registry"
        raise ToolError(tool, "disk I/O error")

    async with standing(socket_in(tmp_path), find=find) as at:
        for _ in range(6):
            assert await at.ask(KEY) == []
    assert caplog.text.count("the registry failed: disk I/O error") == 6


async def test_an_error_that_nobody_foresaw_ends_that_connection_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    def find(key: str) -> Path | None:
        raise LookupError(key)

    async with standing(socket_in(tmp_path), find=find) as at:
        assert await at.ask("canary-key") == []
    assert "LookupError" in caplog.text
    assert "canary" not in caplog.text


async def test_no_key_is_ever_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """T-11: neither a right one nor a wrong one, however the connection ends."""
    canary = "canary-5f3a"
    caplog.set_level(logging.DEBUG)
    [end] = RtmpMouth(socket_in(tmp_path)).start()

    def find(key: str) -> Path | None:
        return socket_in(tmp_path) if key == canary else None

    async with standing(socket_in(tmp_path), find=find) as at:
        _, writer = await at.publish(key=canary)
        await at.ask(canary)
        await at.ask(canary, "other")
        await at.ask(canary + "x")
        await at.ask(canary, "live", "play")
        await at.say(talk(opening(canary)[0]) + canary.encode() * 100)
        writer.write(canary.encode() * 100)
        assert tags(await rest(end)) == []
        writer.transport.abort()
    assert "publishes to hop-0" in caplog.text
    assert "is refused" in caplog.text
    assert "canary" not in caplog.text


async def test_stopping_closes_every_connection(tmp_path: Path) -> None:
    [end] = RtmpMouth(socket_in(tmp_path)).start()
    async with standing(socket_in(tmp_path)) as at:
        _, writer = await at.publish()
    assert tags(await rest(end)) == []
    writer.transport.abort()
