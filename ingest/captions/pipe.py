"""The pipe by which a decoder hands over what captions are in its pictures, or go with them.

How FFmpeg is told to write it stands beside what is made of it.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any

from flow.errors import FeedError
from flow.timebase import SCALE
from ingest.blocks import Blocks
from ingest.captions.bytes import triples_of
from ingest.captions.caption import Caption, Coded
from ingest.captions.film_cues import FilmCues
from ingest.captions.plan import CaptionPlan, CaptionSource

_log = logging.getLogger(__name__)

_PROMPT = {"live": 1, "cluster_time_limit": 1, "avoid_negative_ts": "disabled", "flush_packets": 1}
"""Of Matroska: one packet in a cluster, each written with the next one, its times not shifted."""
_CAPACITY = 1 << 20
_PER_MS = SCALE // 1_000


def coded_output() -> dict[str, Any]:
    """Options of an output that brings the caption bytes of each picture with its time, and nothing else of it.

    The picture itself is made as small as can be and encoded again, since x264 passes such bytes on: less than a
    hundredth of a core. A copy of the feed's own packets would end FFmpeg where nothing is known of them yet, as
    behind a sender that is in the middle of its pictures (F-16). Each is shown once, in its own time.
    """
    tiny = {"vf": "scale=32:32:flags=neighbor,setsar=1,format=yuv420p", "fps_mode": "passthrough"}
    cheap = {"vcodec": "libx264", "preset": "ultrafast", "tune": "zerolatency", "threads": 1, "crf": 50, "g": 600}
    timed = {"enc_time_base": "1:90000", "format": "matroska", **_PROMPT, "max_interleave_delta": 1}
    return {**tiny, **cheap, **timed}


def copied_output(pipe: int) -> tuple[str, dict[str, Any]]:
    """Address and options of a copy of a film's packets, by which is known where in it the decoder is.

    What Matroska cannot carry (a packet without a time, a codec that it does not know) would end FFmpeg. Behind a
    tee it ends this copy alone, since an output that takes anything and does nothing goes on. A tag of our own
    stands in for that of the film's container, which Matroska might refuse.
    """
    told = ":".join(f"{name}={value}" for name, value in {**_PROMPT, "strict": -1, "onfail": "ignore"}.items())
    return f"[f=matroska:{told}]pipe:{pipe}|[f=null]-", {
        "format": "tee", "codec": "copy", "copyinkf": None, "tag": "COPY", "max_interleave_delta": 1,
    }


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
