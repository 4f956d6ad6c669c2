"""The supervisor: keeps a headend, a worker for each wanted channel, and an RTMP door while one needs it."""

import json
import logging
import signal
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from desk.child import command
from desk.door_feeds import needs_door
from desk.keeper import Keeper, Wanted
from desk.lock import Lock
from desk.ports import Ports
from desk.preflight import check_disk, check_door, check_ports
from desk.registry import Registry
from desk.reload.hangup import hangup_ends, reload_beside
from desk.reload.source import Source
from desk.settings import Settings
from desk.system import SystemClock, SystemSpawn
from desk.waker import Waker
from flow.errors import OperatorError, ToolError
from flow.process import Process

_log = logging.getLogger(__name__)

STEP = 0.25
"""Seconds between looks at the registry; a child's death is noticed at once."""
LAST = 4.5
"""Seconds in which everything has stopped, by force if need be."""
HEADEND = "headend"
_HEADEND_MAIN = "desk.headend_main"
DOOR = "RTMP door"


def wanted(
    ports: Ports | None, revisions: dict[str, int], *, door: bool = False, pairs: Collection[str] = (),
) -> dict[str, Wanted]:
    """The children that shall run: always a headend, workers once it is known where they find it, two of each
    channel in `pairs`, and the door when a channel waits for a publisher."""
    children = {HEADEND: Wanted(argv=command(_HEADEND_MAIN, "--secrets"))}
    if door:
        children[DOOR] = Wanted(argv=command("desk.rtmp_door_main"))
    if ports is not None:
        url = ports.machines.reach().url
        for name, revision in revisions.items():
            argv = command("desk.worker_main", name, "--headend", url)
            children[f"worker {name}"] = Wanted(argv=argv, revision=f"{revision} {url}")
            if name in pairs:
                second = (*argv, "--worker", "1")
                children[f"worker {name} 2"] = Wanted(argv=second, revision=f"{revision} {url}")
    return children


class Supervisor:
    """One machine's supervisor. `run` belongs to the process's main thread and lasts until `stop` or a signal."""

    def __init__(self, settings: Settings, source: Source | None = None) -> None:
        """`source` is where the headend reads settings again."""
        self._settings = settings
        self._source = source
        self._waker = Waker()
        self.stopping = False
        self.interrupted = False
        self._reread = False

    def stop(self) -> None:
        """Ask `run` to end, from any thread or signal handler."""
        self.stopping = True
        self._waker.wake()

    def run(
        self, *, ready: Callable[[], None] = lambda: None, opened: Callable[[Ports], None] = lambda _ports: None,
    ) -> None:
        """Check, then start and keep everything; returns when all has stopped.

        `ready` is called once nothing stands in the way of starting, `opened` when the headend's listeners are
        there for the first time, with where they are. Raises OperatorError, with nothing started, when another
        supervisor holds the data directory, a port is in use or the disk is full.
        """
        settings = self._settings
        with Lock(settings.run):
            check_ports(settings)
            check_disk(settings)
            Ports.forget(settings.run)
            registry = Registry(settings.database)
            spawn = SystemSpawn()
            keeper = Keeper(clock=SystemClock(), leader=lambda argv: _leader(spawn, settings, argv, self._source))
            try:
                with self._signals():
                    ready()
                    self._keep(keeper, registry, opened)
            finally:
                _end(keeper)
                registry.close()
                Ports.forget(settings.run)

    def _keep(self, keeper: Keeper, registry: Registry, opened: Callable[[Ports], None]) -> None:
        told = False
        revisions: dict[str, int] = {}
        door = False
        pairs: frozenset[str] = frozenset()
        while not self.stopping:
            if self._reread:
                self._reread = False
                reload_beside(self._settings)
            try:
                now = registry.wanted()
                if now != revisions:
                    ours = [one.channel for one in registry.channels() if not one.remote]
                    pairs = frozenset(channel.id for channel in ours if channel.workers > 1)
                    needed = needs_door(ours)
                    if needed and not door:
                        _warn_of_door(self._settings)
                    door = needed
                revisions = now
            except ToolError as error:  # what runs goes on as it was last declared
                _log.warning("the registry cannot be read: %s", error)
            ports = Ports.read(self._settings.run)
            if ports and not told:
                opened(ports)
                told = True
            keeper.step(wanted(ports, revisions, door=door, pairs=pairs))
            self._waker.wait(STEP)
        _log.info("stopping")
        deadline = time.monotonic() + LAST
        while time.monotonic() < deadline:
            keeper.step({})
            if not keeper.pids:
                return
            self._waker.wait(STEP / 5)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """SIGINT, SIGTERM and a closed terminal stop; without a terminal SIGHUP has settings read again; a child's
        end wakes. The old handlers come back after."""
        def stop(number: int, _frame: FrameType | None) -> None:
            self.interrupted = number == signal.SIGINT
            self.stop()

        def wake(_number: int, _frame: FrameType | None) -> None:
            self._waker.wake()

        def reread(_number: int, _frame: FrameType | None) -> None:
            self._reread = True
            self._waker.wake()

        hangup = stop if hangup_ends() else reread
        handlers = {signal.SIGINT: stop, signal.SIGTERM: stop, signal.SIGHUP: hangup, signal.SIGCHLD: wake}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _leader(spawn: SystemSpawn, settings: Settings, argv: Sequence[str], source: Source | None) -> Process:
    """T-11: of our processes the headend alone tells others of events, at an address that may hold a secret."""
    words = {**settings.secrets(), **({"source": source.to_json()} if source else {})}
    told = json.dumps(words).encode() if _HEADEND_MAIN in argv else b""
    return spawn.leader(argv, env=settings.environment(), told=told)


def _warn_of_door(settings: Settings) -> None:
    """A port that somebody else has keeps publishers out, and no other channel off the air."""
    try:
        check_door(settings)
    except OperatorError as error:
        _log.error("no publisher can come: %s", error)


def _end(keeper: Keeper) -> None:
    """Whatever happened, nothing is left behind."""
    keeper.kill_all()
    deadline = time.monotonic() + 1.0
    while keeper.pids and time.monotonic() < deadline:
        keeper.step({})
        time.sleep(0.01)
