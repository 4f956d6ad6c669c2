"""The list for who only listens: every sound track at the leanest rate, and no picture beside it.

It stands alone because players drop variants without a picture that are listed beside others.
"""

from flow.channel import Channel
from flow.ids import RenditionId
from flow.ladder import SoundGroup
from packager import tags
from packager.multivariant import Measured, Rung, heaviest, padding, sound_overhead, sounds_listed

NAME = "audio"
"""The multivariant playlist's: `/live/<channel>/audio.m3u8`."""


def leanest(channel: Channel) -> SoundGroup:
    """The group that is listed: a line of 64 kb/s carries it."""
    return channel.ladder.sounds[-1]


def rung_of(channel: Channel, measured: dict[RenditionId, Measured]) -> Rung:
    """Its figures; what is not measured yet counts as declared."""
    group = leanest(channel)
    sound = heaviest([measured[name] for name in channel.sounds_of(group)])
    bandwidth = max(group.bitrate + sound_overhead(channel.profile), sound.rates.peak) + padding(channel)
    average = min(bandwidth, sound.rates.average or group.bitrate)
    return Rung(bandwidth=bandwidth, average=average, codecs=sound.codecs)


def sound_text(channel: Channel, figures: Rung) -> str:
    """One variant, which is the first track; the others are in its group."""
    group = leanest(channel)
    variant = tags.stream_inf([
        ("BANDWIDTH", str(figures.bandwidth)), ("AVERAGE-BANDWIDTH", str(figures.average)),
        ("CODECS", tags.quoted(figures.codecs)), ("AUDIO", tags.quoted(group.id)),
    ])
    lines = [tags.EXTM3U, tags.INDEPENDENT_SEGMENTS, *sounds_listed(channel, group), variant]
    return "\n".join([*lines, f"{group.id}/index.m3u8"]) + "\n"
