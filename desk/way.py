"""A way from the command line to a headend: where it is, and by what it knows who asks."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from desk.listener import Listener, is_loopback
from flow.errors import OperatorError


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`tls` holds what the desk's certificate is checked by, None for a desk of this machine."""

    place: Listener
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    tls: ssl.SSLContext | None = None

    def open(self, patience: float) -> http.client.HTTPConnection:
        """A connection that waits for so many seconds."""
        if self.tls is None:
            return http.client.HTTPConnection(self.place.host, self.place.port, timeout=patience)
        return http.client.HTTPSConnection(self.place.host, self.place.port, timeout=patience, context=self.tls)

    def __str__(self) -> str:
        return str(self.place)


def far_way(address: str, headers: Mapping[str, str], ca: str) -> Way:
    """The way to the desk at `https://host:port`, with the certificates of who may sign for it, empty for the
    system's. Raises OperatorError: without TLS passwords go to this machine alone."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    plain = parts.scheme == "http" and is_loopback(parts.hostname or "")
    if not parts.hostname or parts.path not in {"", "/"} or parts.query or "@" in parts.netloc:
        problem = f"“{address[:100]}” is no address of a desk"
        raise OperatorError(problem, "Write https://HOST:PORT")
    if parts.scheme != "https" and not plain:
        problem = "a desk on another machine is spoken to by https alone"
        raise OperatorError(problem, "Write https://HOST:PORT; what can be heard on the way can be used")
    place = Listener(parts.hostname, port or (80 if plain else 443))
    return Way(place=place, headers=headers, tls=None if plain else _context(ca))


def _context(ca: str) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cadata=ca or None)
    except ssl.SSLError as error:
        problem = "the certificate that was given cannot be read"
        raise OperatorError(problem, "Give a file in PEM with --ca") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
