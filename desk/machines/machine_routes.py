"""The machines that a headend lets in, for its operators.

    GET  /api/v1/machines                        {"machines": [{"name", "kind", "made", "revoked", "ends"}, …]}
    POST /api/v1/machines                        {"name", "kind": "worker", "key"?} -> 201, {"name", "key", "ca"}
                                                 {"name", "kind": "edge", "public_key": PEM} -> 201, as below
    POST /api/v1/machines/{machine}/certificate  {"public_key": PEM} -> 201, {"name", "certificate", "ends", "ca",
                                                 "server", "address"}: another one for an edge
    POST /api/v1/machines/{machine}/revoke       {} -> {"revoked": name}

Each takes `who` and `why` too. An edge's own key stays where it was made; `server` is the name in the certificate
of the machines' listener, `address` where that stands. Times are in seconds since the epoch, 0 for none.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import hdrs, web

from desk.errors import RefusedError
from desk.json_request import json_of
from desk.machines.guard import MachineGuard
from desk.machines.machine import LOCAL, Kind
from desk.machines.register import MachineRegister
from desk.ports import Ports
from desk.said import said_in
from desk.settings import Settings
from flow.errors import OperatorError

_log = logging.getLogger(__name__)
_SECOND = 1_000_000_000
_LONGEST = 1_024
KINDS = (Kind.WORKER, Kind.EDGE)
"""Those that can be added; this machine's own are known by themselves."""


class MachineRoutes:
    """The handlers. What they do with files they do in threads, one at a time."""

    def __init__(
        self, settings: Settings, guard: MachineGuard, now_ns: Callable[[], int],
        ports: Callable[[], Ports | None],
    ) -> None:
        """`guard` of the machines' listener looks when something has changed; `now_ns` is the wall clock."""
        self._register = MachineRegister(settings.data)  # of our own: the guard's is read by the event loop
        self._settings = settings
        self._guard = guard
        self._now_ns = now_ns
        self._ports = ports
        self._turn = asyncio.Lock()

    def routes(self) -> list[web.AbstractRouteDef]:
        """Below the operators' listener."""
        return [
            web.get("/api/v1/machines", self.index), web.post("/api/v1/machines", self.add),
            web.post("/api/v1/machines/{machine}/certificate", self.certify),
            web.post("/api/v1/machines/{machine}/revoke", self.revoke),
        ]

    async def index(self, _request: web.Request) -> web.Response:
        """All that there are and were, without their keys."""
        async with self._turn:
            await asyncio.to_thread(self._register.look)
            return web.json_response({"machines": [
                {"name": one.name, "kind": one.kind, "made": one.made, "revoked": one.revoked, "ends": one.ends}
                for one in self._register
            ]})

    async def add(self, request: web.Request) -> web.Response:
        """Let one in."""
        words = await _words(request)
        name, kind = _text(words, "name"), _kind(words)
        key, public = _text(words, "key"), _text(words, "public_key")

        def made() -> dict[str, Any]:
            if kind is Kind.EDGE:
                return self._certified(name, public, new=True)
            from desk.tls.folder import TlsFolder  # noqa: PLC0415 - brings cryptography along

            ca = TlsFolder(self._settings.data).certificate()
            return {"name": name, "key": self._register.add(name, kind, now=self._now(), key=key).key, "ca": ca}

        return await self._done(made, words, f"{kind} {name} is let in", status=201)

    async def certify(self, request: web.Request) -> web.Response:
        """Another certificate for an edge; of those that it had, the newest is good for as long as it lasts."""
        words, name = await _words(request), request.match_info["machine"]
        public = _text(words, "public_key")
        return await self._done(
            lambda: self._certified(name, public, new=False), words, f"edge {name} has another certificate",
            status=201,
        )

    async def revoke(self, request: web.Request) -> web.Response:
        """Shut one out, with all that it has open."""
        words, name = await _words(request), request.match_info["machine"]

        def out() -> dict[str, Any]:
            self._known(name)
            return {"revoked": self._register.revoke(name, now=self._now()).name}

        return await self._done(out, words, f"{name} is revoked", status=200)

    def _certified(self, name: str, public: str, *, new: bool) -> dict[str, Any]:
        from desk.machines.edge_certificate import EdgeCertificate  # noqa: PLC0415 - brings cryptography along

        tls, ports = self._settings.tls("machines"), self._ports()
        if tls is None or not self._guard.asks or ports is None:
            problem = "an edge is known by a certificate, and the machines' listener asks for none"
            remedy = '`xacast tls init`, machines_tls = "local" in xacast.toml, and bring xacast up anew'
            raise RefusedError(409, problem, remedy)
        if not new:
            self._known(name)
        signed = EdgeCertificate.sign(self._settings.data, tls, name, public.encode(), now=self._now())
        if new:
            self._register.add(name, Kind.EDGE, now=self._now(), certificates=(signed.certified,))
        else:
            self._register.certify(name, signed.certified)
        return {**signed.to_json(), "address": ports.machines.show().url}

    async def _done(
        self, work: Callable[[], dict[str, Any]], words: Mapping[str, Any], told: str, *, status: int,
    ) -> web.Response:
        said = said_in(words)
        async with self._turn:
            answer = await asyncio.to_thread(work)
        self._guard.look()
        _log.info("%s, by %s: %s", told, said.who or "an operator", said.why or "-")
        return web.json_response(answer, status=status, headers={hdrs.CACHE_CONTROL: "no-store"})

    def _known(self, name: str) -> None:
        """Raises RefusedError (404) for one that there is not, or is no more."""
        self._register.look()
        machine = self._register.get(name)
        if machine is None or machine.revoked:
            problem = f"there is no machine {name}"
            raise RefusedError(404, problem, "`xacast machine list` shows those that there are")

    def _now(self) -> int:
        return self._now_ns() // _SECOND


async def _words(request: web.Request) -> Mapping[str, Any]:
    words = await json_of(request)
    if not isinstance(words, dict):
        problem = "what was sent is no object"
        raise OperatorError(problem, "Send one JSON object")
    return words


def _kind(words: Mapping[str, Any]) -> Kind:
    kind = words.get("kind", Kind.WORKER)
    if kind not in KINDS:
        problem = f"“kind” is neither “{Kind.WORKER}” nor “{Kind.EDGE}”"
        raise OperatorError(problem, f"Leave it out for a worker; what is “{LOCAL}” is known by itself")
    return Kind(kind)


def _text(words: Mapping[str, Any], key: str) -> str:
    text = words.get(key, "")
    if not isinstance(text, str) or len(text) > _LONGEST:
        problem = f"“{key}” is no text of at most {_LONGEST} letters"
        raise OperatorError(problem, f"Shorten “{key}”, or leave it out")
    return text
