from flow.chunk import Chunk
from packager.prospectus import Prospectus, measure
from packager.timeline import Timeline
from tests.recorded.builder import EPOCH, channel_of, recorded_packets

CHANNEL = channel_of()


def _play(timeline: Timeline, segments: int) -> None:
    for packet in recorded_packets(CHANNEL, EPOCH, segments):
        timeline.take(packet, packet.end if isinstance(packet, Chunk) else 0)


def test_nothing_is_told_before_every_rendition_has_something_to_show() -> None:
    assert Prospectus(CHANNEL).renewed(Timeline(CHANNEL)) == {}


def test_it_is_told_once_and_not_again_while_it_holds() -> None:
    timeline, prospectus = Timeline(CHANNEL), Prospectus(CHANNEL)
    _play(timeline, 1)
    told = prospectus.renewed(timeline)
    assert list(told) == ["index", "audio"]
    assert all(text.startswith("#EXTM3U\n") for text in told.values())
    assert prospectus.renewed(timeline) == {}


def test_nothing_but_gaps_does_not_change_what_was_measured() -> None:
    timeline, prospectus = Timeline(CHANNEL), Prospectus(CHANNEL)
    _play(timeline, 1)
    prospectus.renewed(timeline)
    _only_gaps(timeline)
    assert not any(measure(track).rates.average for track in timeline.tracks.values())
    assert prospectus.renewed(timeline) == {}


def _only_gaps(timeline: Timeline) -> None:
    lost = EPOCH // CHANNEL.profile.segment
    for track in timeline.tracks.values():
        track.window = track.window.without_bodies({lost})
