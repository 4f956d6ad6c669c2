"""What is sent, by families: each hides a request where one reader sees a body, and another the next request.

The families are the known ones (RFC 9112, 11.2; CWE-444). A vector ends with a plain request that asks for the end
of the connection, so that whoever goes on reading says so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "BREW")
_SIZED = "Content-Length: {size}"
_CHUNKED = "Transfer-Encoding: chunked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where requests go: `carrier` is an address that nobody may see, `hidden` a whole request that is answered
    200 wherever it is taken for one. `more` are headers of every carrier."""

    carrier: str
    hidden: bytes
    more: tuple[str, ...] = ()
    host: str = "Host: 127.0.0.1"
    bodies: bool = False
    """Whether a request with a body may be answered, and another after it."""
    reads: bool = False
    """Whether the carrier's body is read, so that one that is not whole is waited for."""

    def head(self, *lines: str, method: str = "GET", path: str = "", version: str = "HTTP/1.1") -> bytes:
        """A carrier's head; letters up to 255 stand for bytes."""
        words = [f"{method} {path or self.carrier} {version}", self.host, *self.more, *lines]
        return ("\r\n".join(words) + "\r\n\r\n").encode("latin-1")

    def sized(self, line: str = _SIZED) -> str:
        """A header that says how long the hidden request is."""
        return line.format(size=len(self.hidden))

    def most(self, method: str) -> int:
        """Answers to a request with a body that is as it should be, and to the last one."""
        return 2 if self.bodies and method not in {"GET", "HEAD", "OPTIONS"} else 1

    @property
    def chunk(self) -> bytes:
        """The hidden request in a chunk."""
        return f"{len(self.hidden):x}\r\n".encode() + self.hidden + b"\r\n0\r\n\r\n"

    @property
    def end(self) -> bytes:
        """The last request."""
        return self.head("Connection: close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """`most` final answers may come; `sees` says that the second request is no hidden one, but an honest one."""

    family: str
    name: str
    sent: bytes
    most: int = 1
    sees: bool = False


Family = Callable[[Place], Iterator[tuple[str, bytes, int]]]
"""What a vector is called, what is sent before its end, and how many answers there may be."""


def vectors(place: Place, families: dict[str, Family]) -> list[Vector]:
    """All of them, for one place."""
    return [
        Vector(family=name, name=what, sent=sent + place.end, most=most)
        for name, family in families.items() for what, sent, most in family(place)
    ]


def honest(place: Place) -> list[Vector]:
    """Requests that are what they seem, one after the other: as many answers as requests."""
    quiet = place.head()
    rows = {
        "two": (quiet, place.hidden), "three": (quiet, place.hidden, quiet),
        "after HEAD": (place.head(method="HEAD"), place.hidden),
        "after another method": (place.head(method="DELETE"), place.hidden),
        "empty lines between": (quiet, b"\r\n" + place.hidden),
    }
    return [
        Vector(family="honest", name=name, sent=b"".join(sent) + place.end, most=len(sent) + 1, sees=True)
        for name, sent in rows.items()
    ]


def body_where_none_belongs(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """CL.0 and 0.CL: a length that one of the two does not heed."""
    for method in METHODS:
        yield f"{method} sized", place.head(place.sized(), method=method) + place.hidden, place.most(method)
        yield f"{method} chunked", place.head(_CHUNKED, method=method) + place.chunk, place.most(method)
        yield f"{method} sized, HTTP/1.0", place.head(
            place.sized(), method=method, version="HTTP/1.0") + place.hidden, 1
        yield f"{method} chunked, HTTP/1.0", place.head(
            _CHUNKED, method=method, version="HTTP/1.0") + place.chunk, 1


def two_framings(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """CL.TE and TE.CL."""
    for method in METHODS:
        for lines in ((place.sized(), _CHUNKED), (_CHUNKED, place.sized()), ("Content-Length: 0", _CHUNKED),
                      (_CHUNKED, "Content-Length: 4")):
            bodies = {"ended": b"0\r\n\r\n" + place.hidden, "chunk": place.chunk, "plain": place.hidden}
            for told, body in bodies.items():
                yield f"{method} {', '.join(lines)}, {told}", place.head(*lines, method=method) + body, 1


GREAT = ("4294967296", "FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF")
"""Lengths that are in order, of bodies that never come."""
LENGTHS = (
    "{size}, {size}", "0, {size}", "+{size}", "-{size}", "0x{size:x}", "{size};", "{size}.0", "{size}_0", "1e1",
    "", " ", "\xb2\xb3", "18446744073709551616", "18446744073709551621", "9" * 40, "{size}a", "a{size}",
    '"{size}"',
    "{size} {size}", "{size}\x0b", "{size}\x00", "NaN", "4294967296", "-0", "{size}\xa0",
)


def wrong_lengths(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Lengths that are none, or too great for a number."""
    for length in [one for one in LENGTHS if not (place.reads and one in GREAT)]:
        line = place.sized(f"Content-Length: {length}")
        for method in ("GET", "POST"):
            yield f"{method} {line!r}", place.head(line, method=method) + place.hidden, 1


def two_lengths(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """CL.CL."""
    own = place.sized()
    for method in ("GET", "POST"):
        for lines in ((own, own), (own, "Content-Length: 0"), ("Content-Length: 0", own),
                      (own, "content-length: 1"), ("Content-Length: 0", "Content-Length: 0")):
            most = 2 if method == "POST" and lines[0] == lines[1] == "Content-Length: 0" else 1
            body = b"" if most == 2 else place.hidden
            yield f"{method} {lines}", place.head(*lines, method=method) + body, most


CODINGS = (
    "xchunked", "chunkedd", "chunk", "x", "identity", "identity, chunked", "chunked, identity", "chunked, chunked",
    "gzip, chunked", "chunked, gzip", "deflate", ", chunked", "chunked,", ",chunked,", '"chunked"', "chunked;q=1",
    "chunked; a=b", "\x0bchunked", "chunked\x0c", "\xa0chunked", "\x00chunked", "chunked\x00", "chun\x00ked", "",
    "0", "cow", "chunked x", "trailers", "[chunked]", "chunk\r\n ed", "\r\n chunked",
)
"""Values of which one reader makes `chunked`, and another nothing."""
NAMES = (
    "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", "Transfer-Encoding\x0b: chunked",
    "Transfer-Encoding\x00: chunked", "\x00Transfer-Encoding: chunked", " Transfer-Encoding: chunked",
    "Transfer-Encoding\r\n : chunked", "X: x\r\n Transfer-Encoding: chunked", "X: x\nTransfer-Encoding: chunked",
    "X: x\rTransfer-Encoding: chunked", "Transfer-Encoding\xa0: chunked", "Transfer Encoding: chunked",
    "Transfer-Encoding:\nchunked", "Transfer-Encoding;: chunked", "(Transfer-Encoding): chunked",
    "Transfer-Encoding", "Transfer-Encoding=chunked",
)
"""Ways to write the header that one reader heeds, and another passes over."""


def hidden_codings(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """TE.TE, and TE that only one of the two sees."""
    lines = [*(f"Transfer-Encoding: {value}" for value in CODINGS), *NAMES]
    lines += [f"{_CHUNKED}\r\nTransfer-Encoding: {value}" for value in ("x", "identity", "chunked", "")]
    lines += [f"Transfer-Encoding: {value}\r\n{_CHUNKED}" for value in ("x", "identity")]
    for line in lines:
        for method in ("GET", "POST"):
            yield f"{method} {line!r}", place.head(line, method=method) + b"0\r\n\r\n" + place.hidden, 1
            yield f"{method} sized, {line!r}", place.head(
                place.sized(), line, method=method) + place.hidden, 1
