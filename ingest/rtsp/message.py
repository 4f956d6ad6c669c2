"""RTSP on the wire: requests, answers, and the media frames between them (RFC 2326, sections 4 to 7 and 10.12).

Pure: bytes in, messages out. Sizes are limited, since the other side is a stranger (T-09).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flow.errors import FeedError

LARGEST_HEAD = 16_384
LARGEST_BODY = 65_536
_MOST_LINES = 100
_FRAME = 0x24
_FRAME_HEAD = 4
_ANSWER = re.compile(r"RTSP/1\.\d (\d{3})(?: .*)?")
_REQUEST = re.compile(r"([A-Z_]{1,20}) (\S{1,4096}) RTSP/1\.\d")
_NUMBER = re.compile(r"[0-9]{1,9}")
_NO_RTSP = "what comes in is no RTSP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A packet of RTP or RTCP on a channel of the same connection."""

    channel: int
    body: bytes

    def __bytes__(self) -> bytes:
        """As it goes over the connection."""
        return bytes((_FRAME, self.channel)) + len(self.body).to_bytes(2, "big") + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class RtspMessage:
    """An answer (`status`) or a request (`method`, `url`). `headers`: by name in lower case, with all lines."""

    status: int = 0
    method: str = ""
    url: str = ""
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str:
        """The first line of that header; empty when there is none."""
        return self.headers.get(name, ("",))[0]

    @property
    def number(self) -> int:
        """Its CSeq, by which answers belong to requests; -1 without one, or for one that nobody counts up to."""
        text = self.header("cseq")
        return int(text) if _NUMBER.fullmatch(text) else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """All of a message but its body, of which `size` bytes follow."""

    first: str
    headers: Mapping[str, tuple[str, ...]]
    size: int


class RtspReader:
    """One direction of one connection."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = 0
        self._head: _Head | None = None

    def feed(self, data: bytes) -> None:
        """Take bytes in."""
        del self._buffer[:self._at]
        self._at = 0
        self._buffer += data

    def next(self) -> Frame | RtspMessage | None:
        """The next whole message; None until there is one. Raises FeedError for what is no RTSP, or too large."""
        if self._head:
            return self._whole(self._head)
        while self._at < len(self._buffer) and self._buffer[self._at] in b"\r\n":
            self._at += 1
        if self._at >= len(self._buffer):
            return None
        return self._frame() if self._buffer[self._at] == _FRAME else self._message()

    def _frame(self) -> Frame | None:
        start, have = self._at + _FRAME_HEAD, len(self._buffer)
        if have < start:
            return None
        end = start + int.from_bytes(self._buffer[start - 2:start], "big")
        if have < end:
            return None
        channel = self._buffer[self._at + 1]
        self._at = end
        return Frame(channel=channel, body=bytes(self._buffer[start:end]))

    def _message(self) -> RtspMessage | None:
        end = self._buffer.find(b"\r\n\r\n", self._at)
        if end < 0 and len(self._buffer) - self._at <= LARGEST_HEAD:
            return None
        if end < 0 or end - self._at > LARGEST_HEAD:
            raise FeedError(_NO_RTSP)
        first, *lines = self._buffer[self._at:end].decode("utf-8", "replace").split("\r\n")
        if len(lines) > _MOST_LINES:
            raise FeedError(_NO_RTSP)
        headers = _headers(lines)
        self._at = end + 4
        self._head = _Head(first=first, headers=headers, size=_size(headers))
        return self._whole(self._head)

    def _whole(self, head: _Head) -> RtspMessage | None:
        """The message, once its body is there; until then its head is kept, and not read again for each piece."""
        end = self._at + head.size
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[self._at:end])
        self._at, self._head = end, None
        return _made(head.first, head.headers, body)


def request(method: str, url: str, headers: Mapping[str, str]) -> bytes:
    """A request as it goes over the connection; it has no body. No value may hold a line break."""
    lines = [f"{method} {url} RTSP/1.0", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def answer(status: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """An answer as it goes over the connection; `status` is its number and its word."""
    sized = {**headers, "Content-Length": str(len(body))} if body else headers
    lines = [f"RTSP/1.0 {status}", *(f"{name}: {value}" for name, value in sized.items()), "", ""]
    return "\r\n".join(lines).encode() + body


def _headers(lines: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if colon:
            key = name.strip().lower()
            found[key] = (*found.get(key, ()), value.strip())
    return found


def _size(headers: Mapping[str, tuple[str, ...]]) -> int:
    text = headers.get("content-length", ("0",))[0]
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > LARGEST_BODY:
        raise FeedError(_NO_RTSP)
    return int(text)


def _made(first: str, headers: Mapping[str, tuple[str, ...]], body: bytes) -> RtspMessage:
    if found := _ANSWER.fullmatch(first):
        return RtspMessage(status=int(found[1]), headers=headers, body=body)
    if found := _REQUEST.fullmatch(first):
        return RtspMessage(method=found[1], url=found[2], headers=headers, body=body)
    raise FeedError(_NO_RTSP)
