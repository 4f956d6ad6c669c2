"""What an RTSP address says: whom to call, what to ask for, and who asks."""

from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit

from flow.errors import FeedError

PORT = 554
_AS_IT_IS = "/?%:@!$&'()*+,;=~[]"
_LONGEST = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class RtspAddress:
    """A stream at a server. `rest` is path and query, ready for a request; the user's words may be secrets."""

    host: str
    port: int
    rest: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """What is asked for, without the user's words."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"rtsp://{host}:{self.port}{self.rest}"


def rtsp_address(text: str) -> RtspAddress:
    """The address in `text`: `rtsp://[user:password@]host[:port]/path`; raises FeedError for any other."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme != "rtsp" or not host or not text.isprintable() or len(text) > _LONGEST:
        reason = "the RTSP address is not of the form rtsp://host/path"
        raise FeedError(reason)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    return RtspAddress(
        host=host, port=port or PORT, rest=quote(rest, safe=_AS_IT_IS) or "/",
        user=unquote(parts.username or ""), password=unquote(parts.password or ""),
    )


def within(base: str, control: str) -> str:
    """The address of a track: what a description's `control` means below `base` (RFC 2326, appendix C.1.1).

    It is a word for the server that we speak to, and nobody connects to it: a camera behind a translating router
    names its inner address. Raises FeedError for what could not stand in a request.
    """
    if control in ("", "*"):
        found = base
    elif control.lower().startswith("rtsp://"):
        found = control
    else:
        found = f"{base.removesuffix('/')}/{control.removeprefix('/')}"
    if not found.isascii() or not found.isprintable() or " " in found or len(found) > _LONGEST:
        reason = "the RTSP server names a track by no address"
        raise FeedError(reason)
    return found
