"""The text of the multivariant playlist, and what it says of each rung."""

from dataclasses import dataclass

from flow.channel import Channel
from flow.ids import RenditionId
from flow.ladder import CAPTIONS, Rendition, SoundGroup, iframes_id
from flow.profile import Profile
from flow.thumbnail import size_of
from flow.timebase import SCALE
from packager import tags
from packager.aes import BLOCK
from packager.rates import Rates
from packager.thumbnails.listing import stream_of

_START_RATE = 2_000_000
"""Bit/s that players are to start with (Apple's authoring rules: about 2,000 kbit/s)."""

_FRAGMENT_BYTES = 192
"""Boxes around one chunk: prft, moof, mfhd, traf, tfhd, tfdt, the heads of trun and mdat; rounded up."""

_SAMPLE_BYTES = 8
"""One trun entry: a picture's size and its offset; a sound has its size alone."""

_UNITS_PER_AAC_FRAME = 1_024
_CAPTIONS_GROUP = "captions"
CAPTIONS_RATE = 6_500
"""Bit/s declared for captions: two full lines that are new every second and a half, or that roll up by four words
a second, take less in every profile, though parts repeat what stands. Where more was measured, that is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What is known of one rendition: its exact codecs and its rates."""

    codecs: str
    rates: Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One variant's figures in bit/s."""

    bandwidth: int
    average: int
    codecs: str


Figures = dict[RenditionId, Rung]


def figures_of(channel: Channel, measured: dict[RenditionId, Measured]) -> Figures:
    """The figures of all rungs, in each the sounds of its group; what is not measured yet counts as declared."""
    text = max(CAPTIONS_RATE, measured[CAPTIONS].rates.peak) if channel.captions else 0
    return {rung.id: _rung(channel, rung, measured, text) for rung in channel.ladder.video}


def _rung(channel: Channel, rung: Rendition, measured: dict[RenditionId, Measured], text: int) -> Rung:
    group, video = channel.ladder.sound_of(rung), measured[rung.id]
    sound = heaviest([measured[name] for name in channel.sounds_of(group)])
    declared = rung.maxrate + group.bitrate + overhead(channel.profile, rung.fps)
    bandwidth = max(declared, video.rates.peak + sound.rates.peak) + text + padding(channel)
    average = (video.rates.average or rung.maxrate) + (sound.rates.average or group.bitrate)
    return Rung(
        bandwidth=bandwidth, average=min(bandwidth, average),
        codecs=f"{video.codecs},{sound.codecs}",
    )


def heaviest(sounds: list[Measured]) -> Measured:
    """One sound that stands for all: a variant's figures hold for whichever is played (RFC 8216bis 4.4.6.2)."""
    return Measured(
        codecs=",".join(dict.fromkeys(sound.codecs for sound in sounds)),
        rates=Rates(
            peak=max(sound.rates.peak for sound in sounds), average=max(sound.rates.average for sound in sounds),
        ),
    )


