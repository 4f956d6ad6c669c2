from dataclasses import replace

import m3u8
import pytest

from flow.channel import Channel
from flow.ids import RenditionId
from flow.ladder import AUDIO, CAPTIONS, VideoCodec
from flow.profile import PROFILES, ProfileName
from flow.track import VIETNAMESE, Track
from packager.multivariant import (
    Figures,
    Measured,
    differs,
    figures_of,
    multivariant_text,
    ordered,
    overhead,
)
from packager.rates import Rates
from tests.recorded.builder import channel_of
from transcode.presets import DEFAULT_LADDER, load_ladder

CHANNEL = channel_of(rungs=3)


def _figures(channel: Channel = CHANNEL, *, peak: int = 100_000, average: int = 80_000) -> Figures:
    rates = Rates(peak=peak, average=average)
    measured = {rung.id: Measured(codecs="avc1.42c01f", rates=rates) for rung in channel.ladder.video}
    text = {CAPTIONS: Measured(codecs="wvtt", rates=Rates(peak=900, average=90))} if channel.captions else {}
    return figures_of(channel, {**measured, **text, AUDIO: Measured(codecs="mp4a.40.2", rates=rates)})


def _with_ceilings(*maxrates: int) -> Channel:
    rungs = zip(CHANNEL.ladder.video, maxrates, strict=True)
    video = tuple(replace(rung, maxrate=maxrate) for rung, maxrate in rungs)
    return replace(CHANNEL, ladder=replace(CHANNEL.ladder, video=video))


def test_the_whole_text() -> None:
    channel = channel_of(rungs=1)
    assert multivariant_text(channel, _figures(channel)) == """#EXTM3U
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Tiếng Việt",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,\
CHANNELS="2",URI="audio/index.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=457400,AVERAGE-BANDWIDTH=160000,CODECS="avc1.42c01f,mp4a.40.2",\
RESOLUTION=128x72,FRAME-RATE=25.000,AUDIO="audio",CLOSED-CAPTIONS=NONE
v0/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=208334,CODECS="avc1.42c01f",RESOLUTION=128x72,URI="iframes-v0/index.m3u8"
"""


def test_bandwidth_is_never_below_what_the_encoder_may_spend() -> None:
    figures = _figures()
    for rung in CHANNEL.ladder.video:
        ceiling = rung.maxrate + CHANNEL.ladder.sounds[0].bitrate + overhead(CHANNEL.profile, rung.fps)
        assert figures[rung.id].bandwidth == ceiling


@pytest.mark.parametrize("profile", list(ProfileName))
@pytest.mark.parametrize("captions", [None, VIETNAMESE], ids=["without captions", "with captions"])
@pytest.mark.parametrize("key_period_s", [0, 300], ids=["clear", "encrypted"])
def test_each_line_has_its_rung_of_the_usual_ladder_with_a_seventh_to_spare(
    profile: ProfileName, captions: Track | None, key_period_s: int,
) -> None:
    channel = replace(
        CHANNEL, ladder=load_ladder(DEFAULT_LADDER), profile=PROFILES[profile], captions=captions,
        key_period_s=key_period_s,
    )
    unknown = Measured(codecs="x", rates=Rates(peak=0, average=0))
    figures = figures_of(channel, dict.fromkeys(channel.renditions, unknown))
    for name, line in (("v720", 2_000_000), ("v720-lean", 1_000_000), ("v540", 500_000)):
        assert figures[RenditionId(name)].bandwidth <= 0.85 * line


def test_a_measured_peak_above_the_ceiling_is_told() -> None:
    assert all(rung.bandwidth == 10_000_000 for rung in _figures(peak=5_000_000).values())


def test_what_is_not_measured_yet_counts_as_declared() -> None:
    rung = CHANNEL.ladder.video[0]
    assert _figures(average=0)[rung.id].average == rung.maxrate + CHANNEL.ladder.sounds[0].bitrate


def test_the_first_variant_is_the_best_below_two_megabits() -> None:
    names = [[rung.id for rung in ordered(_with_ceilings(*rates))] for rates in (
        (900_000, 500_000, 200_000), (3_000_000, 1_500_000, 500_000), (9_000_000, 6_000_000, 3_000_000),
    )]
    assert names == [["v0", "v1", "v2"], ["v1", "v0", "v2"], ["v2", "v0", "v1"]]


def test_hevc_is_listed_behind_avc_and_so_are_its_first_pictures() -> None:
    twin = replace(CHANNEL.ladder.video[0], id=RenditionId("v0-hevc"), codec=VideoCodec.HEVC, maxrate=100_000)
    ladder = replace(CHANNEL.ladder, video=(*CHANNEL.ladder.video, twin))
    channel = replace(CHANNEL, ladder=ladder)
    text = multivariant_text(channel, _figures(channel))
    assert [line for line in text.splitlines() if line.startswith("v")] == [
        "v0/index.m3u8", "v1/index.m3u8", "v2/index.m3u8", "v0-hevc/index.m3u8",
    ]
    pictures = [line for line in text.splitlines() if line.startswith("#EXT-X-I-FRAME-STREAM-INF")]
    assert len(pictures) == 4
    assert 'URI="iframes-v0-hevc/index.m3u8"' in pictures[-1]


