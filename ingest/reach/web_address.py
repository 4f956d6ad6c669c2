"""An http or https address, taken apart by one strict parser: what is checked is what is connected to.

Two parsers that read one address differently are how a checked host becomes another one. So every spelling that
can be read in two ways is refused here, and the address that is fetched is put together from the checked parts.
"""

import re
from dataclasses import dataclass, field
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, unquote

from flow.errors import FeedError

Ip = IPv4Address | IPv6Address

_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*)([^#]*))?.*", re.DOTALL)
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]]*\]|[^:\[\]@]*)(?::(.*))?", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
_LETTERS = "has letters in it that no address has, or too many"
_SCHEME = "is not http or https"
_NO_PLACE = "has no valid host and port"
_NO_V6 = "has no valid IPv6 address"
_MISREAD = "writes an IP address in a way that can be misread"
_NO_HOST = "has no valid host"
_NO_PORT = "has no valid port"
_HIGHEST_PORT = 65_535
_AS_IT_IS = "/?%:@!$&'()*+,;=~[]"
"""Beside letters and digits what a path and its query keep: signed addresses must arrive as they were signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """`host` is a name in lower case ASCII, or an IP address in its one canonical spelling and without brackets.
    `rest` is path and query, ready for a request line. Who asks (`login`) is kept out of every text."""

    secure: bool
    host: str
    port: int
    rest: str
    login: tuple[str, str] | None = field(default=None, repr=False, compare=False)

    @property
    def ip(self) -> Ip | None:
        """The host when it is an IP address."""
        return _v6(self.host) if ":" in self.host else _v4(self.host)

    @property
    def place(self) -> str:
        """Host and port, as a sentence shows them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def text(self) -> str:
        """The whole address, without user information."""
        return f"{'https' if self.secure else 'http'}://{self.place}{self.rest}"


def web_address(text: str) -> WebAddress:
    """`text` taken apart (RFC 3986, of which only what an HLS feed needs).

    Raises FeedError, with a sentence that holds nothing of `text` but its host.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 or letter == "\\" for letter in text) or len(text) > _LONGEST:
        raise _refused(_LETTERS)
    found = _PARTS.fullmatch(text)
    scheme = found[1].lower() if found else ""
    if found is None or scheme not in _PORTS or found[2] is None:
        raise _refused(_SCHEME)
    authority = _AUTHORITY.fullmatch(found[2])
    if authority is None:
        raise _refused(_NO_PLACE)
    host = host_of(authority[2])
    port = _PORTS[scheme] if authority[3] is None else port_of(authority[3])
    rest = quote(found[3], safe=_AS_IT_IS)
    return WebAddress(
        secure=scheme == "https", host=host, port=port, rest=rest if rest.startswith("/") else f"/{rest}",
        login=None if authority[1] is None else _login(authority[1]),
    )


def host_of(text: str) -> str:
    """The canonical spelling of a host: a name, an IPv4 address, or an IPv6 address in brackets.

    Raises FeedError for what resolvers and browsers read in different ways: IPv4 in octal, hexadecimal, as one
    number or with parts left out, percent signs, zones, and names that are not names (WHATWG URL 3.5).
    """
    if text.startswith("["):
        ip = _v6(text[1:-1]) if text.endswith("]") else None
        if ip is None:
            raise _refused(_NO_V6)
        return str(ip)
    host = _ascii(text).lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        if _v4(host) is None or not text.isascii():
            raise _refused(_MISREAD)
        return host
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(_NO_HOST)
    return host


def port_of(text: str) -> int:
    """A port; raises FeedError for an empty one and for anything but plain digits."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or not 0 < int(text) <= _HIGHEST_PORT:
        raise _refused(_NO_PORT)
    return int(text)


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    try:
        return text.encode("idna").decode("ascii")
    except UnicodeError:
        raise _refused(_NO_HOST) from None


def _v4(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except AddressValueError:
        return None


def _v6(text: str) -> IPv6Address | None:
    if "%" in text:  # a zone would lead to a link of this machine
        return None
    try:
        return IPv6Address(text)
    except AddressValueError:
        return None


def _login(text: str) -> tuple[str, str]:
    user, _, password = text.partition(":")
    return unquote(user), unquote(password)


def _refused(why: str) -> FeedError:
    return FeedError(f"an address of the feed {why}")
