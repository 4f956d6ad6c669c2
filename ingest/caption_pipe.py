"""The pipe on which a decoder writes captions: how FFmpeg is told to write it, and what is read from it."""

import codecs
import logging
import os
from collections.abc import Iterator
from typing import Any

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.blocks import Blocks
from ingest.caption import Caption, Coded
from ingest.caption_bytes import triples_of
from ingest.caption_lines import CaptionLines
from ingest.caption_plan import CaptionPlan, CaptionSource
from ingest.caption_sidecar import Sidecar

_log = logging.getLogger(__name__)

_CAPACITY = 1 << 20
_PER_MS = SCALE // 1_000


def text_output() -> dict[str, Any]:
    """A caption stream as plain SubRip, each text at once, in an output of its own: nothing waits for it, and it
    waits for nothing."""
    return {"scodec": "text", "format": "srt", "flush_packets": 1}


def picture_output(pipe: int) -> tuple[str, dict[str, Any]]:
    """Address and options of a copy of the picture's packets, in live Matroska, each written with the next one.

    Captions must never cost the picture: what Matroska cannot carry (a packet without a time, a codec that it does
    not know) would end FFmpeg. Behind a tee it ends this copy alone, since an output that takes anything and does
    nothing goes on. A tag of our own stands in for the source's container's, which Matroska might refuse.
    """
    live = "live=1:cluster_time_limit=1:avoid_negative_ts=disabled:flush_packets=1:strict=-1"
    address = f"[f=matroska:{live}:onfail=ignore]pipe:{pipe}|[f=null]-"
    return address, {"format": "tee", "codec": "copy", "tag": "COPY", "max_interleave_delta": 1}


def captions(end: int, plan: CaptionPlan) -> Iterator[Caption]:
    """What comes by the pipe, until the writer goes away."""
    read = _texts if plan.source is CaptionSource.STREAM else _packets
    try:
        yield from read(end, plan)
    except FeedError as error:
        # Whoever does not read on would hold up the decoder, and the picture with it.
        _log.warning("captions: %s", error)
        while os.read(end, _CAPACITY):
            pass


def _texts(end: int, _plan: CaptionPlan) -> Iterator[Caption]:
    lines, letters = CaptionLines(), codecs.getincrementaldecoder("utf-8")("replace")
    while data := os.read(end, _CAPACITY):
        yield from lines.feed(letters.decode(data))


def _packets(end: int, plan: CaptionPlan) -> Iterator[Caption]:
    blocks = Blocks()
    sidecar = Sidecar(plan.cues, plan.length) if plan.source is CaptionSource.SIDECAR else None
    while data := os.read(end, _CAPACITY):
        for block in blocks.feed(data):
            if sidecar:
                yield from sidecar.packet(block)
            elif triples := triples_of(block.body):
                yield Coded(at=block.millis * _PER_MS, triples=triples)