def test_a_tenth_more_or_less_or_other_codecs_are_worth_publishing() -> None:
    old = _figures(average=50_000)
    assert not differs(old, _figures(average=54_000))
    assert differs(old, _figures(average=56_000))
    assert differs(old, _figures(average=44_000))
    changed = {name: replace(rung, codecs="avc1.64001f,mp4a.40.2") for name, rung in old.items()}
    assert differs(old, changed)


def test_the_m3u8_package_reads_it_back() -> None:
    found = m3u8.loads(multivariant_text(CHANNEL, _figures()))
    assert found.is_variant
    assert found.is_independent_segments
    assert [entry.uri for entry in found.playlists] == [f"v{rung}/index.m3u8" for rung in range(3)]
    first = found.playlists[0].stream_info
    assert (first.resolution, first.frame_rate, first.audio) == ((384, 216), 25.0, "audio")
    assert first.codecs == "avc1.42c01f,mp4a.40.2"
    assert [(entry.uri, entry.language, entry.default) for entry in found.media] == [
        ("audio/index.m3u8", "vi", "YES"),
    ]


def test_each_sound_track_is_listed_in_one_group_and_players_begin_with_the_first() -> None:
    names = (VIETNAMESE, Track(language="en", name="English"), Track(language="EN", name="English, quiet"))
    channel = replace(CHANNEL, tracks=names)
    known = Measured(codecs="x", rates=Rates(peak=0, average=0))
    light, heavy = (
        Measured(codecs="mp4a.40.2", rates=Rates(peak=peak, average=peak // 2)) for peak in (60_000, 90_000_000)
    )
    sounds = dict(zip(channel.sounds, (light, heavy, light), strict=True))
    measured = {**dict.fromkeys(channel.renditions, known), **sounds}
    figures = figures_of(channel, measured)
    assert {rung.codecs for rung in figures.values()} == {"x,mp4a.40.2"}
    assert all(rung.bandwidth >= 90_000_000 for rung in figures.values())
    lines = [line for line in multivariant_text(channel, figures).splitlines() if line.startswith("#EXT-X-MEDIA")]
    said = [
        ("Tiếng Việt", "vi", "YES", "YES", "audio"), ("English", "en", "NO", "YES", "audio-2"),
        ("English, quiet", "EN", "NO", "NO", "audio-3"),
    ]
    assert lines == [
        f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="{name}",LANGUAGE="{language}",DEFAULT={default},'
        f'AUTOSELECT={auto},CHANNELS="2",URI="{place}/index.m3u8"'
        for name, language, default, auto, place in said
    ]


def test_each_picture_names_the_group_that_suits_it_and_counts_its_rate_alone() -> None:
    """RFC 8216bis 4.4.6.1.1: groups of a type have the same members."""
    tracks = (VIETNAMESE, Track(language="en", name="English"))
    channel = replace(channel_of(rungs=2, groups=2), tracks=tracks)
    known = Measured(codecs="x", rates=Rates(peak=10_000_000, average=0))
    sounds = {
        name: Measured(codecs="mp4a.40.2", rates=Rates(peak=peak, average=0))
        for name, peak in zip(channel.sounds, (96_000, 97_000, 48_000, 47_000), strict=True)
    }
    figures = figures_of(channel, {**dict.fromkeys(channel.renditions, known), **sounds})
    assert [rung.bandwidth for rung in figures.values()] == [10_097_000, 10_048_000]
    found = m3u8.loads(multivariant_text(channel, figures))
    assert [entry.stream_info.audio for entry in found.playlists] == ["audio", "audio-48k"]
    rich, lean = found.media[:2], found.media[2:]
    assert [entry.uri.split("/")[0] for entry in (*rich, *lean)] == list(channel.sounds)
    for one, other in zip(rich, lean, strict=True):
        assert (one.name, one.language, one.default, one.autoselect, one.channels) == (
            other.name, other.language, other.default, other.autoselect, other.channels,
        )


def test_captions_are_offered_and_not_forced_on_anybody() -> None:
    channel = replace(channel_of(rungs=1), captions=VIETNAMESE)
    text = multivariant_text(channel, _figures(channel))
    assert (
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",NAME="Tiếng Việt",LANGUAGE="vi",DEFAULT=NO,'
        'AUTOSELECT=YES,FORCED=NO,URI="captions/index.m3u8"\n'
    ) in text
    assert 'AUDIO="audio",SUBTITLES="captions",CLOSED-CAPTIONS=NONE' in text


def test_captions_count_in_the_bandwidth() -> None:
    """RFC 8216bis 4.4.6.2: the largest sum of whatever may be played together."""
    plain, captioned = channel_of(rungs=1), replace(channel_of(rungs=1), captions=VIETNAMESE)
    name = plain.ladder.video[0].id
    assert _figures(captioned)[name].bandwidth > _figures(plain)[name].bandwidth


def test_thumbnails_come_last_under_a_tag_that_other_players_pass_over() -> None:
    channel = channel_of(rungs=1)
    text = multivariant_text(channel, _figures(channel), thumbnails=True)
    image = '#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=26215,CODECS="jpeg",RESOLUTION=128x72,URI="thumbnails/index.m3u8"\n'
    assert text == multivariant_text(channel, _figures(channel)) + image
    assert len(m3u8.loads(text).playlists) == 1
