"""What passes over an RTMP connection once its chunks are put together (RTMP 1.0, sections 5.4, 6 and 7)."""

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NoReturn

from flow.errors import FeedError

CLOCK = 1 << 32
"""Timestamps are 32 bit milliseconds and start again after 49.7 days (F-15)."""


class RtmpError(FeedError):
    """The other side breaks the protocol or a limit; the sentence holds nothing that it sent."""


def broken(what: str) -> NoReturn:
    """Give the connection up; raises RtmpError."""
    reason = f"the RTMP connection breaks the protocol: {what}"
    raise RtmpError(reason)


class Kind(IntEnum):
    """Message types that mean something here; others are ignored."""

    CHUNK_SIZE = 1
    ABORT = 2
    ACK = 3
    USER = 4
    WINDOW = 5
    BANDWIDTH = 6
    AUDIO = 8
    VIDEO = 9
    DATA_AMF3 = 15
    COMMAND_AMF3 = 17
    DATA = 18
    COMMAND = 20
    AGGREGATE = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `kind` is a `Kind` or a number that nobody knows; `timestamp` is in milliseconds, modulo
    `CLOCK`; `stream` is the message stream, 0 for the connection itself. The body may hold a key: no `repr`."""

    kind: int
    body: bytes = field(repr=False)
    timestamp: int = 0
    stream: int = 0


def number(kind: Kind, value: int) -> Message:
    """A control message of one 32 bit number: chunk size, acknowledgement or window (section 5.4)."""
    return Message(kind=kind, body=struct.pack(">I", value % CLOCK))


def bandwidth(size: int) -> Message:
    """Set Peer Bandwidth, dynamic (section 5.4.5)."""
    return Message(kind=Kind.BANDWIDTH, body=struct.pack(">IB", size, 2))


def user(event: int, value: int) -> Message:
    """A user control message: 0 stream begins, 3 buffer length, 7 answer to a ping (section 7.1.7)."""
    return Message(kind=Kind.USER, body=struct.pack(">HI", event, value % CLOCK))


def number_of(message: Message) -> int:
    """The first 32 bits of a control message; raises RtmpError when it is shorter."""
    if len(message.body) < 4:
        broken("a control message is too short")
    return int.from_bytes(message.body[:4], "big")
