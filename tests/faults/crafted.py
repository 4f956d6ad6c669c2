"""A sender of crafted transport streams: our own bytes at their own times, over UDP."""

import socket
import time
from collections.abc import Sequence
from threading import Event, Thread
from typing import Self

from tests.faults.transport import Packet, sections_of


class CraftedSender:
    """Sends packets at their seconds to a port of this machine, from `with` to its end."""

    def __init__(self, port: int, packets: Sequence[Packet]) -> None:
        self._target = ("127.0.0.1", port)
        self._packets = packets
        self._stop = Event()
        self._thread = Thread(target=self._run, name="crafted", daemon=True)
        self.started = 0.0

    def __enter__(self) -> Self:
        self.started = time.time()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> float:
        """Send nothing more; the wall time of that."""
        self._stop.set()
        self._thread.join(5)
        return time.time()

    def _run(self) -> None:
        began = time.monotonic()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            for section in sections_of(self._packets):
                wait = began + section[0].second - time.monotonic()
                if self._stop.wait(max(0.0, wait)):
                    return
                out.sendto(b"".join(packet.data for packet in section), self._target)
