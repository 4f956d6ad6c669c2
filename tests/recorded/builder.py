"""A worker that needs no encoder: init sections and chunks of every rendition, stamped on the grid at any start.

    for packet in recorded_packets(channel, start, segments=5):
        publisher.take(packet)

The media is real: grey pictures and silence that decoders accept, with `tfdt` at the chunk's place. Equal
arguments give equal bytes. `look` changes the init sections, as an encoder with other settings would.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from flow.canvas import Canvas
from flow.channel import Channel
from flow.chunk import Chunk, Init, Packet
from flow.feed import Feed, FeedKind
from flow.ids import ChannelId, RenditionId
from flow.ladder import (
    CAPTIONS,
    Ladder,
    Rendition,
    SoundGroup,
    VideoCodec,
    group_id,
    hevc_id,
    is_captions,
    is_sound,
)
from flow.profile import PROFILES, Profile, ProfileName
from flow.timebase import AAC_FRAME, GOP, SCALE, hours_text
from tests.recorded import aac, boxes, h264, h265

EPOCH = 1_790_000_000 * SCALE // (2 * GOP) * 2 * GOP
"""A boundary of every profile's segments, in September 2026."""


def channel_of(
    name: str = "demo", *, profile: ProfileName = ProfileName.LOW, rungs: int = 2, window_s: int = 120,
    groups: int = 1, hevc: bool = False,
) -> Channel:
    """A channel with so many small rungs, highest first, and sound in so many groups, the first for the first rung
    and so on; HEVC stands beside the lowest."""
    video = tuple(
        Rendition(
            id=RenditionId(f"v{rung}"), width=128 * (rungs - rung), height=72 * (rungs - rung), fps=25, crf=23,
            maxrate=400_000 * (rungs - rung), bufsize=400_000 * (rungs - rung), preset="veryfast",
        )
        for rung in range(rungs)
    )
    video += (replace(video[-1], id=hevc_id(video[-1].id), codec=VideoCodec.HEVC),) if hevc else ()
    canvas = Canvas(width=video[0].width, height=video[0].height)
    rates = [48_000 * (groups - at) for at in range(groups)]
    sounds = tuple(
        SoundGroup(
            id=group_id(at, rate), bitrate=rate, from_maxrate=0 if at == groups - 1 else video[at].maxrate,
        )
        for at, rate in enumerate(rates)
    )
    return Channel(
        id=ChannelId(name), title=name.title(), profile=PROFILES[profile],
        feeds=(Feed(address="testcard:", kind=FeedKind.TESTCARD, shown="testcard:"),),
        ladder=Ladder(name="recorded", canvas=canvas, video=video, sounds=sounds), window_s=window_s,
    )


def recorded_packets(
    channel: Channel, start: int, segments: int, *, run: int = 1, look: int = 0,
) -> Iterator[Packet]:
    """All packets of so many segments: init sections first, then chunks in the order of their time.

    `start` is a segment boundary in units since the epoch. Raises ValueError when it is none.
    """
    if start % channel.profile.segment:
        message = f"{start} is no segment boundary"
        raise ValueError(message)
    places = range(start, start + segments * channel.profile.segment, channel.profile.chunk)
    return chain(
        recorded_inits(channel, run=run, look=look),
        (chunk for place in places for chunk in recorded_chunks(channel, place, run=run)),
    )


def recorded_inits(channel: Channel, *, run: int = 1, look: int = 0) -> tuple[Init, ...]:
    """The init sections of a run. Another `look` is another body, still valid."""
    extra = boxes.box("free", bytes(look)) if look else b""
    video = (_video_init(rung, run, extra) for rung in channel.ladder.video)
    sound = boxes.sound_init() + extra
    sounds = (Init(rendition=name, run=run, codecs="mp4a.40.2", body=sound) for name in channel.sounds)
    text = (Init(rendition=CAPTIONS, run=run, codecs="wvtt", body=b"WEBVTT\n"),) if channel.captions else ()
    return (*video, *sounds, *text)


def _video_init(rung: Rendition, run: int, extra: bytes) -> Init:
    if rung.codec is VideoCodec.HEVC:
        return Init(rendition=rung.id, run=run, codecs=h265.CODECS, body=boxes.hevc_init() + extra)
    body = boxes.video_init(rung.width, rung.height) + extra
    return Init(rendition=rung.id, run=run, codecs="avc1.42c01f", body=body)


def recorded_chunks(channel: Channel, start: int, *, run: int = 1) -> tuple[Chunk, ...]:
    """The chunks of every rendition at one place."""
    return tuple(recorded_chunk(channel, rendition, start, run=run) for rendition in channel.renditions)


def recorded_chunk(channel: Channel, rendition: RenditionId, start: int, *, run: int = 1) -> Chunk:
    """One chunk of one rendition; as captions, the number of the place in the first half of its time."""
    profile = channel.profile
    if is_captions(rendition):
        body = _said(start, start + profile.chunk // 2, start // profile.chunk)
        return Chunk(
            rendition=rendition, run=run, start=start, duration=profile.chunk, independent=True, body=body,
        )
    if is_sound(rendition):
        frame = boxes.Sample(duration=AAC_FRAME, sync=True, body=aac.silent_frame())
        samples = [frame] * (profile.chunk // AAC_FRAME)
    else:
        rung = next(rung for rung in channel.ladder.video if rung.id == rendition)
        samples = _pictures(profile, rung, start)
    body = boxes.fragment(start // profile.chunk % 2**32, start, samples)
    independent = is_sound(rendition) or start % GOP == 0
    return Chunk(
        rendition=rendition, run=run, start=start, duration=profile.chunk, independent=independent, body=body,
    )


def _said(begin: int, end: int, number: int) -> bytes:
    return f"{hours_text(begin)} --> {hours_text(end)}\n{number}\n\n".encode()


def _pictures(profile: Profile, rung: Rendition, start: int) -> list[boxes.Sample]:
    length = SCALE // rung.fps
    samples = []
    for place in range(start, start + profile.chunk, length):
        frame = place % GOP // length
        picture = _picture(rung, place // GOP, frame)
        body = len(picture).to_bytes(4, "big") + picture
        samples.append(boxes.Sample(duration=length, sync=frame == 0, body=body))
    return samples


def _picture(rung: Rendition, gop: int, frame: int) -> bytes:
    if rung.codec is VideoCodec.HEVC:
        return h265.still_picture(frame) if frame else h265.IDR_PICTURE
    if frame:
        return h264.still_picture(rung.width, rung.height, frame=frame)
    return h264.idr_picture(rung.width, rung.height, number=gop)
