"""A sender of crafted transport streams: our own bytes at their own times, over UDP."""

import random
import socket
import struct
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import IO, Self

from tests.faults.senders import AGAIN
from tests.faults.transport import Packet, sections_of

_MP2T = 33


class CraftedSender:
    """Sends packets at their seconds to each of some ports of this machine, from `with` to its end.

    With `rtp` each datagram is an RTP packet, the same one on every way (as in SMPTE ST 2022-7). Each sender has
    chosen an SSRC for itself, as RFC 3550, 5.1 wants it.
    """

    def __init__(self, ports: Sequence[int], packets: Sequence[Packet], *, rtp: bool = False) -> None:
        self._targets = [("127.0.0.1", port) for port in ports]
        self._packets = packets
        self._ssrc = random.getrandbits(32) if rtp else None
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
            for number, section in enumerate(sections_of(self._packets)):
                wait = began + section[0].second - time.monotonic()
                if self._stop.wait(max(0.0, wait)):
                    return
                head = b"" if self._ssrc is None else rtp_head(number, section[0].second, self._ssrc)
                for target in self._targets:
                    out.sendto(head + b"".join(packet.data for packet in section), target)


class CraftedCall(CraftedSender):
    """The same over SRT, in one call: an FFmpeg that takes the bytes for data hands them on untouched."""

    def __init__(self, ffmpeg: str, to: str, packets: Sequence[Packet]) -> None:
        super().__init__([], packets)
        blind = ["-f", "data", "-i", "pipe:0", "-map", "0", "-c", "copy", "-f", "data", "-flush_packets", "1"]
        self._argv = [ffmpeg, "-nostdin", "-loglevel", "quiet", *blind, to]

    def _run(self) -> None:
        """Who is refused calls again."""
        while True:
            with subprocess.Popen(self._argv, stdin=subprocess.PIPE) as caller:
                assert caller.stdin
                with suppress(BrokenPipeError):
                    self._tell(caller.stdin)
                    return
            if self._stop.wait(AGAIN):
                return

    def _tell(self, caller: IO[bytes]) -> None:
        began = time.monotonic()
        for section in sections_of(self._packets):
            if self._stop.wait(max(0.0, began + section[0].second - time.monotonic())):
                return
            caller.write(b"".join(packet.data for packet in section))
            caller.flush()


def rtp_head(number: int, second: float, ssrc: int) -> bytes:
    """The head of an RTP packet that carries a transport stream (RFC 3550, 5.1; RFC 2250, 2)."""
    return struct.pack(">BBHII", 0x80, _MP2T, number & 0xFFFF, round(second * 90_000) & 0xFFFFFFFF, ssrc)
