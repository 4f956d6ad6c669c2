"""What the supervisor's children have in common."""

import asyncio
import signal
import sys


def command(module: str, *words: str) -> tuple[str, ...]:
    """The command of a child. `-P`: a `desk/` folder where the operator stands must not be taken for ours."""
    return (sys.executable, "-P", "-m", module, *words)


def stop_event() -> asyncio.Event:
    """An event of the running loop that SIGTERM and SIGINT set."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
