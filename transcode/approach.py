"""How headends are spoken to: what goes along with each request, and whom we believe that he is a headend."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import ClientMiddlewareType, ClientSession, ClientTimeout, TCPConnector, TraceConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """`headers` go along with every request, `around` is put around each, and says who we are; `tls` says whose
    certificates are believed, None for those of the system."""

    headers: Mapping[str, str] = field(default_factory=dict)
    around: tuple[ClientMiddlewareType, ...] = ()
    tls: ssl.SSLContext | None = None

    def session(
        self, timeout: ClientTimeout, *, limit: int = 100, trace: TraceConfig | None = None,
    ) -> ClientSession:
        """A client that speaks like that, with so many connections."""
        return ClientSession(
            connector=TCPConnector(limit=limit, ssl=self.tls or True), timeout=timeout, headers=self.headers,
            middlewares=self.around, trace_configs=[trace] if trace else None,
        )
