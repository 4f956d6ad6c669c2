"""Who may speak to the machines' listener: machines that are known, each for what it is there for (T-29).

A machine signs each request (`desk/machines/signature.py`), or, an edge's cache engine that cannot, shows a
certificate of ours. A refusal says why to whoever proved who he is, and nothing to others.
"""

import asyncio
import logging
import ssl
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import NoReturn

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from desk.machines.certified import fingerprint_of
from desk.machines.machine import LOCAL, Kind, Machine
from desk.machines.nonces import Nonces
from desk.machines.register import MachineRegister
from desk.machines.signature import SCHEME, Asked, Signature, digest_of
from flow.errors import ToolError
from flow.wire import H_WHY

_log = logging.getLogger(__name__)
_MILLISECOND = 1_000_000
_SECOND = 1_000_000_000
WINDOW_MS = 30_000
"""How far the time of a request may be from ours (T-29)."""
LOOK = 1.0
"""Seconds between looks at who is known: whoever is revoked is out as soon."""
STRANGER = "the key of this machine is missing or wrong: `xacast machine add` on the headend makes one"
_REVOKED = "{} is revoked, for ever: `xacast machine add` on the headend lets it in by another name"
_ENDED = "the certificate of {0} has ended: `xacast machine renew {0}` on the headend makes another"


class _RefusedError(Exception):
    """Why somebody is not let in."""


class MachineGuard:
    """For one listener; belongs to the event loop."""

    def __init__(
        self, register: MachineRegister, *, local: str, now_ns: Callable[[], int], asks: bool = False,
    ) -> None:
        """`local` is the key of this machine's own processes, `now_ns` the wall clock; `asks` says that the
        listener takes certificates."""
        self.asks = asks
        self._register = register
        self._local = Machine(name=LOCAL, kind=Kind.LOCAL, key=local, made=0)
        self._now_ns = now_ns
        # What was signed before this life may have been answered in the last one, whose numbers are forgotten.
        self._since_ms = now_ns() // _MILLISECOND - 1_000
        self._nonces = Nonces(2 * WINDOW_MS)
        self._open: defaultdict[str, Counter[asyncio.Transport]] = defaultdict(Counter)

    def middleware(self) -> Middleware:
        """The outermost but for what looks at browsers."""
        @web.middleware
        async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                machine = await self._who(request)
                if not machine.kind.may(request.path):
                    _refuse(f"that is not for {machine.kind.value}s, which {machine.name} is")
            except _RefusedError as error:
                raise _unauthorized(str(error)) from None
            return await self._held(machine, request, handler)

        return check

    async def watch(self, _app: web.Application) -> AsyncIterator[None]:
        """For `cleanup_ctx`: look who is revoked for as long as the application runs."""
        self.look()
        looking = asyncio.create_task(self._keep_looking())
        yield
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            self.look()

    def look(self) -> None:
        """Who is revoked is out now, with all that it has open."""
        try:
            changed = self._register.look()
        except ToolError as error:
            _log.error("who is known stays as it was: %s", error)
            return
        for name in [*self._open] if changed else []:
            known = self._register.get(name)
            if name != LOCAL and (known is None or known.revoked):
                _log.warning("%s is revoked, and out", name)
                for transport in [*self._open[name]]:
                    transport.abort()

    async def _held(self, machine: Machine, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A control connection lasts for days: it ends when its machine is revoked."""
        transport = request.transport
        if not isinstance(transport, asyncio.Transport):
            return await handler(request)
        held = self._open[machine.name]
        held[transport] += 1
        try:
            return await handler(request)
        finally:
            held[transport] -= 1
            if not held[transport]:
                del held[transport]
            if not held:
                self._open.pop(machine.name, None)

    async def _who(self, request: web.Request) -> Machine:
        signature = Signature.parse(request.headers.get(hdrs.AUTHORIZATION, ""))
        if signature is None:
            return self._certified(request)
        machine = self._local if signature.id == LOCAL else self._register.get(signature.id)
        asked = Asked(method=request.method, target=request.raw_path, headers=request.headers)
        if machine is not None and machine.revoked:
            _refuse(_REVOKED.format(machine.name))
        if machine is None or not machine.key or not signature.proves(machine.key, asked):
            _refuse(STRANGER)
        now = self._now_ns() // _MILLISECOND
        if abs(off := signature.time_ms - now) > WINDOW_MS or signature.time_ms < self._since_ms:
            side = "ahead" if off > 0 else "behind"
            _refuse(f"the clock of {machine.name} is {abs(off) / 1000:.1f} s {side}: set it by NTP, here or there")
        if not self._nonces.use(machine.name, signature.nonce, signature.time_ms, now):
            _refuse("that was asked before")
        # Only now: nobody else makes us hold what he sends.
        body = await request.read() if request.body_exists else b""
        if digest_of(body) != signature.body:
            _refuse("what came is not what was signed")
        return machine

    def _certified(self, request: web.Request) -> Machine:
        tls: ssl.SSLObject | None = request.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True) if tls is not None else None
        if shown is None:
            _refuse(STRANGER)
        known = self._register.of_certificate(fingerprint_of(shown))
        if known is None:
            _refuse("that certificate is not known here, or another has taken its place")
        machine, certified = known
        if machine.revoked:
            _refuse(_REVOKED.format(machine.name))
        # Looked at when hands were shaken: connections may be kept, and resumed, for longer than that.
        if certified.ends <= self._now_ns() // _SECOND:
            _refuse(_ENDED.format(machine.name))
        return machine


def _refuse(why: str) -> NoReturn:
    raise _RefusedError(why)


def _unauthorized(why: str) -> web.HTTPUnauthorized:
    return web.HTTPUnauthorized(text=f"{why}\n", headers={
        H_WHY: why, hdrs.WWW_AUTHENTICATE: SCHEME, hdrs.CACHE_CONTROL: "no-store",
    })