def overhead(profile: Profile, fps: int) -> int:
    """Bit/s that the containers of a picture and a sound chunk add to what the encoders may spend."""
    return _boxes(profile, profile.chunk * fps // SCALE) + sound_overhead(profile)


def sound_overhead(profile: Profile) -> int:
    """Bit/s that the containers of a sound chunk add to what the encoder may spend."""
    return _boxes(profile, profile.chunk // _UNITS_PER_AAC_FRAME)


def _boxes(profile: Profile, samples: int) -> int:
    return (_FRAGMENT_BYTES + samples * _SAMPLE_BYTES) * 8 * SCALE // profile.chunk


def padding(channel: Channel) -> int:
    """Bit/s that encryption adds to a picture, a sound and captions: each segment grows by 16 bytes at most."""
    return -(-3 * BLOCK * 8 * SCALE // channel.profile.segment) if channel.key_period_s else 0


def differs(old: Figures, new: Figures) -> bool:
    """Whether new figures are worth publishing: other codecs, or any number more than a tenth away."""
    return any(
        old[name].codecs != rung.codecs
        or _moved(old[name].bandwidth, rung.bandwidth)
        or _moved(old[name].average, rung.average)
        for name, rung in new.items()
    )


def _moved(old: int, new: int) -> bool:
    return abs(new - old) * 10 > old


def multivariant_text(channel: Channel, figures: Figures, *, thumbnails: bool = False) -> str:
    """The playlist that names every rendition, thumbnails when there are any. All URIs are relative to
    `/live/<channel>/`."""
    lines = [tags.EXTM3U, tags.INDEPENDENT_SEGMENTS]
    for group in channel.ladder.sounds:
        lines += sounds_listed(channel, group)
    lines += _captions(channel)
    rungs = (*ordered(channel), *channel.ladder.hevc)
    for rung in rungs:
        lines += [_stream(channel, rung, figures[rung.id]), f"{rung.id}/index.m3u8"]
    lines += [_pictures(channel, rung, figures[rung.id]) for rung in rungs]
    if thumbnails:
        lines.append(stream_of(size_of(channel.ladder.canvas)))
    return "\n".join(lines) + "\n"


def ordered(channel: Channel) -> tuple[Rendition, ...]:
    """The rungs of AVC as they are listed: the one to start with first, the others in the ladder's order. Those of
    HEVC follow: whoever does not look at CODECS begins with what everybody knows.

    Players start with the first one: the best whose ceiling is at most 2 Mbit/s, else the lightest.
    """
    rungs = channel.ladder.avc
    light = [rung for rung in rungs if rung.maxrate <= _START_RATE]
    first = max(light, key=lambda rung: rung.maxrate) if light else min(rungs, key=lambda rung: rung.maxrate)
    return (first, *(rung for rung in rungs if rung.id != first.id))


def sounds_listed(channel: Channel, group: SoundGroup) -> list[str]:
    """The sound tracks: players begin with the first, and may choose another by the language that they are set to;
    of several in one language the first. Only addresses differ from group to group (RFC 8216bis 4.4.6.1.1)."""
    languages, names = [track.language.lower() for track in channel.tracks], channel.sounds_of(group)
    return [
        tags.media([
            ("TYPE", "AUDIO"), ("GROUP-ID", tags.quoted(group.id)), ("NAME", tags.quoted(track.name)),
            ("LANGUAGE", tags.quoted(track.language)), ("DEFAULT", "NO" if at else "YES"),
            ("AUTOSELECT", "YES" if languages.index(languages[at]) == at else "NO"),
            ("CHANNELS", tags.quoted("2")), ("URI", tags.quoted(f"{names[at]}/index.m3u8")),
        ])
        for at, track in enumerate(channel.tracks)
    ]


def _captions(channel: Channel) -> list[str]:
    """Nobody gets captions unasked (DEFAULT); who has set a whole device to them does (AUTOSELECT)."""
    if channel.captions is None:
        return []
    return [tags.media([
        ("TYPE", "SUBTITLES"), ("GROUP-ID", tags.quoted(_CAPTIONS_GROUP)),
        ("NAME", tags.quoted(channel.captions.name)), ("LANGUAGE", tags.quoted(channel.captions.language)),
        ("DEFAULT", "NO"), ("AUTOSELECT", "YES"), ("FORCED", "NO"),
        ("URI", tags.quoted(f"{CAPTIONS}/index.m3u8")),
    ])]


def _stream(channel: Channel, rung: Rendition, figures: Rung) -> str:
    captions = [("SUBTITLES", tags.quoted(_CAPTIONS_GROUP))] if channel.captions else []
    return tags.stream_inf([
        ("BANDWIDTH", str(figures.bandwidth)), ("AVERAGE-BANDWIDTH", str(figures.average)),
        ("CODECS", tags.quoted(figures.codecs)), ("RESOLUTION", f"{rung.width}x{rung.height}"),
        ("FRAME-RATE", tags.frame_rate(rung.fps)), ("AUDIO", tags.quoted(channel.ladder.sound_of(rung).id)),
        *captions, ("CLOSED-CAPTIONS", "NONE"),
    ])


def _pictures(channel: Channel, rung: Rendition, figures: Rung) -> str:
    """A rung's I-frame playlist. No picture is larger than the buffer of its rate control, and each segment has
    one (4.4.6.3)."""
    bandwidth = -(-rung.bufsize * SCALE // channel.profile.segment)
    return tags.i_frame_stream_inf([
        ("BANDWIDTH", str(bandwidth)), ("CODECS", tags.quoted(figures.codecs.split(",")[0])),
        ("RESOLUTION", f"{rung.width}x{rung.height}"), ("URI", tags.quoted(f"{iframes_id(rung.id)}/index.m3u8")),
    ])
