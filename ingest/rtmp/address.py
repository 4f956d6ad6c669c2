"""What an RTMP address says: whom to call and what to ask for, or which key our own door shall know."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from flow.errors import FeedError
from ingest.rtmp.keys import key_of

PORT = 1935
TLS_PORT = 443
_SCHEMES = {"rtmp": PORT, "rtmps": TLS_PORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class RtmpAddress:
    """A stream at a server. The name and the words of the user may be secrets: no `repr`."""

    host: str
    port: int
    tls: bool
    app: str
    name: str = field(repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def tc_url(self) -> str:
        """The address as far as the application; what servers call `tcUrl`. It holds no secret."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'rtmps' if self.tls else 'rtmp'}://{host}:{self.port}/{self.app}"


def address_of(text: str) -> RtmpAddress:
    """The address in `text`: `rtmp[s]://[user:password@]host[:port]/app/name`.

    The name is the last part of two, or all from the third part on, as FFmpeg has it; a query belongs to it.
    Raises FeedError when one of them is missing.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    steps = parts.path.removeprefix("/").split("/")
    apps = 1 if len(steps) < 3 else 2
    name = "/".join(steps[apps:]) + (f"?{parts.query}" if parts.query else "")
    if not host or parts.scheme not in _SCHEMES or not steps[0] or not name:
        reason = "the RTMP address is not of the form rtmp://host/app/name"
        raise FeedError(reason)
    return RtmpAddress(
        host=host, port=port or _SCHEMES[parts.scheme], tls=parts.scheme == "rtmps", app="/".join(steps[:apps]),
        name=name, user=unquote(parts.username or ""), password=unquote(parts.password or ""),
    )


def door_key(text: str) -> str | None:
    """The key of a feed that is brought to our own door: `rtmp:///live/<key>`, an address without a host.

    None for an address of a server, or of another application. The port is the door's setting, not the address's.
    """
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    ours, key = key_of(parts.path.removeprefix("/") + (f"?{parts.query}" if parts.query else ""))
    return key if parts.scheme == "rtmp" and not host and ours and key else None
