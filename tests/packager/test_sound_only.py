from dataclasses import replace

import m3u8
import pytest

from flow.channel import Channel
from flow.ids import RenditionId
from flow.profile import PROFILES, ProfileName
from flow.track import VIETNAMESE, Track
from packager.multivariant import Measured
from packager.rates import Rates
from packager.sound_only import rung_of, sound_text
from tests.recorded.builder import channel_of
from transcode.presets import load_ladder

TRACKS = (VIETNAMESE, Track(language="en", name="English"))


def measured(channel: Channel, peak: int, average: int) -> dict[RenditionId, Measured]:
    known = Measured(codecs="mp4a.40.2", rates=Rates(peak=peak, average=average))
    return dict.fromkeys(channel.sounds, known)


def test_the_whole_text() -> None:
    channel = replace(channel_of(groups=2), tracks=TRACKS)
    figures = rung_of(channel, measured(channel, 61_000, 49_000))
    assert sound_text(channel, figures) == """#EXTM3U
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-48k",NAME="Tiếng Việt",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,\
CHANNELS="2",URI="audio-48k/index.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio-48k",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,\
CHANNELS="2",URI="audio-48k-2/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=61000,AVERAGE-BANDWIDTH=49000,CODECS="mp4a.40.2",AUDIO="audio-48k"
audio-48k/index.m3u8
"""


def test_the_m3u8_package_reads_it_back() -> None:
    channel = channel_of()
    found = m3u8.loads(sound_text(channel, rung_of(channel, measured(channel, 0, 0))))
    assert [entry.uri for entry in found.playlists] == [entry.uri for entry in found.media] == ["audio/index.m3u8"]


@pytest.mark.parametrize("profile", list(ProfileName))
def test_it_is_declared_inside_64_kilobits_before_anything_is_measured(profile: ProfileName) -> None:
    channel = replace(channel_of(), profile=PROFILES[profile], ladder=load_ladder("conference-720"))
    figures = rung_of(channel, measured(channel, 0, 0))
    assert 48_000 == figures.average < figures.bandwidth <= 64_000


def test_a_measured_peak_above_what_is_declared_is_told() -> None:
    channel = channel_of()
    assert rung_of(channel, measured(channel, 99_000, 98_000)).bandwidth == 99_000
