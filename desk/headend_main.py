"""The headend's process: `python -m desk.headend_main`, settings from the environment.

With `--secrets` those that no environment may have come on standard input, as one JSON object.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence

from desk.child import stop_event
from desk.collector import keep_collected
from desk.descriptors import raise_limit
from desk.headend import Headend
from desk.process import live
from desk.settings import Settings, load_settings
from desk.system import SystemClock


def main(words: Sequence[str] | None = None) -> int:
    """Run until SIGTERM; exit status 2 for an error that names its way out."""
    parser = argparse.ArgumentParser(prog="desk.headend_main")
    parser.add_argument("--secrets", action="store_true")
    settings = load_settings(secrets=json.load(sys.stdin) if parser.parse_args(words).secrets else None)
    return live("headend", settings, lambda _logs: _run(settings))


async def _run(settings: Settings) -> None:
    stopping = stop_event()
    headend = Headend(settings=settings, clock=SystemClock(), descriptors=raise_limit())
    try:
        await headend.start()
        collecting = asyncio.create_task(keep_collected())
        await headend.run(stopping)
        collecting.cancel()
    finally:
        await headend.stop()


if __name__ == "__main__":
    sys.exit(main())
