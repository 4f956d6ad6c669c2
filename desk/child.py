"""What every child process of the supervisor does first."""

import asyncio
import os
import signal
import sys


def command(module: str, *words: str) -> tuple[str, ...]:
    """The command of a child. `-P`: a `desk/` folder where the operator stands must not be taken for ours."""
    return (sys.executable, "-P", "-m", module, "--parent", str(os.getpid()), *words)


def orphaned(parent: int) -> bool:
    """Whether the parent died before the kernel was asked to tell of it. 0 stands for no parent."""
    return parent != 0 and os.getppid() != parent


def stop_event() -> asyncio.Event:
    """An event of the running loop that SIGTERM and SIGINT set."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    return stopping
