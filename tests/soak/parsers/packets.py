"""What a worker sends to a packager, and what a packager finds of its earlier life."""

from dataclasses import replace

import flow.wire
import packager.notes
import packager.past
import packager.publisher
import packager.timeline
import packager.track
import packager.webvtt
from flow.chunk import Chunk, Init, Packet
from flow.json_words import read_json
from flow.profile import ProfileName
from flow.track import VIETNAMESE
from flow.wire import Positions, headers_of, packet_of, path_of
from packager.publisher import Publisher
from tests.packager.shelf import RecordingShelf
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.recorded.clock import SteppedClock
from tests.soak.parsers.target import Target
from transcode.lane import UNREACHABLE

_CHANNEL = replace(channel_of(rungs=1, profile=ProfileName.CLASSIC), captions=VIETNAMESE)
_PACKAGER = (
    packager.notes, packager.past, packager.publisher, packager.timeline, packager.track, packager.webvtt,
)
_WORDS = (
    b"null", b"-1", b"[]", b"{}", b"1e999", b"[[[[", b"true", b'"', b'"renditions":', b'"spans":[[1,1,0,',
    b'"sizes":', b'"lost":[', b'"map":', b"9007199254740993", b"0.5",
)


def packet_targets() -> tuple[Target, ...]:
    """All of them."""
    return (
        Target(
            name="notes", json=True, run=_notes, declared=(), modules=_PACKAGER, words=_WORDS,
            seeds=_written_notes,
        ),
        Target(
            name="packets", run=_packets, declared=(), modules=_PACKAGER,
            seeds=lambda: [bytes(range(80)), b"\x10\x08\x01\x01" * 30, b"\x02\x20\x01\x02" * 20],
            words=(b" --> ", b"\n\n", b"\0\x08\0\1", b"\1\x09\0\1", b"\2\x0a\0\1"),
        ),
        Target(
            name="wire", run=_wire, declared=(ValueError, KeyError), modules=(flow.wire,),
            seeds=lambda: [b"v0\n1\n85920000000\n30720\n1\navc1", b"v0\n1\ninit\n0\n0\navc1.64001f"],
            words=(b"init", b"\n", b"-1", b"\xd9\xa1", b"9" * 17, b"1_0"),
        ),
        Target(
            name="positions", json=True, run=lambda data: Positions.from_json(read_json(data)),
            declared=UNREACHABLE, modules=(flow.wire,), words=_WORDS,
            seeds=lambda: [b'{"floor":3,"last_run":1,"renditions":{"v0":[1,3]}}'],
        ),
    )


def _notes(data: bytes) -> None:
    """Whatever notes are found, a publisher opens, and takes the next worker's media."""
    shelf = RecordingShelf(check=False)
    shelf.notes = data
    length = _CHANNEL.profile.segment
    clock = SteppedClock(wall_units=EPOCH + 10 * length)
    publisher = Publisher(channel=_CHANNEL, store=shelf, clock=clock)
    positions = publisher.positions()
    assert positions.floor >= 0
    for packet in recorded_packets(_CHANNEL, EPOCH + 10 * length, 1, run=positions.last_run % 2**40 + 1):
        publisher.take(packet)
    publisher.tick()
    publisher.status()


def _written_notes() -> list[bytes]:
    shelf = RecordingShelf(check=False)
    clock = SteppedClock(wall_units=EPOCH)
    publisher = Publisher(channel=_CHANNEL, store=shelf, clock=clock)
    found = []
    for packet in recorded_packets(_CHANNEL, EPOCH, 4):
        if isinstance(packet, Chunk):
            clock.advance_to(packet.end)
        publisher.take(packet)
        found.append(shelf.notes or b"{}")
    return [found[0], found[-1]]


def _packets(data: bytes) -> None:
    """Any packets of any runs in any order: a worker that has gone mad does not end the headend."""
    clock = SteppedClock(wall_units=EPOCH)
    publisher = Publisher(channel=_CHANNEL, store=RecordingShelf(check=False), clock=clock)
    for packet in _mad(data):
        publisher.take(packet)
        clock.advance(0.2)
        publisher.tick()
    publisher.status()


def _mad(data: bytes) -> list[Packet]:
    """Four bytes make a packet: of which rendition and run, what, where and how long."""
    chunk = _CHANNEL.profile.chunk
    made: list[Packet] = []
    for at in range(0, min(len(data) - 3, 160), 4):
        who, what, where, length = data[at : at + 4]
        rendition, run = _CHANNEL.renditions[who % len(_CHANNEL.renditions)], 1 + who // 16 % 4
        if what & 8:
            made.append(Init(rendition=rendition, run=run, codecs="avc1", body=data[at : at + 1]))
            continue
        start = (EPOCH + (where % 64 - 8) * chunk + (where if what & 4 else 0)) * (1 << (what >> 6))
        made.append(Chunk(
            rendition=rendition, run=run, start=start, duration=length * 97 if what & 2 else chunk,
            independent=bool(what & 1), body=data[at:],
        ))
    return made


def _wire(data: bytes) -> None:
    """What is understood is told again in the same words."""
    rendition, run, last, duration, independent, codecs = data.decode("latin-1").split("\n", 5)
    headers = {"Xacast-Codecs": codecs, "Xacast-Duration": duration, "Xacast-Independent": independent}
    packet = packet_of(rendition, run, last, headers, data)
    _, _, again, final = path_of(packet).split("/", 3) if "/" not in rendition else ("", "", str(packet.run), last)
    assert packet_of(rendition, again, final, headers_of(packet), data) == packet
