"""The headend's process: `python -m desk.headend_main`, settings from the environment."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

from desk.child import stop_event
from desk.descriptors import raise_limit
from desk.headend import Headend
from desk.logs import start_logs
from desk.settings import Settings, load_settings
from desk.system import SystemClock
from flow.errors import XacastError


def main(words: Sequence[str] | None = None) -> int:
    """Run until SIGTERM; exit status 2 for an error that names its way out."""
    argparse.ArgumentParser(prog="desk.headend_main").parse_args(words)
    settings = load_settings()
    logs = start_logs("headend", settings.data / "log", settings.log)
    try:
        asyncio.run(_run(settings))
    except XacastError as error:
        sys.stderr.write(f"xacast: {error}\n")
        return 2
    finally:
        logs.stop()
    return 0


async def _run(settings: Settings) -> None:
    stopping = stop_event()
    headend = Headend(settings=settings, clock=SystemClock(), descriptors=raise_limit())
    try:
        await headend.start()
        await headend.run(stopping)
    finally:
        await headend.stop()


if __name__ == "__main__":
    sys.exit(main())
