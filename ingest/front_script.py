"""What a front is told to open, as the text that FFmpeg's concat demuxer reads from standard input.

An address with a secret may stand in no argument list (T-11), so it comes by a pipe. It is written anew from its
parsed parts, and only settings that are known go along (T-05).
"""

from urllib.parse import parse_qs, urlsplit

from flow.feed import Feed, FeedKind
from ingest.exposure import listens

_PATIENCE_US = 3_500_000
"""Microseconds without a byte after which a network input gives up (F-04): a caller that died leaves the port to
the next one then, and a network that stands still for 3 s does not cost the connection (F-09)."""

SRT_LATENCY = 200
"""Milliseconds that SRT may spend on getting lost packets again, unless the address says otherwise."""

_KEY_BYTES = 32
"""AES-256 when the address asks for encryption and no key length (T-01)."""

_LOOK = {"analyzeduration": "500000", "probesize": "2000000"}
"""Half a second to learn the streams: what FFmpeg waits here is delay before the first picture."""


def script_of(feed: Feed, called: str | None = None) -> str:
    """The script for an SRT feed, `called` being the checked IP address of a listener that is called (T-04), or
    for our own RTSP relay."""
    address, options = _srt(feed, called) if feed.kind is FeedKind.SRT else _rtsp(feed)
    lines = ["ffconcat version 1.0", f"file {_quoted(address)}"]
    lines += [f"option {name} {_quoted(value)}" for name, value in {**options, **_LOOK}.items()]
    return "\n".join([*lines, ""])


def _srt(feed: Feed, called: str | None) -> tuple[str, dict[str, str]]:
    """`latency` is in milliseconds as in every other SRT tool; FFmpeg alone takes microseconds.

    Key, stream id and the rest go as options: FFmpeg does not decode all of them in an address.
    """
    parts = urlsplit(feed.address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    waits = listens(feed)
    options = {"mode": "listener" if waits else "caller", "latency": str(_latency(query) * 1_000)}
    if waits:
        options["rw_timeout"] = str(_PATIENCE_US)
    else:
        options |= {"connect_timeout": "5000", "rw_timeout": str(_PATIENCE_US)}
    options |= {name: query[name] for name in ("passphrase", "streamid") if name in query}
    if "passphrase" in query:
        options |= {"pbkeylen": query.get("pbkeylen", str(_KEY_BYTES)), "enforced_encryption": "1"}
    return f"srt://{_place(called or parts.hostname or '0.0.0.0', parts.port)}", options  # noqa: S104 - a caller may come from anywhere


def _latency(query: dict[str, str]) -> int:
    return int(query.get("latency", SRT_LATENCY))


def _rtsp(feed: Feed) -> tuple[str, dict[str, str]]:
    """The address of our own relay, which has opened the stream already."""
    parts = urlsplit(feed.address)
    return (
        f"rtsp://{_place(parts.hostname or '', parts.port)}{parts.path}",
        {"rtsp_transport": "tcp", "timeout": str(_PATIENCE_US)},
    )


def _place(host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port is None else f"{bracketed}:{port}"


def _quoted(text: str) -> str:
    """In single quotes, as FFmpeg's `av_get_token` reads them."""
    return "'" + text.replace("'", r"'\''") + "'"
