"""The RTMP door's process: `python -m desk.rtmp_door_main`, settings from the environment."""

import argparse
import errno
import logging
import sys
from collections.abc import Sequence

from desk.child import stop_event
from desk.door_keys import DoorKeys
from desk.listener import Listener
from desk.process import live
from desk.registry import Registry
from desk.settings import Settings, load_settings
from desk.system import SystemClock
from flow.errors import ToolError
from ingest.rtmp.door import RtmpDoor

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
    try:
        await _open(door, settings.rtmp)
        await stopping.wait()
    finally:
        await door.stop()
        registry.close()


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
