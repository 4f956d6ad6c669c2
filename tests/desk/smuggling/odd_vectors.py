"""Vectors in which not the framing is odd, but its letters: line ends, chunks, request lines, hosts."""

import struct
from collections.abc import Iterator

from tests.desk.smuggling.vectors import (
    GREAT,
    Family,
    Place,
    body_where_none_belongs,
    hidden_codings,
    two_framings,
    two_lengths,
    wrong_lengths,
)


def line_ends(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Bare LF, bare CR, and what is between them."""
    whole = place.head(place.sized(), method="POST")
    for name, end in (("LF", b"\n"), ("CR", b"\r"), ("CR CR LF", b"\r\r\n"), ("LF CR", b"\n\r")):
        yield f"all {name}", whole.replace(b"\r\n", end) + place.hidden, 1
        first, rest = whole.split(b"\r\n", 1)
        yield f"first {name}", first + end + rest + place.hidden, 1
        yield f"last {name}", whole[:-4] + b"\r\n" + end + place.hidden, 1
        yield f"value {name}", place.head(f"X: a{end.decode()}{place.sized()}") + place.hidden, 1


def folded(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """obs-fold (RFC 9112, 5.2)."""
    for line in ("X: a\r\n b", "X: a\r\n\tTransfer-Encoding: chunked", place.sized("Content-Length:\r\n {size}"),
                 "X:\r\n\r\n b", f"X: a\r\n {place.sized()}"):
        for method in ("GET", "POST"):
            yield f"{method} {line!r}", place.head(line, method=method) + place.hidden, 1
    yield "before the first", place.head().replace(b"Host", b" Host", 1) + place.hidden, 1


def names(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Headers whose name has a letter that none may have."""
    for letter in (" ", "\t", "\x00", "\x0b", "\xa0", "\x7f", "\r", "\n", "(", "/", "@", "\xe9", "\x01"):
        line = place.sized(f"Content-Length{letter}: {{size}}")
        yield f"after {letter!r}", place.head(line, method="POST") + place.hidden, 1
        yield f"before {letter!r}", place.head(f"{letter}{place.sized()}", method="POST") + place.hidden, 1
    for line in (place.sized(": {size}"), "Content-Length", "X: a\x00b", "X: a\x01b", "X: a\x7fb"):
        yield repr(line), place.head(line, method="POST", path=place.carrier) + b"", 2


SIZES = (
    "0x{size:x}", "+{size:x}", "-{size:x}", "{size:x}_", "{size:x}g", "", " {size:x}", "{size:x} ", "\t{size:x}",
    "FFFFFFFFFFFFFFFFF", "10000000000000000", "FFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "\xb2", "{size:x},0",
    "{size:x}\x00", "{size:x}\x0b", "{size:x}.0", ";", "g", "{size:x}\r", "-0", "-1", "{size:x}\n{size:x}",
)


def chunks(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Sizes that are none, too great or wrong, ends that are missing, extensions."""
    def post(body: bytes) -> bytes:
        return place.head("Transfer-Encoding: chunked", method="POST") + body

    size, tail = len(place.hidden), b"\r\n" + place.hidden + b"\r\n0\r\n\r\n"
    for text in [one for one in SIZES if not (place.reads and one in GREAT)]:
        yield f"size {text!r}", post(text.format(size=size).encode("latin-1") + tail), 1
    for text in (";a=b", ';a="b"', ";a=\n", ";a=\r", ' ; a="\r\n"', ";", ";a\x00", ";\xe9", f";{'a' * 5_000}"):
        most = place.most("POST") if text.strip('=";ab') == "" and text != ";" else 1
        yield f"extension {text[:9]!r}", post(f"{size:x}{text}".encode("latin-1") + tail), most
    yield "no end of the data", post(f"{size:x}\r\n".encode() + place.hidden + b"0\r\n\r\n"), 1
    yield "longer than said", post(b"1\r\n" + place.hidden + b"\r\n0\r\n\r\n"), 1
    yield "shorter than said", post(f"{size + 99:x}".encode() + tail), 1
    yield "LF", post(f"{size:x}\n".encode() + place.hidden + b"\n0\n\n"), 1
    yield "ended by LF", post(b"0\n\n" + place.hidden), 1
    yield "ended by CR", post(b"0\r\r" + place.hidden), 1
    for trailer in (f"Content-Length: {len(place.end)}", "Transfer-Encoding: chunked", "Host: elsewhere", "X : a",
                    "X: a\r\n b", "X", "\x00: a", "X: " + "a" * 9_000):
        yield f"trailer {trailer[:20]!r}", post(b"0\r\n" + trailer.encode() + b"\r\n\r\n"), place.most("POST")


def lines(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Request lines that are none, that name another host, or that are of another HTTP."""
    own = place.carrier
    for path in ("http://127.0.0.1" + own, "http://elsewhere.vn" + own, "https://elsewhere.vn:1" + own,
                 "http://a@127.0.0.1" + own, "//elsewhere.vn" + own, "127.0.0.1:80", "elsewhere.vn", "*", "http:",
                 "http://", "ftp://127.0.0.1/", "file:///etc/passwd", "?", "#", "\\", own + "#a", own[1:]):
        for method in ("GET", "POST", "CONNECT", "OPTIONS"):
            yield f"{method} {path.replace(own, '/…')}", place.head(path=path, method=method), 2
    for path in (own + " /b", own + "\x00", own + "\xe9", own + "\x7f", own + "\t/b", own + "\r", own + "\x0b",
                 own + "a" * 9_000):
        yield f"path {path[len(own):][:9]!r}", place.head(path=path), 2
    for version in ("HTTP/0.9", "HTTP/1.2", "HTTP/1.10", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9", "HTTP/11", "HTTP/1",
                    "HTTP/1.", "HTTP/ 1.1", "HTTP/1.1 ", " HTTP/1.1", "http/1.1", "HTTPS/1.1", "ICY/1.0",
                    "HTTP/-1.1", "HTTP/1.1\x00", "RTSP/1.0", ""):
        yield f"version {version!r}", place.head(version=version), 2 if version == " HTTP/1.1" else 1
    yield "HTTP/0.9, without a version", f"GET {own}\r\n".encode(), 1
    for method in ("get", "G\x00T", "G T", "GET:", "", "G\xe9T", "GETGETGET" * 20, "GE/T", "(GET)"):
        yield f"method {method[:9]!r}", place.head(method=method), 2
    yield "TAB for space", place.head().replace(b" ", b"\t", 2), 1
    yield "empty lines before", b"\r\n\r\n" + place.head(), 2
    yield "LF before", b"\n\n" + place.head(), 2


def hosts(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Two hosts, none, and what is no host."""
    bare = place.head()
    host = place.host.encode()
    for name, line in {
        "twice": host + b"\r\n" + host, "another after": host + b"\r\nHost: elsewhere.vn",
        "another before": b"Host: elsewhere.vn\r\n" + host, "none": b"X: a", "empty": b"Host:",
        "space": b"Host: a b", "list": b"Host: 127.0.0.1, elsewhere.vn", "user": b"Host: a@127.0.0.1",
        "path": b"Host: 127.0.0.1/a",
        "port": b"Host: 127.0.0.1:a", "ports": b"Host: 127.0.0.1:80:80", "NUL": b"Host: 127.0.0.1\x00",
        "8 bits": b"Host: \xe9", "folded": b"Host: 127.0.0.1\r\n .vn", "brackets": b"Host: [::1",
        "far": b"Host: [v",
    }.items():
        yield name, bare.replace(host, line, 1), 1 if name in {"twice", "another after", "another before"} else 2


def offers(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """Expectations, upgrades, and headers that only one of two servers may take for its own."""
    for expect in ("100-continue", "100-continue, x", "x", "", "100-Continue\r\nExpect: 100-continue", "200-ok"):
        for method in ("GET", "POST"):
            head = place.head(f"Expect: {expect}", place.sized(), method=method)
            yield f"{method} expects {expect!r}", head + place.hidden, 1
            yield f"{method} expects {expect!r}, no body", place.head(f"Expect: {expect}", method=method), 2
    for what in ("websocket", "h2c", "HTTP/2.0", "TLS/1.0", "x"):
        for method in ("GET", "POST"):
            upgrade = (f"Upgrade: {what}", "Connection: Upgrade, HTTP2-Settings", "HTTP2-Settings: AAMAAABkAAQ",
                       "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
            yield f"{method} upgrade to {what}", place.head(*upgrade, method=method), 2
            yield f"{method} upgrade to {what}, sized", place.head(
                *upgrade, place.sized(), method=method) + place.hidden, 1
    for named in ("Content-Length", "Transfer-Encoding", "Host", "close, Content-Length", "keep-alive, TE"):
        yield f"Connection: {named}", place.head(
            f"Connection: {named}", place.sized(), method="POST") + place.hidden, place.most("POST")


def other_protocols(place: Place) -> Iterator[tuple[str, bytes, int]]:
    """What is no HTTP/1 at all."""
    settings = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"
    yield "HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings + place.hidden, 1
    yield "TLS", b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03" + bytes(64), 1
    yield "SOCKS", b"\x05\x01\x00", 1
    yield "PROXY 1", b"PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + place.head(), 1
    yield "PROXY 2", b"\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c" + bytes(12) + place.head(), 1
    yield "a number", struct.pack(">I", 7) * 9, 1
    yield "an answer", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" + place.hidden, 1
    yield "NULs", bytes(99) + place.head(), 1


FAMILIES: dict[str, Family] = {
    family.__name__.replace("_", " "): family for family in (
        body_where_none_belongs, two_framings, wrong_lengths, two_lengths, hidden_codings, line_ends, folded,
        names, chunks, lines, hosts, offers, other_protocols,
    )
}
