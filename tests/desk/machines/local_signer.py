"""How a process of the headend's own machine speaks to it."""

import time
from collections.abc import Callable
from pathlib import Path

from desk.machine_key import machine_key
from desk.machines.machine import LOCAL
from desk.machines.signer import Signer


def local_signer(data: Path, now_ns: Callable[[], int] = time.time_ns) -> Signer:
    """A middleware of aiohttp's client."""
    return Signer(LOCAL, machine_key(data), now_ns)
