from flow.ids import RenditionId
from packager.multivariant import Measured
from packager.rates import Rates
from packager.ts.listing import TsPiece, TsSegment
from packager.ts.playlists import figures_of, media_playlist, multivariant_text
from tests.recorded.builder import channel_of


def segment(msn: int, *runs: int, discontinuity: bool = False) -> TsSegment:
    pieces = tuple(
        TsPiece(msn=2 * msn + at, run=run, sound_run=run, picture_map=1, sound_map=1)
        for at, run in enumerate(runs)
    )
    return TsSegment(msn=msn, pieces=pieces, discontinuity=discontinuity)


def test_the_list_is_plain_and_says_nothing_of_low_latency() -> None:
    playlist = media_playlist([segment(10, 1, 1), segment(11, 0, 0), segment(12, 2, 2, discontinuity=True)], 3)
    assert playlist.full.plain.decode() == """\
#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:10
#EXT-X-DISCONTINUITY-SEQUENCE:3
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:38.400Z
#EXTINF:3.84000,
10-1.ts
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:42.240Z
#EXTINF:3.84000,
11-0.ts
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:1970-01-01T00:00:46.080Z
#EXTINF:3.84000,
12-2.ts
"""
    assert (playlist.last_msn, playlist.target_duration, playlist.part_limit) == (12, 4, 0)
    assert playlist.delta is None
    assert playlist.hint is None


def test_every_rung_is_named_with_what_it_needs() -> None:
    channel = channel_of()
    measured = {
        str(rung.id): Measured(codecs="avc1.42c01f,mp4a.40.2", rates=Rates(peak=2_000_000, average=700_000))
        for rung in channel.ladder.video
    }
    lines = multivariant_text(channel, figures_of(channel, measured)).splitlines()
    assert lines[:2] == ["#EXTM3U", "#EXT-X-VERSION:3"]
    assert lines[2] == (
        '#EXT-X-STREAM-INF:BANDWIDTH=2000000,AVERAGE-BANDWIDTH=700000,CODECS="avc1.42c01f,mp4a.40.2",'
        "RESOLUTION=256x144,FRAME-RATE=25.000"
    )
    assert [line for line in lines if not line.startswith("#")] == ["ts-v0/index.m3u8", "ts-v1/index.m3u8"]


def test_what_is_not_measured_counts_as_declared_with_what_packets_cost() -> None:
    channel = channel_of()
    nothing = Measured(codecs="avc1.42c01f,mp4a.40.2", rates=Rates(peak=0, average=0))
    figures = figures_of(channel, {str(rung.id): nothing for rung in channel.ladder.video})
    rung = channel.ladder.video[0]
    declared = rung.maxrate + channel.ladder.sounds[0].bitrate
    assert declared * 1.02 < figures[RenditionId("v0")].bandwidth < declared * 1.2
