"""One connection to an RTSP server: a request and its answer, and what comes between."""

import asyncio
import secrets
from collections import deque
from collections.abc import Mapping

from flow.errors import FeedError
from ingest.rtsp.address import RtspAddress
from ingest.rtsp.auth import Challenge, challenge_of, proof
from ingest.rtsp.message import Frame, RtspMessage, RtspReader, answer, request

_READ = 1 << 16
_EARLY = 1_024
"""Frames that are kept when they come before the answer which announces them."""

_UNSENT = 1 << 16
"""Bytes of ours that may wait for a server which does not read (T-09)."""

_OK, _REDIRECT, _ERROR = 200, 300, 400
_UNKNOWN_TO_US, _ASKS = 501, 401
_SENTENCES = {
    401: "the RTSP server asks for a user name and password (401)",
    403: "the RTSP server refuses this machine (403)",
    404: "the RTSP server has no such stream (404)",
    453: "the RTSP server has no room for another player (453)",
}
_SILENT = "the RTSP server does not answer in time"
_DEAF = "the RTSP server asks on and on, and takes no answer"
_CLOSED = "the RTSP server closed the connection"
_AWAY = "the RTSP server sends its players elsewhere"


class Elsewhere(Exception):  # noqa: N818 - no failure yet: whoever asked decides
    """The server says that the stream is at another place."""

    def __init__(self, location: str) -> None:
        super().__init__(_AWAY)
        self.location = location


class RtspTalk:
    """`patience`: seconds for each answer."""

    def __init__(
        self, address: RtspAddress, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: float,
    ) -> None:
        self._address = address
        self._stream = reader
        self._writer = writer
        self._patience = patience
        self._reader = RtspReader()
        self._challenge: Challenge | None = None
        self._number = 0
        self._early: deque[Frame] = deque(maxlen=_EARLY)
        self.session = ""

    async def ask(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> RtspMessage:
        """The answer, whatever its status, but with who we are told where the server wants to know.

        Raises Elsewhere for a redirection, FeedError when none comes or the server wants a user that is not given.
        """
        reply = await self._once(method, url, headers or {})
        asked = challenge_of(reply.headers.get("www-authenticate", ())) if reply.status == _ASKS else None
        if asked and self._address.user:
            self._challenge = asked
            reply = await self._once(method, url, headers or {})
            if reply.status == _ASKS:
                reason = "the RTSP server refuses the user name or the password"
                raise FeedError(reason)
        if _REDIRECT <= reply.status < _ERROR:
            raise Elsewhere(reply.header("location"))
        return reply

    async def get(self, method: str, url: str, headers: Mapping[str, str] | None = None) -> RtspMessage:
        """As `ask`; raises FeedError for a refusal too."""
        reply = await self.ask(method, url, headers)
        if not _OK <= reply.status < _REDIRECT:
            raise refusal(reply)
        return reply

    def tell(self, method: str, url: str) -> None:
        """Send a request whose answer is not waited for; raises FeedError when the server takes nothing."""
        self._send(method, url, {})

    def frame(self, frame: Frame) -> None:
        """Send a packet of ours, if the server takes what there is: the next report says the same and more."""
        if self._writer.transport.get_write_buffer_size() < _UNSENT:
            self._writer.write(bytes(frame))

    async def frames(self) -> list[Frame]:
        """The next packets; raises FeedError when the server closes or breaks the protocol."""
        found = list(self._early)
        self._early.clear()
        while True:
            while item := self._reader.next():
                if isinstance(item, Frame):
                    found.append(item)
                else:
                    self._hear(item)
            if found:
                return found
            await self._more()

    def close(self) -> None:
        """Let go of the connection; what the server does not take at once is let go of too."""
        if self._writer.transport.get_write_buffer_size():
            self._writer.transport.abort()
        self._writer.close()

    async def _once(self, method: str, url: str, headers: Mapping[str, str]) -> RtspMessage:
        number = self._send(method, url, headers)
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    while item := self._reader.next():
                        if isinstance(item, Frame):
                            self._early.append(item)
                        elif item.status and item.number == number:
                            return item
                        else:
                            self._hear(item)
                    await self._more()
        except TimeoutError:
            raise FeedError(_SILENT) from None

    async def _more(self) -> None:
        data = await self._stream.read(_READ)
        if not data:
            raise FeedError(_CLOSED)
        self._reader.feed(data)

    def _hear(self, message: RtspMessage) -> None:
        """What nobody waits for: an answer to `tell`, or a request of the server's (RFC 2326, section 10)."""
        if message.status == _ASKS:  # a nonce has grown old: the next request answers the new one
            self._challenge = challenge_of(message.headers.get("www-authenticate", ())) or self._challenge
        if message.method == "REDIRECT":
            raise FeedError(_AWAY)
        if message.method:
            status = f"{_OK} OK" if message.method == "OPTIONS" else f"{_UNKNOWN_TO_US} Not Implemented"
            self._write(answer(status, {"CSeq": str(max(0, message.number))}))

    def _send(self, method: str, url: str, headers: Mapping[str, str]) -> int:
        self._number += 1
        words = {"CSeq": str(self._number), "User-Agent": "xacast", **headers}
        if self.session:
            words["Session"] = self.session
        if self._challenge:
            user, password = self._address.user, self._address.password
            words["Authorization"] = proof(self._challenge, user, password, method, url, secrets.token_hex(8))
        self._write(request(method, url, words))
        return self._number

    def _write(self, data: bytes) -> None:
        if self._writer.transport.get_write_buffer_size() + len(data) > _UNSENT:
            raise FeedError(_DEAF)
        self._writer.write(data)


def refusal(reply: RtspMessage) -> FeedError:
    """The sentence for an answer that is no; the server's own words may hold anything."""
    return FeedError(_SENTENCES.get(reply.status, f"the RTSP server refuses, with the number {reply.status}"))
