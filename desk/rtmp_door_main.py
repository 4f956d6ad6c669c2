"""The RTMP door's process: `python -m desk.rtmp_door_main`, settings from the environment."""

import argparse
import asyncio
import errno
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from desk.child import stop_event
from desk.door_file import DoorState, take_wish
from desk.door_keys import DoorKeys
from desk.listener import Listener
from desk.process import live
from desk.registry import Registry
from desk.settings import Settings, load_settings
from desk.system import SystemClock
from flow.clock import Clock
from flow.errors import ToolError
from ingest.rtmp.door import RtmpDoor

LOOK = 0.25
"""Seconds between looks at who was refused, and at what the headend asks for."""

_log = logging.getLogger(__name__)


def main(words: Sequence[str] | None = None) -> int:
    """Run until SIGTERM; exit status 2 for an error that names its way out."""
    argparse.ArgumentParser(prog="desk.rtmp_door_main").parse_args(words)
    settings = load_settings()
    return live("door", settings, lambda _logs: _run(settings))


async def _run(settings: Settings) -> None:
    stopping = stop_event()
    registry = Registry(settings.database)
    clock = SystemClock()
    door = RtmpDoor(find=DoorKeys(registry=registry, run=settings.run, clock=clock).find, clock=clock)
    telling: asyncio.Task[None] | None = None
    now = clock.wall_ns()
    door.restore({place: until - now for place, until in DoorState.read(settings.run).banned.items()})
    try:
        await _open(door, settings.rtmp)
        telling = asyncio.create_task(_tell(door, settings.run, clock))
        await stopping.wait()
    finally:
        if telling:
            telling.cancel()
        await door.stop()
        registry.close()


async def _tell(door: RtmpDoor, run: Path, clock: Clock) -> None:
    """Keep the headend's file true, and do what it asks for. A disk that refuses costs no publisher the air."""
    told, life = DoorState(), clock.wall_ns()
    while True:
        for place in take_wish(run):
            door.lift(place)
        ends = {place: clock.wall_ns() + left for place, left in door.banned().items()}
        banned = {place: told.banned.get(place, end) for place, end in ends.items()}
        state = DoorState(
            life=life, banned=banned, refused={one.number: one.address for one in door.refusals},
            places={one.number: one.place for one in door.refusals if one.place},
        )
        if state != told:
            try:
                state.write(run)
                told = state
            except OSError as error:
                _log.warning("the headend cannot be told of refusals: %s", error.strerror)
        await asyncio.sleep(LOOK)


async def _open(door: RtmpDoor, listener: Listener) -> None:
    try:
        port = await door.start(listener.host, listener.port)
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be opened: {error.strerror}"
        tool = "the RTMP door"
        detail = f"its port {listener} {why}; end what uses it, or choose another address with XACAST_RTMP"
        raise ToolError(tool, detail) from error
    _log.info("publishers are awaited at %s", Listener(listener.host, port))


if __name__ == "__main__":
    sys.exit(main())
