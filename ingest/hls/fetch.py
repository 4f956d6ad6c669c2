"""Fetches for an HLS feed, with limits: where to, how many redirects, how many bytes, how long (T-04, T-07)."""

import asyncio
import re
from base64 import b64encode
from types import TracebackType
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from flow.errors import FeedError
from ingest.hls.listing import Span
from ingest.reach.gate import Gate, Lookup, is_local, system_lookup
from ingest.reach.reach import Border, Reach
from ingest.reach.web_address import WebAddress, web_address
from ingest.unpacking import Unpacking

PLAYLIST_LIMIT = 1 << 20
INIT_LIMIT = 1 << 20
PATIENCE = 20.0
"""Seconds for one answer and all redirects before it, unless the caller has less time."""

_PLAIN, _PACKED = 1 << 16, 1 << 12
"""Bytes that are taken at once. Packed ones may become a thousand times as many (T-09)."""
_REDIRECTS = 3
_LEADS_ON = (301, 302, 303, 307, 308)
_TIMES = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=8)
_RANGE = re.compile(r"bytes (\d{1,18})-(\d{1,18})/(?:\d{1,18}|\*)")


class HlsFetch:
    """One pull's client: no cookies, no proxies from the environment, and a gate to the network of its own."""

    def __init__(self, url: str, reach: Reach, lookup: Lookup = system_lookup) -> None:
        """`url` is the feed's as the operator named it. Raises FeedError when it cannot be one."""
        self._url = url
        self._named = web_address(url)
        self._gate = Gate(Border(named=self._named, reach=reach, is_local=is_local), lookup)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "HlsFetch":
        self._session = aiohttp.ClientSession(
            connector=self._gate.connector(), timeout=_TIMES, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False,
            auto_decompress=False, headers={"User-Agent": "xacast"},
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
    ) -> None:
        if self._session:
            await self._session.close()

    async def playlist(self, url: str) -> tuple[str, str]:
        """A playlist's text, and the address that it came from in the end: what it names is relative to that.

        Raises FeedError as `media` does.
        """
        body, base = await self._within(url, PLAYLIST_LIMIT, PATIENCE, None)
        return body.decode("utf-8", "replace"), base

    async def media(
        self, url: str, limit: int, *, seconds: float = PATIENCE, span: Span | None = None,
    ) -> bytearray:
        """The whole body at `url`, or the `span` of it: one of its own, since a copy of a segment is dear.

        Raises FeedError with a sentence for status: a place where the feed may not lead, an error answer, too many
        bytes, no answer in time.
        """
        body, _ = await self._within(url, limit, seconds, span)
        return body

    async def _within(self, url: str, limit: int, seconds: float, span: Span | None) -> tuple[bytearray, str]:
        try:
            async with asyncio.timeout(seconds):
                return await self._follow(url, limit, span)
        except TimeoutError as error:
            message = "the HLS server does not answer in time"
            raise FeedError(message) from error
        except aiohttp.ClientConnectorCertificateError as error:
            message = "the HLS server's certificate is not valid for its name"
            raise FeedError(message) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            message = "the HLS server cannot be reached"
            raise FeedError(message) from error

    async def _follow(self, url: str, limit: int, span: Span | None) -> tuple[bytearray, str]:
        """Follow redirects ourselves: each one is checked like any other address."""
        address = self._named if url == self._url else web_address(url)
        for _ in range(_REDIRECTS + 1):
            self._gate.admit(address)
            found = await self._ask(address, limit, span)
            if isinstance(found, bytearray):
                return found, address.text
            address = found
        message = "the HLS server redirects too often"
        raise FeedError(message)

    async def _ask(self, address: WebAddress, limit: int, span: Span | None) -> bytearray | WebAddress:
        """One request: the body, or the address where it leads on."""
        if self._session is None:
            message = "the client is not open"
            raise FeedError(message)
        url = URL(address.text, encoded=True)
        headers = {**_headers(span), **self._login(address)}
        async with self._session.get(url, allow_redirects=False, headers=headers) as answer:
            if answer.status in _LEADS_ON:
                return _led_on(address, answer.headers.get("Location", ""))
            _check(answer, span)
            return await _body(answer, limit, span)

    def _login(self, address: WebAddress) -> dict[str, str]:
        """The operator's user name and password go to the host that they were given for, and to no other."""
        named = self._named
        same = (address.host, address.port, address.secure) == (named.host, named.port, named.secure)
        if named.login is None or not same:
            return {}
        return {"Authorization": "Basic " + b64encode(":".join(named.login).encode()).decode()}


def _headers(span: Span | None) -> dict[str, str]:
    if span is None:
        return {"Accept-Encoding": "gzip, deflate"}
    return {"Accept-Encoding": "identity", "Range": f"bytes={span.start}-{span.start + span.length - 1}"}


def _led_on(address: WebAddress, location: str) -> WebAddress:
    if not location or any(ord(letter) < 32 for letter in location):
        message = "the HLS server redirects to nowhere"
        raise FeedError(message)
    return web_address(urljoin(address.text, location))


def _check(answer: aiohttp.ClientResponse, span: Span | None) -> None:
    """A range must be the one that was asked for (RFC 9110 14.4); the whole file is not what was listed."""
    if span is None:
        if answer.status != 200:
            message = f"the HLS server answers {answer.status}"
            raise FeedError(message)
        return
    if answer.status not in (200, 206):
        message = f"the HLS server answers {answer.status}"
        raise FeedError(message)
    given = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    asked = (span.start, span.start + span.length - 1)
    packed = answer.headers.get("Content-Encoding", "identity").lower() != "identity"
    if answer.status != 206 or given is None or (int(given[1]), int(given[2])) != asked or packed:
        message = "the HLS server does not give the byte range that was asked for"
        raise FeedError(message)


async def _body(answer: aiohttp.ClientResponse, limit: int, span: Span | None) -> bytearray:
    coding = answer.headers.get("Content-Encoding", "")
    unpacking = Unpacking(coding, limit)
    body = bytearray()
    async for part in answer.content.iter_chunked(_PACKED if coding else _PLAIN):
        body += unpacking.feed(part)
    unpacking.close()
    if span is not None and len(body) != span.length:
        message = "the HLS server does not give the byte range that was asked for"
        raise FeedError(message)
    return body
