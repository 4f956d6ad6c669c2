"""What happens on a studio's channel while it is recorded."""

import asyncio
from dataclasses import replace

from flow.profile import ProfileName
from flow.timebase import GOP, SCALE
from flow.track import VIETNAMESE, Track
from packager.grid import window_segments
from packager.mark import MILLI
from tests.conformance import probes
from tests.conformance.recorder import Recorder, WallClock
from tests.conformance.recording import Recording
from tests.conformance.studio import Studio, on_air
from tests.recorded.builder import EPOCH, channel_of

_PATIENCE = 60.0
"""Seconds until a scene that does not end is given up."""
_BRIEF = 0.1
"""Target durations that the origin holds a request for what never comes."""
_WRAP = (1 << 33) * SCALE // 90_000
"""Units from one wrap of the transport streams' 33-bit clock to the next."""


def before_the_wrap(segments: int) -> int:
    """A boundary so many segments of 1.92 s before a wrap."""
    wrap = -(-EPOCH // _WRAP) * _WRAP
    return (wrap - segments * GOP) // (2 * GOP) * (2 * GOP)


async def eventful(
    profile: ProfileName, *, rungs: int = 1, groups: int = 1, window_s: int = 120, captions: bool = False,
    key_period_s: int = 0, workers: int = 1, tracks: tuple[Track, ...] = (VIETNAMESE,), hevc: bool = False,
) -> Recording:
    """A full window that slides. A lost chunk and a changed init section leave it, others come; an encoder
    restarts with equal init sections; the transport streams' clock wraps; at the end nothing comes any more.
    One mark leaves with its segments, an open one is ended, another is set. `window_s` is how much is listed, in
    seconds; `key_period_s` how long a key serves, 0 without encryption. Of two workers the listed one dies inside
    of a segment and comes back; `hevc` stands beside the pictures that all know."""
    plain = channel_of(profile=profile, rungs=rungs, groups=groups, window_s=window_s, hevc=hevc)
    spoken = VIETNAMESE if captions else None
    channel = replace(plain, captions=spoken, key_period_s=key_period_s, workers=workers, tracks=tracks)
    length = window_segments(channel.profile, window_s)
    studio = Studio(channel, start=before_the_wrap((length + 4) * channel.profile.segment // GOP))
    chunks = channel.profile.chunks_per_segment
    studio.skip(2)
    studio.lose()
    for _ in range(chunks - 1):
        studio.play()
    studio.encoder_restarts(look=8)
    for _ in range(chunks - 1):
        studio.play()
    studio.skip(length - 6)
    marks = studio.publisher.marks
    marks.set("Khai mạc", start=studio.place - (length - 4) * channel.profile.segment // MILLI * MILLI)
    speech = marks.set("Phát biểu", duration=None, kind="speech")
    async with on_air(studio) as recorder:
        await _watch(studio, recorder, segments=12, instead={
            2 * chunks + 1: lambda: studio.marked(lambda: marks.end(speech.id)),
            4 * chunks + 1: lambda: studio.marked(lambda: marks.set("Giải lao", duration=2 * SCALE)),
            3 * chunks + 1: studio.lose,
            6 * chunks: lambda: studio.encoder_restarts(look=16),
            9 * chunks: lambda: studio.encoder_restarts(look=16),
            **({7 * chunks + 1: studio.worker_dies, 10 * chunks: studio.worker_comes_back} if workers > 1 else {}),
        })
        studio.skip(length)
        await recorder.ask_late()
    async with on_air(studio, patience=_BRIEF) as impatient:
        impatient.pace = WallClock()
        await probes.ask_what_never_comes(impatient, "v0")
    probed = {**recorder.probes, **impatient.probes}
    return replace(recorder.recording, probes=probed, terms=replace(recorder.terms, patience=_BRIEF))


async def _watch(studio: Studio, recorder: Recorder, *, segments: int, **words: object) -> None:
    until = studio.now() + segments * studio.channel.profile.segment / SCALE
    watched = asyncio.create_task(recorder.watch(until, lambda: asyncio.ensure_future(probes.ask(recorder, "v0"))))
    await asyncio.wait_for(studio.play_for(recorder, watched, **words), _PATIENCE)  # type: ignore[arg-type]
