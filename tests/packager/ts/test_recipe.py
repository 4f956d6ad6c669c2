from flow.ids import ChannelId, RenditionId
from flow.names import InitName, SegmentName
from flow.store import MediaKey
from packager.ts.recipe import Recipe, Source

HOP, V0, AUDIO = ChannelId("hop"), RenditionId("v0"), RenditionId("audio")
SOURCE = Source(
    picture_init=MediaKey(HOP, V0, InitName(1)), picture=MediaKey(HOP, V0, SegmentName(9, 1)),
    sound_init=MediaKey(HOP, AUDIO, InitName(1)), sound=MediaKey(HOP, AUDIO, SegmentName(9, 1)),
)


def test_a_source_names_all_that_is_needed() -> None:
    assert len(set(SOURCE.keys)) == 4
    assert SOURCE.keys[1] == SOURCE.picture


def test_equal_recipes_are_equal() -> None:
    one, other = (Recipe(start=0, width=256, height=144, sources=(SOURCE, None)) for _ in range(2))
    assert one == other
