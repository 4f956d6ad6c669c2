"""The headend's process: `python -m desk.headend_main`, settings from the environment.

With `--secrets` those that no environment may have come on standard input, as one JSON object; its “source” says
where settings are read again.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from logging.handlers import QueueListener

from desk.child import stop_event
from desk.collector import keep_collected
from desk.descriptors import raise_limit
from desk.headend import Headend
from desk.logs import change_level
from desk.process import live
from desk.reload.reloading import Reloading, newest
from desk.reload.source import Source
from desk.settings import Settings, load_settings
from desk.system import SystemClock


def main(words: Sequence[str] | None = None) -> int:
    """Run until SIGTERM; exit status 2 for an error that names its way out."""
    parser = argparse.ArgumentParser(prog="desk.headend_main")
    parser.add_argument("--secrets", action="store_true")
    told = json.load(sys.stdin) if parser.parse_args(words).secrets else {}
    source = Source.from_json(told.pop("source")) if "source" in told else None
    settings = load_settings(secrets=told)
    if source is not None:
        settings = newest(settings, source)
    return live("headend", settings, lambda logs: _run(settings, source, logs))


async def _run(settings: Settings, source: Source | None, logs: QueueListener) -> None:
    stopping = stop_event()
    headend = Headend(settings=settings, clock=SystemClock(), descriptors=raise_limit())

    def take(new: Settings) -> None:
        headend.take(new)
        change_level(logs, new.log)

    if source is not None:
        headend.reloading = Reloading(settings, source, take)
    try:
        await headend.start()
        collecting = asyncio.create_task(keep_collected())
        await headend.run(stopping)
        collecting.cancel()
    finally:
        await headend.stop()


if __name__ == "__main__":
    sys.exit(main())
