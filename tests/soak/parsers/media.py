"""Readers of our own encoder's media: boxes, chunks, and what segments for old boxes are made from."""

from functools import partial

import flow.boxes
import flow.esds
import packager.ts.adts
import packager.ts.avc
import packager.ts.packets
import packager.ts.piece
import packager.ts.samples
import packager.ts.segment
import packager.ts.sps
import transcode.chunker
import transcode.codecs
import transcode.fragment
from flow.boxes import Fields, find, read_head, walk
from flow.chunk import Init, Packet
from flow.errors import MediaError
from flow.esds import described
from flow.ids import RenditionId
from flow.ladder import AUDIO
from flow.profile import ProfileName
from packager.ts.adts import Adts
from packager.ts.avc import Avc
from packager.ts.piece import Piece, contents_of
from packager.ts.segment import segment_of
from packager.ts.sps import held_back
from tests.packager.ts.media import V0, recorded, recorded_init
from tests.packager.ts.reader import read
from tests.recorded import h264
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.soak.parsers.target import Target, answer_of, pieces
from transcode.chunker import Chunker
from transcode.codecs import codecs_of

_BROKEN = (MediaError,)
_KINDS = (
    b"ftyp", b"moov", b"trak", b"mdia", b"mdhd", b"minf", b"stbl", b"stsd", b"avc1", b"avcC", b"mp4a", b"esds",
    b"mvex", b"trex", b"moof", b"traf", b"tfhd", b"tfdt", b"trun", b"mdat", b"styp", b"prft", b"emsg", b"mfra",
)
_SMALL = channel_of(rungs=1, profile=ProfileName.ULTRA)


def media_targets() -> tuple[Target, ...]:
    """All of them."""
    return (
        Target(
            name="boxes", run=_boxes, declared=_BROKEN, modules=(flow.boxes, flow.esds, transcode.codecs),
            seeds=lambda: [recorded_init(V0), recorded_init(AUDIO)], words=_KINDS,
        ),
        Target(
            name="chunker", run=_chunker, declared=_BROKEN,
            modules=(transcode.chunker, transcode.fragment, transcode.codecs, flow.boxes, flow.esds),
            seeds=_streams, words=_KINDS,
        ),
        Target(
            name="esds", run=_esds, declared=_BROKEN, modules=(flow.esds, packager.ts.adts, packager.ts.avc),
            seeds=lambda: [_stsd(V0), _stsd(AUDIO)], words=_KINDS,
        ),
        Target(
            name="sps", run=held_back, declared=_BROKEN, modules=(packager.ts.sps,),
            seeds=lambda: [h264.sps(1280, 720), h264.sps(426, 240), bytes.fromhex("6764001facd9405005bb0110")],
        ),
        Target(
            name="transport", run=_transport, declared=_BROKEN,
            modules=(
                packager.ts.piece, packager.ts.samples, packager.ts.segment, packager.ts.packets, packager.ts.avc,
                packager.ts.adts,
            ),
            seeds=_both_pieces, words=_KINDS,
        ),
    )


def _boxes(data: bytes) -> None:
    view = memoryview(data)
    found = answer_of(_BROKEN, lambda: list(walk(view)))
    head = answer_of(_BROKEN, lambda: read_head(data, 0, len(data)))
    if isinstance(found, list):
        inside = sum(len(content) for _, content in found)
        assert len(found) * 8 + inside <= len(data) <= len(found) * 16 + inside
        assert bool(found) == (head is not None)
    codecs_of(find(view, "moov"))


def _chunker(data: bytes) -> None:
    step, body = data[:1], data[1:]
    reader = Chunker(V0, 1)
    packets: list[Packet] = []
    apart = answer_of(_BROKEN, lambda: [packets.extend(reader.feed(one)) for one in pieces(body, sum(step))])
    whole = answer_of(_BROKEN, lambda: Chunker(V0, 1).feed(body))
    if isinstance(whole, list):
        assert whole == packets
    else:
        assert apart is whole
    for chunk in packets:
        assert chunk.body in body
        assert isinstance(chunk, Init) or 0 < chunk.duration <= 2**53 - chunk.start


def _streams() -> list[bytes]:
    packets = list(recorded_packets(_SMALL, EPOCH, 1))
    return [
        bytes([step]) + b"".join(packet.body for packet in packets if packet.rendition == name)[:8_000]
        for name in _SMALL.renditions for step in (0, 97)
    ]


def _esds(data: bytes) -> None:
    box = _box(b"moov", _box(b"trak", _box(b"mdia", _box(b"minf", _box(b"stbl", _box(b"stsd", data))))))
    for read_init in (Avc.of, Adts.of):
        made = answer_of(_BROKEN, partial(read_init, box))
        if isinstance(made, Adts):
            assert len(made.frame(b"12")) == 9
    described(memoryview(data))


def _stsd(rendition: RenditionId) -> bytes:
    moov = find(memoryview(recorded_init(rendition)), "moov", "trak", "mdia", "minf", "stbl", "stsd")
    return bytes(moov)


def _box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body


def _transport(data: bytes) -> None:
    """A segment that is made keeps the standard's rules, however odd what it is made from."""
    fields = Fields(memoryview(data))
    parts = [bytes(fields.take(fields.number(2))) for _ in range(4)]
    piece = Piece(picture_init=parts[0], picture=parts[1], sound_init=parts[2], sound=parts[3])
    made = segment_of(contents_of(EPOCH, [piece, None], 128, 72))
    found = read(made)
    assert found.wrong == []


def _both_pieces() -> list[bytes]:
    parts = (recorded_init(V0), recorded(V0, EPOCH), recorded_init(AUDIO), recorded(AUDIO, EPOCH))
    return [b"".join(len(part).to_bytes(2, "big") + part for part in parts)]
