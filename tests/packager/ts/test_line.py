import asyncio
from dataclasses import replace

import pytest

from flow.chunk import Chunk
from flow.ids import ChannelId, RenditionId
from flow.ladder import AUDIO, is_ts
from flow.names import TsName, parse_name
from flow.profile import ProfileName
from flow.store import MediaKey, StoreReader
from flow.track import VIETNAMESE, Track
from origin.memory_store import MemoryStore
from packager.ts.recipe import Cutting, Recipe
from packager.ts.remuxer import Remuxer
from packager.ts.segment import LENGTH
from tests.conformance.playlist import read_text
from tests.packager.stage import Stage
from tests.packager.ts.reader import read
from tests.recorded.builder import EPOCH, channel_of, recorded_packets

TS_V0 = RenditionId("ts-v0")
FIRST = EPOCH // LENGTH


class Book:
    """Takes recipes; a name that is offered with two contents is an error, in any life."""

    def __init__(self) -> None:
        self.open: dict[MediaKey, Recipe] = {}
        self.ever: dict[MediaKey, Recipe] = {}
        self.cutting: tuple[ChannelId, Cutting] | None = None

    def offer(self, key: MediaKey, recipe: Recipe) -> None:
        assert self.ever.setdefault(key, recipe) == recipe
        self.open[key] = recipe

    def withdraw(self, key: MediaKey) -> None:
        self.open.pop(key, None)

    def cut(self, channel: ChannelId, cutting: Cutting) -> None:
        self.cutting = channel, cutting


def staged(profile: ProfileName = ProfileName.LOW) -> Stage:
    return Stage(channel_of(profile=profile), recipes=Book())


def book(stage: Stage) -> Book:
    assert isinstance(stage.recipes, Book)
    return stage.recipes


def uris(stage: Stage) -> list[str]:
    return [segment.uri for segment in read_text(stage.shelf.text("ts-v0")).segments]


@pytest.mark.parametrize("profile", list(ProfileName))
def test_segments_are_long_in_every_profile_and_numbered_from_the_epoch(profile: ProfileName) -> None:
    stage = staged(profile)
    per = LENGTH // stage.channel.profile.segment
    stage.run(5 * per)
    assert uris(stage) == [f"{FIRST + at}-1.ts" for at in range(5)]
    assert uris(stage) == [segment.uri for segment in read_text(stage.shelf.text("ts-v1")).segments]
    names = {key.name for key in book(stage).open if key.rendition == TS_V0}
    assert names == {TsName(FIRST + at, 1) for at in range(5)}


def test_a_segment_is_listed_when_its_second_half_is_there() -> None:
    stage = staged()
    stage.run(2)
    assert uris(stage) == [f"{FIRST}-1.ts"]
    stage.run(1, start=stage.at(2))
    assert uris(stage) == [f"{FIRST}-1.ts"]


def test_without_a_place_for_recipes_there_are_no_lists_for_boxes() -> None:
    stage = Stage()
    stage.run(4)
    assert stage.shelf.for_boxes == []
    assert not any(is_ts(rendition) for rendition in stage.shelf.playlists)


def test_only_the_first_sound_goes_with_the_pictures() -> None:
    stage = Stage(
        replace(channel_of(), tracks=(VIETNAMESE, Track(language="en", name="English"))), recipes=Book(),
    )
    stage.run(4)
    sources = [source for recipe in book(stage).open.values() for source in recipe.sources if source]
    assert {source.sound.rendition for source in sources} == {AUDIO}
    listed = {rendition for rendition in stage.shelf.playlists if is_ts(rendition)}
    assert listed == {"ts-v0", "ts-v1"}


def test_each_picture_has_the_first_sound_of_its_own_group() -> None:
    stage = Stage(channel_of(groups=2), recipes=Book())
    stage.run(4)
    pairs = {
        (source.picture.rendition, source.sound.rendition, source.sound_init.rendition)
        for recipe in book(stage).open.values() for source in recipe.sources if source
    }
    assert pairs == {("v0", "audio", "audio"), ("v1", "audio-48k", "audio-48k")}


def test_what_is_lost_is_listed_as_filler_on_time_and_never_taken_back() -> None:
    """F-01."""
    stage = staged()
    stage.run(5)
    stage.wait(3 * 3.84 + 3)
    listed = uris(stage)
    assert listed[:4] == [f"{FIRST}-1.ts", f"{FIRST + 1}-1.ts", f"{FIRST + 2}-1-0.ts", f"{FIRST + 3}-0.ts"]
    stage.run(4, start=stage.at(14), run=2)
    assert uris(stage)[: len(listed)] == listed
    assert uris(stage)[-1] == f"{FIRST + 8}-2.ts"
    assert "EXT-X-DISCONTINUITY\n" not in stage.shelf.text("ts-v0")
    assert "EXT-X-GAP" not in stage.shelf.text("ts-v0")


