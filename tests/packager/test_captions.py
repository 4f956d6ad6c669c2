"""Captions through the packager: beside pictures and sound, by the same rules."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from flow.chunk import Chunk
from flow.ladder import CAPTIONS
from flow.names import PartName, SegmentName
from flow.profile import PROFILES, ProfileName
from flow.store import MediaKey
from flow.timebase import SCALE, TICK
from flow.track import VIETNAMESE
from flow.wire import Verdict
from packager.multivariant import CAPTIONS_RATE
from packager.ts.recipe import Recipes
from tests.conformance.playlist import read_text
from tests.conformance.texts import across, complete
from tests.line.captions import cues_in
from tests.packager.shelf import RecordingShelf
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from transcode.caption_line import CaptionLine

WORD = "trọng "
"""Eight bytes, as a word of Vietnamese has with its space."""


def _stage(profile: ProfileName = ProfileName.LOW, recipes: Recipes | None = None) -> Stage:
    return Stage(replace(channel_of(profile=profile), captions=VIETNAMESE), recipes=recipes)


def _body(stage: Stage, name: SegmentName | PartName) -> str:
    return stage.shelf.bodies[MediaKey(stage.channel.id, CAPTIONS, name)].decode()


@pytest.mark.parametrize("profile", list(ProfileName))
def test_captions_keep_every_rule_beside_the_others(profile: ProfileName) -> None:
    stage = _stage(profile)
    assert set(stage.run(6)) == {Verdict.KEPT}
    assert complete(stage.shelf.texts()) == []
    assert "captions/index.m3u8" in stage.shelf.text("audio") or not stage.channel.profile.parts
    assert "TYPE=SUBTITLES" in stage.shelf.multivariants[-1]
    for name in stage.shelf.segments(CAPTIONS):
        origin = name.msn * stage.channel.profile.segment
        assert len(cues_in(_body(stage, name), origin)) == stage.channel.profile.chunks_per_segment


def test_a_segment_has_the_cues_of_its_parts() -> None:
    stage = _stage()
    stage.run(3)
    msn = stage.msn(1)
    origin = msn * stage.channel.profile.segment
    parts = [cue for part in range(3) for cue in cues_in(_body(stage, PartName(msn, 1, part)), origin)]
    assert cues_in(_body(stage, SegmentName(msn, 1)), origin) == parts


def test_captions_that_stay_away_are_gaps_on_time_as_pictures_are() -> None:
    """F-01: the playlist of captions goes on in step when encoder or worker are dead."""
    stage = _stage()
    stage.run(4)
    stage.wait(10)
    listings = {name: read_text(text) for name, text in stage.shelf.texts().items()}
    assert len({listing.last_msn for listing in listings.values()}) == 1
    gaps = [segment for segment in listings[CAPTIONS].segments if segment.gap]
    assert len(gaps) >= 3
    assert across(stage.shelf.texts()) == []


def test_what_was_sent_again_after_the_death_of_the_headend_has_the_same_addresses_and_words() -> None:
    stage = _stage()
    packets = list(recorded_packets(stage.channel, stage.at(0), 6))
    stage.play(packets)
    before = {name: _body(stage, name) for name in stage.shelf.segments(CAPTIONS)}
    stage.restart()
    place = stage.publisher.positions().renditions[CAPTIONS].end
    for packet in packets:
        if not isinstance(packet, Chunk) or packet.start >= place:
            assert stage.publisher.take(packet) is Verdict.KEPT
    stage.play(recorded_packets(stage.channel, stage.at(6), 2))
    assert {name: _body(stage, name) for name in before} == before
    assert [name.msn for name in stage.shelf.segments(CAPTIONS)] == [stage.msn(at) for at in range(8)]
    assert not any(segment.gap for segment in read_text(stage.shelf.text(CAPTIONS)).segments)


def test_a_new_run_of_the_encoder_breaks_nothing_for_captions() -> None:
    stage = _stage()
    stage.run(3)
    stage.run(3, start=stage.at(4), run=2)
    text = stage.shelf.text(CAPTIONS)
    assert "DISCONTINUITY\n" not in text
    assert [segment.gap for segment in read_text(text).segments] == [False] * 3 + [True] + [False] * 3


def fresh(tick: int) -> str:
    """Two lines of 42 letters, others every second and a half."""
    return f"{WORD * 7}\n{WORD * 6}{tick * TICK * 2 // (3 * SCALE):5}"


def rolling(tick: int) -> str:
    """Four words a second, in two lines of 30 letters of which the lower one is filled."""
    said = tick * TICK * 4 // SCALE
    return f"{WORD * 4}{said // 5:5}\n{WORD * (said % 5 + 1)}"


@pytest.mark.parametrize("said", [fresh, rolling])
@pytest.mark.parametrize("profile", list(ProfileName))
def test_a_fast_speaker_fits_into_what_is_declared_for_captions(
    profile: ProfileName, said: Callable[[int], str],
) -> None:
    stage = _stage(profile)
    lengths = PROFILES[profile]
    line = CaptionLine(run=1, start=EPOCH)
    for tick in range(8 * lengths.segment // TICK):
        line.offer(said(tick))
    packets = [
        replace(packet, body=line.chunk(packet.start, packet.end).body)
        if isinstance(packet, Chunk) and packet.rendition == CAPTIONS else packet
        for packet in recorded_packets(stage.channel, EPOCH, 6)
    ]
    stage.play(packets)
    sizes = [len(_body(stage, name).encode()) for name in stage.shelf.segments(CAPTIONS)]
    most = max(sizes) * 8 * SCALE // lengths.segment
    assert len(sizes) == 6
    assert CAPTIONS_RATE / 8 < most <= CAPTIONS_RATE


def test_words_that_are_no_text_are_refused_and_listed_as_lost(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is listed that cannot be served."""
    stage = _stage()
    packets = list(recorded_packets(stage.channel, stage.at(0), 4))
    (at,) = (
        at for at, packet in enumerate(packets)
        if isinstance(packet, Chunk) and packet.rendition == CAPTIONS and packet.start == stage.at(1, 1)
    )
    packets[at] = replace(packets[at], body=b"\xff\xfe")
    verdicts = stage.play(packets)
    assert verdicts.pop(at) is Verdict.REFUSED
    assert set(verdicts) == {Verdict.KEPT}
    assert "captions that are no UTF-8 are refused" in caplog.text
    assert stage.publisher.status().refused == 1
    text = stage.shelf.text(CAPTIONS)
    assert [segment.gap for segment in read_text(text).segments] == [False, True, False, False]
    assert across(stage.shelf.texts()) == []


def test_captions_go_as_far_back_as_the_pictures_and_over_a_death_of_the_headend() -> None:
    long = replace(channel_of(profile=ProfileName.CLASSIC, rungs=1, window_s=800), captions=VIETNAMESE)
    stage = Stage(long, shelf=RecordingShelf(check=False))
    stage.run(120)
    listed = read_text(stage.shelf.text(CAPTIONS)).segments
    assert [segment.uri for segment in listed] == [f"{stage.msn(at)}-1.vtt" for at in range(120)]
    assert not any(segment.map for segment in listed)
    assert across(stage.shelf.texts()) == []
    stage.restart()
    again = read_text(stage.shelf.text(CAPTIONS)).segments
    assert [segment.uri for segment in again] == [segment.uri for segment in listed]
