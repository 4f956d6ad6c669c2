"""The pipe by which a decoder hands over its picture's packets, for the captions in them or with them.

How FFmpeg is told to write it stands beside what is made of it.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.blocks import Blocks
from ingest.caption import Caption, Coded
from ingest.caption_bytes import triples_of
from ingest.caption_plan import CaptionPlan, CaptionSource
from ingest.film_cues import FilmCues

_log = logging.getLogger(__name__)

_CAPACITY = 1 << 20
_PER_MS = SCALE // 1_000


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
    try:
        yield from _packets(end, plan)
    except FeedError as error:
        # Whoever does not read on would hold up the decoder, and the picture with it.
        _log.warning("captions: %s", error)
        while os.read(end, _CAPACITY):
            pass


def _packets(end: int, plan: CaptionPlan) -> Iterator[Caption]:
    blocks = Blocks()
    film = FilmCues(plan.cues, plan.length) if plan.source is CaptionSource.CUES else None
    while data := os.read(end, _CAPACITY):
        for block in blocks.feed(data):
            if film:
                yield from film.packet(block)
            elif triples := triples_of(block.body):
                yield Coded(at=block.millis * _PER_MS, triples=triples)