def test_a_changed_init_section_is_a_discontinuity() -> None:
    stage = staged()
    stage.run(4)
    stage.run(5, start=stage.at(5), run=2, look=3)
    segments = read_text(stage.shelf.text("ts-v0")).segments
    assert [(segment.uri, segment.discontinuity) for segment in segments] == [
        (f"{FIRST}-1.ts", False), (f"{FIRST + 1}-1.ts", False), (f"{FIRST + 2}-0-2.ts", True),
        (f"{FIRST + 3}-2.ts", False), (f"{FIRST + 4}-2.ts", False),
    ]


def test_a_headend_that_comes_back_lists_the_same_and_loses_nothing() -> None:
    """F-22: what is made from what is drawn anew, also a segment of which only one half was closed."""
    stage = staged()
    stage.run(7)
    before = uris(stage)
    stage.restart()
    assert uris(stage) == before
    stage.run(3, start=stage.at(7))
    assert uris(stage) == [*before, f"{FIRST + 3}-1.ts", f"{FIRST + 4}-1.ts"]


def test_segments_that_left_the_list_can_be_had_for_as_long_as_it_lasts() -> None:
    stage = staged()
    stage.run(70)
    assert len(uris(stage)) == 31
    assert book(stage).open.keys() == book(stage).ever.keys()
    stage.run(70, start=stage.at(70))
    gone = {key.name.msn for key in book(stage).ever.keys() - book(stage).open.keys()}  # type: ignore[union-attr]
    assert gone
    assert max(gone) < FIRST + 70 - 31 - 30


def test_a_channel_that_is_closed_lets_go_of_everything() -> None:
    stage = staged()
    stage.run(6)
    stage.publisher.close()
    assert book(stage).open
    stage.wait(140)
    assert not book(stage).open
    assert stage.publisher.idle


def test_rates_are_measured_in_packets_and_told_when_they_move() -> None:
    stage = staged()
    stage.run(6)
    (first,) = stage.shelf.for_boxes
    assert 'CODECS="avc1.42c01f,mp4a.40.2"' in first
    average = int(first.partition("AVERAGE-BANDWIDTH=")[2].partition(",")[0])
    assert average == pytest.approx(33_088 * 8 / 3.84, rel=0.02)
    for packet in recorded_packets(stage.channel, stage.at(6), 40):
        grown = isinstance(packet, Chunk) and packet.rendition == "v0"
        stage.play([replace(packet, body=packet.body + packet.body) if grown else packet])
    assert len(stage.shelf.for_boxes) > 1


def test_what_is_no_cmaf_breaks_no_list(caplog: pytest.LogCaptureFixture) -> None:
    stage = staged()
    for packet in recorded_packets(stage.channel, EPOCH, 4):
        stage.play([replace(packet, body=b"rubbish") if isinstance(packet, Chunk) else packet])
    assert uris(stage) == [f"{FIRST}-1.ts", f"{FIRST + 1}-1.ts"]
    assert "encoder failed" in caplog.text


class Shelved(MemoryStore):
    """What the recording shelf has, for reading."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        for key, body in stage.shelf.bodies.items():
            self.put(key, body)


def test_all_that_is_listed_can_be_made_and_is_one_stream() -> None:
    """F-01: through a dead encoder and its next life."""
    stage = staged()
    stage.run(5)
    stage.run(5, start=stage.at(8), run=2)
    reader: StoreReader = Shelved(stage)
    remuxer = Remuxer(reader)
    for key, recipe in book(stage).open.items():
        remuxer.offer(key, recipe)

    async def everything() -> list[bytes | None]:
        keys = [MediaKey(stage.channel.id, TS_V0, name) for uri in uris(stage) if (name := parse_name(uri))]
        return [await remuxer.body(key) for key in keys]

    bodies = asyncio.run(everything())
    assert uris(stage) == [
        f"{FIRST}-1.ts", f"{FIRST + 1}-1.ts", f"{FIRST + 2}-1-0.ts", f"{FIRST + 3}-0.ts", f"{FIRST + 4}-2.ts",
        f"{FIRST + 5}-2.ts",
    ]
    assert read(b"".join(body or b"missing" for body in bodies)).wrong == []
