"""One rendition's way to one headend: packets in order over one kept-alive connection, and again after a break."""

import asyncio
import logging
from http import HTTPStatus
from types import SimpleNamespace

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    TraceConfig,
    TraceConnectionCreateStartParams,
)

from flow.chunk import Chunk, Packet
from flow.ids import RenditionId
from flow.json_words import read_json
from flow.wire import H_WHY, Position, Positions, Verdict, headers_of, path_of
from transcode.approach import Approach
from transcode.outbox import Outbox

TIMEOUT = ClientTimeout(total=5)
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 1.0
REFUSED_PAUSE = 30.0
"""Where the headend lets us in no more: what mends that is done by people."""

UNREACHABLE = (ClientError, TimeoutError, OSError, ValueError, KeyError, TypeError, AttributeError)
"""What asking a headend raises when it is away or answers with rubbish."""

_NOTHING = Position(0, 0)
_UNACCEPTABLE = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

_log = logging.getLogger(__name__)


class _BreakError(Exception):
    """What the headend has is uncertain: ask it. After a pause if `why` says what went wrong, else at once."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why


class NotLetInError(ValueError):
    """The headend knows us not, or no more."""


class Lane:
    """Sends what is put in, in order, for as long as `run` runs. All calls come from the event loop."""

    def __init__(self, base: str, rendition: RenditionId, approach: Approach | None = None) -> None:
        self._approach = approach or Approach()
        self.outbox = Outbox()
        self.connected = False
        self.why = "not asked yet"
        self._base = base
        self._rendition = rendition
        self._filled = asyncio.Event()
        self._may_connect = True
        self._pause = FIRST_PAUSE
        self._breaks = 0
        self._refused_at: float | None = None
        self.refused_for = 0.0  # seconds from the first to the last of the refusals since a chunk was kept

    def put(self, packet: Packet) -> None:
        """Queue a packet."""
        self.outbox.add(packet)
        self._filled.set()

    async def run(self) -> None:
        """Send until cancelled."""
        trace = TraceConfig()
        trace.on_connection_create_start.append(self._before_connecting)
        async with self._approach.session(TIMEOUT, limit=1, trace=trace) as session:
            while True:
                longest = LONGEST_PAUSE
                try:
                    await self._ask(session)
                    await self._send(session)
                except _BreakError as error:
                    self.outbox.withdraw()
                    why = error.why or self._excuse()
                except UNREACHABLE as error:
                    self.outbox.withdraw()
                    why = str(error) or type(error).__name__
                    longest = REFUSED_PAUSE if isinstance(error, NotLetInError) else LONGEST_PAUSE
                if why:
                    await self._wait_after(why, longest)

    def _excuse(self) -> str:
        """Nothing for a first break since the last chunk arrived: it is mended at once. More need a pause."""
        self._breaks += 1
        return "" if self._breaks == 1 else "the connection breaks again and again"

    async def _wait_after(self, why: str, longest: float) -> None:
        if self.connected:
            _log.warning("%s %s: %s", self._base, self._rendition, why)
        self.connected, self.why = False, why
        await asyncio.sleep(min(self._pause, longest))
        self._pause = min(self._pause * 2, longest)

    async def _ask(self, session: ClientSession) -> None:
        """Learn how far the headend is, and go on from there."""
        self._may_connect = True
        async with session.get(self._base) as response:
            positions = await read_positions(response)
            self._may_connect = _closes(response)
        self.outbox.resume(positions.renditions.get(self._rendition, _NOTHING))
        self.connected, self.why = True, ""

    async def _send(self, session: ClientSession) -> None:
        """Send packets as they come; only raises."""
        while True:
            packet = self.outbox.pick()
            if packet is None:
                self._filled.clear()
                await self._filled.wait()
                continue
            url = self._base + path_of(packet)
            async with session.put(url, data=packet.body, headers=headers_of(packet)) as response:
                await response.read()
                # A server that says so may close after each answer; only an unannounced end is a break.
                self._may_connect = _closes(response)
            self._heed(packet, response.status, response.headers.get(H_WHY, ""))

    def _heed(self, packet: Packet, status: int, said: str) -> None:
        """Act on the answer to a packet; raises _BreakError when the headend must be asked first."""
        if status == Verdict.KEPT.value:
            self.outbox.acknowledge(packet)
            if isinstance(packet, Chunk):
                self._pause, self._breaks = FIRST_PAUSE, 0
                self._refused_at, self.refused_for = None, 0.0
        elif status == Verdict.REFUSED.value:
            self._count_refusal()
            self.outbox.refuse(packet)
        elif status == Verdict.NEED_INIT.value and self.outbox.has_init(packet.run):
            # A headend without the init section has lost more than that: what came before is sent again too.
            raise _BreakError("asks for the init section again and again" if self._breaks else "")
        elif status in _UNACCEPTABLE or status == Verdict.NEED_INIT.value:
            _log.warning("%s: %s given up, the headend answered %d", self._base, path_of(packet), status)
            self.outbox.give_up(packet)
        else:
            raise _BreakError(answered(status, said))

    def _count_refusal(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._refused_at is None:
            self._refused_at = now
        self.refused_for = now - self._refused_at

    async def _before_connecting(
        self, _session: ClientSession, _context: SimpleNamespace, _params: TraceConnectionCreateStartParams,
    ) -> None:
        """Stop a request that would open a new connection unnoticed.

        The old one broke: behind the new one may be a headend that was restarted and has lost what it
        acknowledged. aiohttp would send the packet there as if nothing had happened.
        """
        if not self._may_connect:
            raise _BreakError


async def read_positions(response: ClientResponse) -> Positions:
    """A headend's answer about a channel; raises one of UNREACHABLE when it is none."""
    body = await response.read()
    if response.status == HTTPStatus.UNAUTHORIZED:
        raise NotLetInError(answered(response.status, response.headers.get(H_WHY, "")))
    if response.status != HTTPStatus.OK:
        raise ValueError(answered(response.status, response.headers.get(H_WHY, "")))
    return Positions.from_json(read_json(body))


def answered(status: int, said: str) -> str:
    """What a headend answered, with why it lets nobody in when it `said` so."""
    return f"the headend answered {status}{': ' if said else ''}{said}"


def _closes(response: ClientResponse) -> bool:
    """Whether the server ends the connection after this answer."""
    return response.headers.get("Connection", "").lower() == "close"
