"""Signs every request of a session: what a machine's processes put around their client."""

import secrets
from collections.abc import Callable

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, hdrs
from aiohttp.payload import Payload

from desk.machines.signature import Asked, digest_of, sign

_NONCE = 12
_MILLISECOND = 1_000_000


class Signer:
    """A middleware of aiohttp's client. What is sent is in memory already, and hashed before it goes."""

    def __init__(self, name: str, key: str, now_ns: Callable[[], int]) -> None:
        """`now_ns` is the wall clock."""
        self._name = name
        self._key = key
        self._now_ns = now_ns

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        """Sign, and send."""
        body = await request.body.as_bytes() if isinstance(request.body, Payload) else b""
        asked = Asked(method=request.method, target=request.url.raw_path_qs, headers=request.headers)
        signature = sign(
            self._key, asked, name=self._name, time_ms=self._now_ns() // _MILLISECOND,
            nonce=secrets.token_urlsafe(_NONCE), body=digest_of(body),
        )
        request.headers[hdrs.AUTHORIZATION] = str(signature)
        return await handler(request)
