"""Pulls a stream from an RTMP server by our own client and hands it over by pipe as FLV."""

import asyncio
import os
import secrets
import ssl

from flow.errors import FeedError
from ingest.pipe_thread import PipedCarrier, PipeThread
from ingest.reach.destination import connection, destination
from ingest.reach.gate import Lookup, system_lookup
from ingest.reach.reach import Reach
from ingest.rtmp.address import address_of
from ingest.rtmp.auth import answer
from ingest.rtmp.flv_tags import HEADER, tag
from ingest.rtmp.handshake import RANDOM
from ingest.rtmp.player import AuthAsked, PlayerSession

_READ = 1 << 16
_PATIENCE = 5.0
"""Seconds for each answer, and without a byte."""

_READY = 15.0
_TRIES = 3
"""Connections that asking for a password takes: one to be asked, one to be challenged, one to answer."""

_SILENT = "the RTMP server does not answer in time"


class RtmpPull(PipedCarrier):
    """A carrier (`ingest.carrier`) of one stream. `tls` is for `rtmps`: the system's certificates unless given;
    `reach` knows the listeners of our own, to which no feed may lead (T-04).

    Raises FeedError for an address that is none.
    """

    def __init__(
        self, address: str, *, reach: Reach | None = None, lookup: Lookup = system_lookup,
        tls: ssl.SSLContext | None = None, patience: float = _PATIENCE,
    ) -> None:
        self._address = address_of(address)
        self._reach = reach or Reach()
        self._lookup = lookup
        self._tls = tls
        self._patience = patience
        super().__init__(PipeThread("rtmp pull", self._work))

    def start(self) -> list[int]:
        """Connect and ask for the stream; the pipe, once the server agrees.

        Raises FeedError when it does not.
        """
        return [self._line.start(_READY)]

    async def _work(self, line: PipeThread) -> None:
        proof = ""
        for _ in range(_TRIES):
            session = PlayerSession(self._address, os.urandom(RANDOM), proof)
            try:
                await self._play(session, line)
            except AuthAsked as asked:
                user, password = self._address.user, self._address.password
                proof = answer(asked.description, user, password, secrets.token_hex(4))
            else:
                return
        reason = "the RTMP server refuses the user name or the password"
        raise FeedError(reason)

    async def _play(self, session: PlayerSession, line: PipeThread) -> None:
        try:
            reader, writer = await self._connect()
            try:
                await self._read(session, line, reader, writer)
            finally:
                writer.transport.abort()
        except BrokenPipeError:
            raise
        except TimeoutError:
            raise FeedError(_SILENT) from None
        except ssl.SSLCertVerificationError:
            reason = "the RTMP server's certificate is not trusted"
            raise FeedError(reason) from None
        except OSError as error:
            raise FeedError(_unreachable(error)) from None

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A server may ask to be called elsewhere; it is not listened to, so this is the only way out."""
        tls = (self._tls or ssl.create_default_context()) if self._address.tls else None
        async with asyncio.timeout(self._patience):
            place = await destination(self._address.host, self._address.port, self._reach, lookup=self._lookup)
            return await connection(place, tls)

    async def _read(
        self, session: PlayerSession, line: PipeThread, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
    ) -> None:
        begun = False
        while not session.over:
            async with asyncio.timeout(self._patience):
                if out := session.output():
                    writer.write(out)
                    await writer.drain()
                data = await reader.read(_READ)
            if not data:
                if begun:
                    return
                reason = "the RTMP server closes the connection without an answer"
                raise FeedError(reason)
            messages = session.receive(data)
            if session.playing and not begun:
                begun = True
                line.begun()
                await line.put(HEADER)
            await line.put(b"".join(map(tag, messages)))


def _unreachable(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens at the RTMP server's address"
    if isinstance(error, ConnectionError):
        return "the RTMP server broke the connection"
    return "the RTMP server cannot be reached"
