"""FLV as bytes go to a decoder: header, and a tag for each message (Video File Format Specification 10, E)."""

import struct

from ingest.rtmp.message import CLOCK, Kind, Message, broken

HEADER = b"FLV\x01\x05" + struct.pack(">I", 9) + bytes(4)
"""Version 1, sound and picture may come, nine bytes of header, and the size of the tag before the first."""

MOST_PARTS = 1_000
"""Messages in one aggregate: they are taken apart in one go."""

_TAG = 11
_SET = b"\x02\x00\x0d@setDataFrame"
_META = b"\x02\x00\x0aonMetaData"
_ENHANCED = 0x80
"""First bit of a picture's tag in enhanced RTMP: the codec is named by four letters, not by four bits."""


def tag(message: Message) -> bytes:
    """The message as a tag, with its size behind it."""
    size = len(message.body)
    packed = bytes([message.kind]) + size.to_bytes(3, "big")
    # The time's low 24 bits come first, its high 8 bits after them.
    high, low = divmod(message.timestamp, 1 << 24)
    packed += low.to_bytes(3, "big") + bytes([high]) + bytes(3)
    return packed + message.body + struct.pack(">I", _TAG + size)


def media(message: Message) -> list[Message]:
    """What of a message belongs into FLV: picture, sound and data as they are; none of any other kind.

    `@setDataFrame` is an order to the server and left out; what follows it is what players get. An aggregate is
    taken apart (RTMP 1.0, section 7.1.6). Raises RtmpError for one of too many parts (T-09).
    """
    match message.kind:
        case Kind.AUDIO | Kind.VIDEO:
            return [message] if message.body else []
        case Kind.DATA | Kind.DATA_AMF3:
            body = message.body[1:] if message.kind == Kind.DATA_AMF3 else message.body
            return [_data(message, body.removeprefix(_SET))] if body else []
        case Kind.AGGREGATE:
            return [found for part in _parts(message) for found in media(part)]
    return []


def _data(message: Message, body: bytes) -> Message:
    return Message(kind=Kind.DATA, body=body, timestamp=message.timestamp, stream=message.stream)


def _parts(message: Message) -> list[Message]:
    """The messages within an aggregate; their times count from the first one's. What is cut off is left out."""
    found: list[Message] = []
    body, at, base, count = message.body, 0, None, 0
    while at + _TAG <= len(body):
        count += 1
        if count > MOST_PARTS:
            broken("an aggregate has too many parts")
        size = int.from_bytes(body[at + 1:at + 4], "big")
        time = int.from_bytes(body[at + 4:at + 7], "big") | body[at + 7] << 24
        base = time if base is None else base
        piece = body[at + _TAG:at + _TAG + size]
        if body[at] != Kind.AGGREGATE and len(piece) == size:
            moment = (message.timestamp + time - base) % CLOCK
            found.append(Message(kind=body[at], body=piece, timestamp=moment, stream=message.stream))
        at += _TAG + size + 4
    return found


def opens(message: Message) -> str:
    """Which of the things that a decoder must know first this message is: a word for it, empty for none."""
    body = message.body
    if message.kind == Kind.DATA:
        return "metadata" if body.startswith(_META) else ""
    if message.kind == Kind.AUDIO:
        # AAC names its sequence header with a zero; in enhanced RTMP (code 9) the low bits do.
        aac = body[0] >> 4 == 10 and body[1:2] == b"\0"
        return "sound" if aac or body[0] == 0x90 else ""
    if message.kind == Kind.VIDEO:
        if body[0] & _ENHANCED:
            return "picture" if body[0] & 15 == 0 else ""
        return "picture" if body[0] & 15 in (7, 12) and body[1:2] == b"\0" else ""
    return ""


def is_key(message: Message) -> bool:
    """Whether it is a picture from which decoding can begin."""
    return message.kind == Kind.VIDEO and message.body[0] >> 4 & 7 == 1 and not opens(message)


class FlvStream:
    """One publisher's tags. Whoever comes to read, also in the middle, begins with `opening`."""

    def __init__(self) -> None:
        self._first: dict[str, Message] = {}
        self.has_picture = False

    @property
    def opening(self) -> bytes:
        """The FLV header, and metadata and sequence headers as far as they have come, metadata first."""
        kept = [self._first[word] for word in ("metadata", "picture", "sound") if word in self._first]
        return HEADER + b"".join(map(tag, kept))

    def add(self, message: Message) -> bytes:
        """The tag of one message of `media`."""
        if word := opens(message):
            self._first[word] = message
        self.has_picture |= message.kind == Kind.VIDEO
        return tag(message)
