"""Packets on the wire between worker and headend (the shape of DASH-IF Live Media Ingest: CMAF over HTTP).

    PUT /ingest/<channel>/<rendition>/<run>/init      body: ftyp and moov
    PUT /ingest/<channel>/<rendition>/<run>/<start>   body: moof and mdat
    GET /ingest/<channel>                             Position of each rendition, as JSON

Where two workers make a channel, the second says so with each request (Xacast-Worker: 1): what is answered about
the channel is answered for it. Its runs are odd, the first one's even.

Of captions the bodies are a WebVTT header, equal in each run, and the cue blocks of WebVTT with the media's times.
A thumbnail is a chunk that needs no init section, and has no place among the positions: the newest are sent again.

Answers to PUT: 200 kept (or known already), 409 refused because newer media of another run is published or the
run is the other worker's, 412 the run's init section is missing (send it, then the chunk again), 404 no such
channel, 400 malformed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self

from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId

H_CODECS = "Xacast-Codecs"
H_DURATION = "Xacast-Duration"
H_INDEPENDENT = "Xacast-Independent"
H_WORKER = "Xacast-Worker"
H_WHY = "Xacast-Why"
"""Why a headend lets nobody in who asks like that, for the log of who does."""


class Verdict(Enum):
    """The packager's answer to a packet, and its HTTP status."""

    KEPT = 200
    REFUSED = 409
    NEED_INIT = 412


def worker_of(headers: Mapping[str, str], workers: int) -> int:
    """The index of the worker that a request comes from; raises ValueError for one that there is not."""
    worker = _number(headers.get(H_WORKER, "0"))
    if worker >= workers:
        message = f"this channel has {workers} workers, and no worker {worker}"
        raise ValueError(message)
    return worker


def path_of(packet: Packet) -> str:
    """The path below `/ingest/<channel>`."""
    last = "init" if isinstance(packet, Init) else str(packet.start)
    return f"/{packet.rendition}/{packet.run}/{last}"


def headers_of(packet: Packet) -> dict[str, str]:
    """The headers that say what the path does not."""
    if isinstance(packet, Init):
        return {H_CODECS: packet.codecs}
    return {H_DURATION: str(packet.duration), H_INDEPENDENT: "1" if packet.independent else "0"}


def packet_of(rendition: str, run: str, last: str, headers: Mapping[str, str], body: bytes) -> Packet:
    """The packet that a request carries; raises ValueError or KeyError when malformed."""
    if last == "init":
        codecs = headers[H_CODECS]
        if not codecs.isascii() or not codecs.isprintable() or '"' in codecs or len(codecs) > 64:
            message = "codecs: not a codec string"
            raise ValueError(message)
        return Init(rendition=RenditionId(rendition), run=_number(run), codecs=codecs, body=body)
    return Chunk(
        rendition=RenditionId(rendition), run=_number(run), start=_number(last),
        duration=_number(headers[H_DURATION]), independent=headers[H_INDEPENDENT] == "1", body=body,
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        message = f"not a number: {text[:20]!r}"
        raise ValueError(message)
    return int(text)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a headend has come with one rendition: the run and the end of its newest chunk, 0 for nothing."""

    run: int
    end: int


@dataclass(frozen=True, slots=True)
class Positions:
    """What a headend answers about a channel.

    `floor` is in units since the epoch: a new run may not start before it, since everything earlier has been
    published (as media or as GAP). `last_run` is the highest run number seen; of two workers, the highest that the
    one who asks may not use again.
    """

    floor: int
    last_run: int
    renditions: dict[RenditionId, Position]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        at = {name: [place.run, place.end] for name, place in self.renditions.items()}
        return {"floor": self.floor, "last_run": self.last_run, "renditions": at}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value that `to_json` wrote; raises KeyError, TypeError, ValueError or AttributeError for others."""
        pairs = data["renditions"].items()
        at = {RenditionId(name): Position(_whole(run), _whole(end)) for name, (run, end) in pairs}
        return cls(_whole(data["floor"]), _whole(data["last_run"]), at)


def _whole(value: object) -> int:
    if type(value) is not int:
        message = f"not a whole number: {str(value)[:20]}"
        raise ValueError(message)
    return value
