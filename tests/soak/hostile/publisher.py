"""A publisher that knows its stream key, and has rubbish to publish."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from threading import Event

from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.flv_tags import HEADER
from ingest.rtmp.message import Kind, Message
from tests.ingest.rtmp_talk import opening, talk
from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.ways import SENDING, Way

_LARGEST = 0xFFFF
MOST = 4_000
"""Messages of one piece."""


class RtmpWay(Way):
    """Publishes the tags of what is FLV, or was; of anything else the bytes as pictures. It knows its key."""

    takes = ("flv", "flv", "flv", "ts", "mp4")
    good = "flv"
    anew = False
    copies = "flv"

    def __init__(self, name: str, port: int) -> None:
        super().__init__(name, "rtmp:")
        self._port = port
        self.key = ""

    def send(self, stop: Event) -> None:
        """Connect, publish, leave; being thrown out is no fault of the product."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 2) as line:
            line.settimeout(2)
            line.sendall(talk(*opening(self.key)))
            answer = b""
            while b"NetStream.Publish.Start" not in answer:
                more = line.recv(65_536)
                if not more:
                    return
                answer += more
            self._publish(line, stop)

    def _publish(self, line: socket.socket, stop: Event) -> None:
        writer = ChunkWriter()
        found = list(islice(messages(self.piece), MOST))
        began = time.monotonic()
        for at, message in enumerate(found):
            if stop.wait(max(0.0, began + SENDING * at / len(found) - time.monotonic())):
                return
            line.sendall(writer.write(message))


def messages(piece: Piece) -> Iterator[Message]:
    """FLV's tags as far as their sizes lead; what is no FLV at all in messages of pictures."""
    body = piece.body
    if not body.startswith(HEADER[:3]):
        for at in range(0, len(body), _LARGEST):
            yield Message(kind=Kind.VIDEO, body=body[at:at + _LARGEST], timestamp=at // 1_000, stream=1)
        return
    at = len(HEADER)
    while at + 11 < len(body):
        size = int.from_bytes(body[at + 1:at + 4], "big")
        timestamp = int.from_bytes(body[at + 4:at + 7], "big") | body[at + 7] << 24
        kind = {8: Kind.AUDIO, 9: Kind.VIDEO}.get(body[at] & 0x1F, Kind.DATA)
        yield Message(kind=kind, body=body[at + 11:at + 11 + size], timestamp=timestamp, stream=1)
        at += 11 + size + 4
