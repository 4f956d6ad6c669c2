"""RTMP's chunk stream, the writing half: messages cut in pieces, with the shortest header that fits."""

import struct
from dataclasses import dataclass

from ingest.rtmp.chunks import EXTENDED, FIRST_CHUNK
from ingest.rtmp.message import Kind, Message, number

_LANES: dict[int, int] = {Kind.AUDIO: 4, Kind.VIDEO: 6, Kind.DATA: 5, Kind.COMMAND: 3}
_CONTROL = 2
"""Chunk stream 2 is the protocol's own (RTMP 1.0, section 5.3.1.1); the others are a habit of senders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """The last message header of a chunk stream; `step` is what a header of type 3 would add to the time."""

    timestamp: int
    step: int
    length: int
    kind: int
    stream: int


class ChunkWriter:
    """Turns messages into bytes; remembers the last header of each chunk stream."""

    def __init__(self) -> None:
        self._chunk = FIRST_CHUNK
        self._last: dict[int, _Header] = {}

    def chunk_size(self, size: int) -> bytes:
        """Announce, and use from now on, chunks of `size` bytes."""
        announced = self.write(number(Kind.CHUNK_SIZE, size))
        self._chunk = size
        return announced

    def write(self, message: Message, lane: int | None = None) -> bytes:
        """The message as chunks, on chunk stream `lane`, or the usual one of its kind."""
        name = lane or _LANES.get(message.kind, _CONTROL)
        form, step = _form(self._last.get(name), message)
        self._last[name] = _Header(
            timestamp=message.timestamp, step=step, length=len(message.body), kind=message.kind,
            stream=message.stream,
        )
        late = struct.pack(">I", step) if step >= EXTENDED else b""
        out = bytearray(_basic(form, name) + _fields(form, message, min(step, EXTENDED)) + late)
        for start in range(0, len(message.body), self._chunk):
            if start:
                out += _basic(3, name) + late
            out += message.body[start:start + self._chunk]
        return bytes(out)


def _form(last: _Header | None, message: Message) -> tuple[int, int]:
    """Type of the header, and its timestamp field: a difference where there is something to differ from."""
    if last is None or last.stream != message.stream or message.timestamp < last.timestamp:
        return 0, message.timestamp
    step = message.timestamp - last.timestamp
    if (last.length, last.kind) != (len(message.body), message.kind):
        return 1, step
    return (3 if step == last.step else 2), step


def _fields(form: int, message: Message, step: int) -> bytes:
    """The message header of that type (RTMP 1.0, section 5.3.1.2)."""
    packed = step.to_bytes(3, "big")
    if form < 2:
        packed += len(message.body).to_bytes(3, "big") + bytes([message.kind])
    if form == 0:
        packed += message.stream.to_bytes(4, "little")
    return packed if form < 3 else b""


def _basic(form: int, name: int) -> bytes:
    """The basic header (section 5.3.1.1)."""
    if name < 64:
        return bytes([form << 6 | name])
    if name < 64 + 256:
        return bytes([form << 6, name - 64])
    return bytes([form << 6 | 1]) + (name - 64).to_bytes(2, "little")
