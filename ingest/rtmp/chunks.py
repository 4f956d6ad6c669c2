"""RTMP's chunk stream, the reading half: messages come cut in pieces and interleaved (RTMP 1.0, section 5.3)."""

from dataclasses import dataclass, field

from ingest.rtmp.message import CLOCK, Kind, Message, broken, number_of

FIRST_CHUNK = 128
"""Bytes of payload in a chunk until somebody says otherwise; the specification's least, too."""

LARGEST_CHUNK = 0xFF_FFFF
LARGEST_MESSAGE = 8 << 20
"""Bytes: a key picture of a UHD contribution is below 2 MiB."""

MOST_STREAMS = 64
MOST_IDLE = 1_000
"""Messages in a row without picture, sound or data. An empty one may be a single byte (T-09)."""

EXTENDED = 0xFF_FFFF
"""A timestamp field with all bits set: the real one follows in 32 bits."""

_HEADERS = (11, 7, 3, 0)
_MEDIA = frozenset({Kind.AUDIO, Kind.VIDEO, Kind.DATA, Kind.DATA_AMF3, Kind.AGGREGATE})


@dataclass(slots=True)
class _Lane:
    """One chunk stream: the last message header, and the message that is on its way.

    `step` is what a header of type 3 adds to the time (after type 0 the whole timestamp: section 5.3.1.2.4).
    """

    timestamp: int = 0
    step: int = 0
    extended: bool = False
    length: int = 0
    kind: int = 0
    stream: int = 0
    body: bytearray = field(default_factory=bytearray)
    busy: bool = False


class ChunkReader:
    """Bytes in by `feed`, whole messages out by `next`. Chunk size and abort are obeyed here, and given as well:
    whoever reads counts messages."""

    def __init__(self, largest: int = LARGEST_MESSAGE) -> None:
        self.largest = largest
        self._chunk = FIRST_CHUNK
        self._buffer = bytearray()
        self._lanes: dict[int, _Lane] = {}
        self._whole: Message | None = None
        self._idle = 0

    def feed(self, data: bytes) -> None:
        """Bytes as they came, cut anywhere."""
        self._buffer += data

    def next(self) -> Message | None:
        """The next message that is complete, or None until more bytes have come.

        Raises RtmpError for a broken rule or limit; nothing more can be read then.
        """
        while self._take():
            message, self._whole = self._whole, None
            if message:
                self._obey(message)
                return message
        return None

    def _take(self) -> bool:
        """Take one chunk, and keep the message that it completes; False when the chunk is not all there."""
        buffer = self._buffer
        if not buffer:
            return False
        form, name, at = buffer[0] >> 6, buffer[0] & 63, 1
        if name < 2:
            at += name + 1
            if len(buffer) < at:
                return False
            name = 64 + int.from_bytes(buffer[1:at], "little")
        if len(buffer) < at + _HEADERS[form]:
            return False
        lane = self._lane(name, form)
        length = int.from_bytes(buffer[at + 3:at + 6], "big") if form < 2 else lane.length
        extra = self._extra(lane, form, at)
        start = at + _HEADERS[form] + extra
        size = min(self._chunk, length - len(lane.body))
        self._check(name, lane, form, length)
        if len(buffer) < start + size or extra < 0:
            return False
        self._lanes[name] = lane
        if not lane.busy:
            self._begin(lane, form, bytes(buffer[at:start]))
        lane.body += buffer[start:start + size]
        del buffer[:start + size]
        self._whole = _completed(lane)
        return True

    def _lane(self, name: int, form: int) -> _Lane:
        lane = self._lanes.get(name)
        if lane is not None:
            return lane
        if form > 1:  # some senders open with type 1; types 2 and 3 say too little
            broken("a chunk stream begins without a header")
        if len(self._lanes) >= MOST_STREAMS:
            broken("too many chunk streams")
        return _Lane()

    def _check(self, name: int, lane: _Lane, form: int, length: int) -> None:
        """Limits, before any payload is waited for."""
        if lane.busy and form != 3:
            broken("a message begins within another one")
        if length > self.largest:
            broken("a message is too long")
        waiting = sum(len(other.body) for key, other in self._lanes.items() if key != name)
        if waiting + length > 2 * self.largest:
            broken("too many messages are under way")

    def _extra(self, lane: _Lane, form: int, at: int) -> int:
        """Bytes of an extended timestamp after the header; negative while that cannot be told.

        Chunks of type 3 repeat it (section 5.3.1.3), but not every sender's do: four other bytes are payload.
        """
        if form < 3:
            return 4 if int.from_bytes(self._buffer[at:at + 3], "big") == EXTENDED else 0
        if not lane.extended:
            return 0
        found = self._buffer[at:at + 4]
        if len(found) < 4:
            return -1
        return 4 if int.from_bytes(found, "big") in (lane.step, lane.timestamp) else 0

    def _begin(self, lane: _Lane, form: int, header: bytes) -> None:
        if form < 3:
            short = int.from_bytes(header[:3], "big")
            lane.extended = short == EXTENDED
            lane.step = int.from_bytes(header[-4:], "big") if lane.extended else short
        if form < 2:
            lane.length, lane.kind = int.from_bytes(header[3:6], "big"), header[6]
        if form == 0:
            lane.stream = int.from_bytes(header[7:11], "little")
        lane.timestamp = lane.step if form == 0 else (lane.timestamp + lane.step) % CLOCK
        lane.busy = True

    def _obey(self, message: Message) -> None:
        self._idle = 0 if message.body and message.kind in _MEDIA else self._idle + 1
        if self._idle > MOST_IDLE:
            broken("too many messages bring nothing")
        if message.kind == Kind.CHUNK_SIZE:
            self._resize(number_of(message))
        elif message.kind == Kind.ABORT:
            self._abort(number_of(message))

    def _resize(self, size: int) -> None:
        if not FIRST_CHUNK <= size <= LARGEST_CHUNK:
            broken("the chunk size is out of bounds")
        self._chunk = size

    def _abort(self, name: int) -> None:
        if lane := self._lanes.get(name):
            lane.body, lane.busy = bytearray(), False


def _completed(lane: _Lane) -> Message | None:
    if len(lane.body) < lane.length:
        return None
    message = Message(kind=lane.kind, body=bytes(lane.body), timestamp=lane.timestamp, stream=lane.stream)
    lane.body, lane.busy = bytearray(), False
    return message
