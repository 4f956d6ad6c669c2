"""RTMP as a publisher speaks it, made by our own writer, and what comes out taken apart again."""

import struct
from dataclasses import dataclass
from pathlib import Path

from ingest.rtmp.amf import encode
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import ChunkReader
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.flv_tags import HEADER
from ingest.rtmp.message import Kind, Message

HELLO = b"\3" + bytes(1536) + bytes(1536)
"""C0, C1 and C2: our server compares nothing, so that all can be sent at once."""

ANSWERED = 1 + 2 * 1536

META = encode("onMetaData", {"width": 426})
AVC = b"\x17\0\0\0\0\1B\xc0\x1e"
AAC = b"\xaf\0\x12\x10"


def command(name: str, transaction: float, *values: object, stream: int = 0) -> Message:
    return Message(kind=Kind.COMMAND, body=encode(name, transaction, *values), stream=stream)


def talk(*messages: Message) -> bytes:
    """Handshake and messages in one piece."""
    writer = ChunkWriter()
    return HELLO + b"".join(map(writer.write, messages))


def opening(key: str, app: str = "live", verb: str = "publish") -> tuple[Message, ...]:
    """What `ffmpeg -f flv` says before its media."""
    return (
        command("connect", 1, {"app": app, "tcUrl": f"rtmp://127.0.0.1/{app}"}),
        command("releaseStream", 2, None, key), command("FCPublish", 3, None, key),
        command("createStream", 4, None),
        command(verb, 5, None, key, "live", stream=1),
    )


def picture(timestamp: int, mark: bytes = b"", *, key: bool = True) -> Message:
    body = (b"\x17" if key else b"\x27") + b"\1\0\0\0" + mark
    return Message(kind=Kind.VIDEO, body=body, timestamp=timestamp, stream=1)


def sound(timestamp: int) -> Message:
    return Message(kind=Kind.AUDIO, body=b"\xaf\1data", timestamp=timestamp, stream=1)


def data(body: bytes) -> Message:
    return Message(kind=Kind.DATA, body=body, stream=1)


def heads() -> tuple[Message, ...]:
    """Metadata as publishers send it, and both sequence headers."""
    return (
        data(encode("@setDataFrame") + META), Message(kind=Kind.VIDEO, body=AVC, stream=1),
        Message(kind=Kind.AUDIO, body=AAC, stream=1),
    )


def answers(received: bytes) -> list[Command]:
    """The commands in what a server has sent, its handshake before them."""
    return [command_of(message) for message in messages(received) if message.kind == Kind.COMMAND]


def messages(received: bytes) -> list[Message]:
    """All that a server has sent behind its handshake."""
    reader = ChunkReader()
    reader.feed(received[ANSWERED:])
    return list(iter(reader.next, None))


def codes(received: bytes) -> list[str]:
    """What the server says has become of each wish."""
    return [code for answer in answers(received) if (code := answer.words().get("code"))]


@dataclass(frozen=True)
class Tag:
    """One tag of FLV."""

    kind: int
    timestamp: int
    body: bytes


def tags(flv: bytes) -> list[Tag]:
    """The tags behind an FLV header; every size field is checked."""
    assert flv.startswith(HEADER)
    found, at = [], len(HEADER)
    while at < len(flv):
        size = int.from_bytes(flv[at + 1:at + 4], "big")
        time = int.from_bytes(flv[at + 4:at + 7], "big") | flv[at + 7] << 24
        body, end = flv[at + 11:at + 11 + size], at + 11 + size
        assert struct.unpack(">I", flv[end:end + 4]) == (11 + size,)
        found.append(Tag(flv[at], time, body))
        at = end + 4
    return found


def socket_in(folder: Path) -> Path:
    return folder / "run" / "rtmp" / "hop-0.sock"
