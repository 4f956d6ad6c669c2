"""A channel that is encrypted, from chunks to what viewers find: nothing in clear, every key in its place."""

import asyncio
import re
from dataclasses import replace

import pytest

from flow.channel import Channel
from flow.ids import ChannelId, RenditionId
from flow.key_turns import UNIT, KeyTurns
from flow.ladder import AUDIO, CAPTIONS, ts_id
from flow.names import InitName, PartName, SegmentName, parse_name
from flow.profile import ProfileName
from flow.store import MediaKey
from flow.timebase import GOP
from flow.track import VIETNAMESE
from origin.memory_store import MemoryStore
from packager.aes import decrypted
from packager.blocks import Blocks
from packager.media_playlist import delta_text, full_text, playlist_of
from packager.past import Past, Span
from packager.publisher import Publisher
from packager.segment import Segment
from packager.ts.remuxer import Remuxer
from packager.ts.segment import LENGTH
from packager.view import View
from tests.conformance.playlist import Playlist, pairs, read_text
from tests.conformance.texts import across, of_update, problems
from tests.packager.loose_keyring import LooseKeyring
from tests.packager.shelf import RecordingShelf
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH, channel_of, recorded_packets
from tests.recorded.clock import SteppedClock

V0 = RenditionId("v0")
CLEAR = replace(channel_of(), captions=VIETNAMESE)
PERIOD_S = 8


def encrypted(channel: Channel = CLEAR) -> Channel:
    return replace(channel, key_period_s=PERIOD_S)


def staged(channel: Channel = CLEAR, *, shelf: RecordingShelf | None = None) -> tuple[Stage, LooseKeyring]:
    ring = LooseKeyring(channel.id, seconds=PERIOD_S)
    return Stage(encrypted(channel), shelf=shelf, ring=ring), ring


def opened(ring: LooseKeyring, key: str, body: bytes) -> bytes:
    """What a player makes of a body and the EXT-X-KEY above it."""
    found = pairs(key)
    assert found["METHOD"] == "AES-128"
    number = re.fullmatch(r"\.\./\.\./\.\./keys/demo/([0-9]+)", found["URI"])
    assert number is not None
    assert re.fullmatch(r"0x[0-9a-f]{32}", found["IV"])
    return decrypted(ring.keys[int(number[1])], int(found["IV"], 16), body)


def numbers(listing: Playlist) -> list[int]:
    return [int(pairs(segment.key)["URI"].rpartition("/")[2]) for segment in listing.segments]


@pytest.mark.parametrize("profile", list(ProfileName))
def test_every_body_opens_to_what_a_clear_channel_has(profile: ProfileName) -> None:
    """With the key and the IV of its row, each part on its own; an init section as it is."""
    channel = replace(channel_of(profile=profile), captions=VIETNAMESE)
    plain, (stage, ring) = Stage(channel), staged(channel)
    plain.run(7)
    stage.run(7)
    assert across(stage.shelf.texts()) == []
    for rendition in stage.channel.renditions:
        listing = read_text(stage.shelf.text(rendition))
        rows = {segment.msn: segment for segment in listing.segments}
        bodies = {key.name: body for key, body in plain.shelf.bodies.items() if key.rendition == rendition}
        sealed = {key.name: body for key, body in stage.shelf.bodies.items() if key.rendition == rendition}
        assert sealed.keys() == bodies.keys()
        for name, body in bodies.items():
            if isinstance(name, InitName):
                assert sealed[name] == body
            elif isinstance(name, SegmentName | PartName) and name.msn in rows:
                assert int(pairs(rows[name.msn].key)["IV"], 16) == name.msn
                assert opened(ring, rows[name.msn].key, sealed[name]) == body


def test_keys_turn_at_one_number_in_every_rendition_and_no_later_than_asked() -> None:
    """T-16."""
    stage, _ = staged()
    stage.run(14)
    each = [numbers(read_text(stage.shelf.text(rendition))) for rendition in stage.channel.renditions]
    assert all(found == each[0] for found in each)
    assert len(set(each[0])) == 4
    longest = max(each[0].count(number) for number in each[0])
    assert longest * stage.channel.profile.segment <= PERIOD_S * 48_000


def view(count: int, *, map_from: int = 0) -> View:
    """So many segments, the oldest in the past; from `map_from` on with another init section."""
    profile, first = channel_of().profile, EPOCH // GOP
    runs = [(first, 1), (first + map_from, 2)] if map_from else [(first, 1)]
    past = Past().with_spans(
        Span(
            first=begin, count=(runs[at + 1][0] if runs[at + 1 :] else first + count - 1) - begin, run=run,
            map_run=run, discontinuity=at > 0,
        ) for at, (begin, run) in enumerate(runs)
    )
    newest = Segment(msn=first + count - 1, run=runs[-1][1], map_run=runs[-1][1], discontinuity=False, size=1)
    turns = range(EPOCH // UNIT - 2, EPOCH // UNIT + count, 3)
    return View(
        profile=profile, past=past, segments=(newest,), open=None, next_run=2, discontinuity_sequence=0,
        keys=KeyTurns(channel=ChannelId("demo"), numbers=tuple(turns)),
    )


@pytest.mark.parametrize("map_from", [0, 128, 139])
def test_what_is_drawn_in_blocks_is_what_is_drawn_at_once(map_from: int) -> None:
    """With keys that turn inside of a block and at its border, and an init section that changes there."""
    shown = view(300, map_from=map_from)
    blocks = Blocks(shown.profile)
    blocks.warm(shown.past, keys=shown.keys)
    text = full_text(shown)
    assert playlist_of(shown, blocks).full.plain.decode() == text
    listing = read_text(text)
    assert len(listing.segments) == 300
    assert all(int(pairs(segment.key)["IV"], 16) == segment.msn for segment in listing.segments)
    assert problems(text) == []


@pytest.mark.parametrize("map_from", [0, 294])
def test_an_update_has_the_key_of_each_segment_it_lists(map_from: int) -> None:
    """Also where the init section has just changed."""
    shown = view(300, map_from=map_from)
    whole, delta = full_text(shown), delta_text(shown)
    assert of_update(delta, whole) == []
    assert all(segment.key for segment in read_text(delta).segments)


def test_the_hinted_part_stands_below_its_own_key() -> None:
    """ExoPlayer decrypts it with what stands above the hint."""
    stage, _ = staged()
    stage.run(4)
    listing = read_text(stage.shelf.text("v0"))
    name = parse_name(listing.hint)
    assert isinstance(name, PartName)
    assert listing.open is None
    assert int(pairs(listing.hinted_key)["IV"], 16) == name.msn


def test_another_init_section_stands_where_no_key_applies() -> None:
    stage, _ = staged()
    stage.run(3)
    stage.run(3, start=stage.at(3), run=2, look=1)
    lines = stage.shelf.text("v0").splitlines()
    at = lines.index('#EXT-X-MAP:URI="init-2.mp4"')
    assert lines[at - 2 : at] == ["#EXT-X-DISCONTINUITY", "#EXT-X-KEY:METHOD=NONE"]
    assert lines[at + 1].startswith("#EXT-X-KEY:METHOD=AES-128")


def test_the_next_life_makes_the_same_rows_and_bytes() -> None:
    """Its shelf refuses another body under a name, and another row under a number."""
    stage, _ = staged()
    stage.run(6)
    texts = stage.shelf.texts()
    stage.restart()
    stage.play(recorded_packets(stage.channel, stage.at(0), 8))
    for rendition, text in texts.items():
        after = {segment.msn: segment for segment in read_text(stage.shelf.text(rendition)).segments}
        assert all(after[segment.msn].key == segment.key for segment in read_text(text).segments)


def test_a_key_that_came_too_late_changes_no_row_in_the_next_life() -> None:
    """F-26: the disk took it when its turn was listed under the one before, and the headend was killed then."""
    stage, ring = staged()
    stage.run(1)
    ring.stuck = True
    stage.run(24, start=stage.at(1))
    before = {segment.msn: segment.key for segment in read_text(stage.shelf.text("v0")).segments}
    late = ring.turns.at(stage.at(24)) + 1
    assert late * UNIT < stage.at(23)
    ring.keys[late] = bytes(16)
    stage.restart()
    after = {segment.msn: segment.key for segment in read_text(stage.shelf.text("v0")).segments}
    assert len(after) > 20
    assert after == {msn: before[msn] for msn in after}
    assert late not in ring.keys


def test_another_headend_with_the_same_keys_makes_the_same_bytes() -> None:
    (one, _), (other, _) = staged(), staged()
    one.run(6)
    other.run(6)
    assert one.shelf.bodies == other.shelf.bodies


def test_without_new_keys_the_last_one_stays_and_nothing_is_in_clear() -> None:
    """F-26."""
    stage, ring = staged()
    stage.run(2)
    ring.stuck = True
    kept = list(ring.keys)
    stage.shelf.check = False
    stage.wait_until(EPOCH + 60 * 48_000)
    stage.run(3, start=EPOCH + 60 * 48_000 // LENGTH * LENGTH + LENGTH, run=2)
    listing = read_text(stage.shelf.text("v0"))
    last = listing.segments[-1]
    assert numbers(listing)[-1] == kept[-1]
    name = parse_name(last.uri)
    assert isinstance(name, SegmentName)
    assert opened(ring, last.key, stage.shelf.bodies[MediaKey(stage.channel.id, V0, name)])


@pytest.mark.parametrize("lost", [False, True])
def test_what_was_in_clear_or_has_lost_its_keys_is_not_gone_on_with(*, lost: bool) -> None:
    """Nor any of its numbers used again: an address has one content."""
    before = staged()[0] if lost else Stage(CLEAR)
    before.run(6)
    floor = before.publisher.positions().floor
    stage, _ = staged(shelf=before.shelf.restarted())
    assert stage.publisher.view(V0) is None
    assert stage.publisher.positions().floor >= floor
    back = Stage(CLEAR, shelf=stage.shelf.restarted())
    assert back.publisher.view(V0) is None or not lost


def test_a_channel_that_has_lost_its_keys_uses_no_number_twice() -> None:
    """T-16: within the turn of a key as well: players have the lost one under its address."""
    before, lost = staged()
    before.run(6)
    shown = {number for number in lost.keys if number <= lost.turns.at(before.publisher.positions().floor)}
    assert set(lost.used) <= shown
    stage, ring = staged(shelf=before.shelf.restarted())
    assert not shown & set(ring.keys)
    stage.run(3, start=stage.at(8), run=2)
    assert not shown & set(numbers(read_text(stage.shelf.text("v0"))))


@pytest.mark.parametrize(("channel", "ring"), [(encrypted(), None), (CLEAR, LooseKeyring())])
def test_a_channel_is_never_in_clear_for_want_of_keys(channel: Channel, ring: LooseKeyring | None) -> None:
    with pytest.raises(ValueError, match="encrypted without keys"):
        Publisher(channel=channel, store=RecordingShelf(), clock=SteppedClock(wall_units=EPOCH), ring=ring)


def test_old_keys_go_when_no_list_reaches_back_to_them() -> None:
    """T-16: and not before, so that old segments can be played."""
    stage, ring = staged(replace(CLEAR, window_s=20))
    stage.shelf.check = False
    stage.run(90)
    first = read_text(stage.shelf.text("v0")).first_msn * stage.channel.profile.segment
    assert 0 < first - ring.oldest < 180 * 48_000
    assert ring.turns.at(first) in ring.keys
    assert len(ring.keys) < 45


async def test_boxes_get_the_same_pictures_under_the_same_keys() -> None:
    channel = channel_of()
    made = []
    for stage, store in ((Stage(channel), MemoryStore()), (staged(channel)[0], MemoryStore())):
        remuxer = Remuxer(store)
        played = Stage(stage.channel, recipes=remuxer, ring=stage.ring)
        played.run(7)
        for key, body in played.shelf.bodies.items():
            store.put(key, body)
        listing = read_text(played.shelf.text(ts_id(V0)))
        names = [parse_name(segment.uri) for segment in listing.segments]
        keys = [MediaKey(channel.id, ts_id(V0), name) for name in names if name is not None]
        made.append((listing, await asyncio.gather(*(remuxer.body(key) for key in keys)), played))
    (_, plain, _), (listing, sealed, played) = made
    assert isinstance(played.ring, LooseKeyring)
    assert len(plain) == len(sealed) >= 3
    for segment, clear, body in zip(listing.segments, plain, sealed, strict=True):
        assert clear is not None
        assert body is not None
        assert int(pairs(segment.key)["IV"], 16) == segment.msn
        assert opened(played.ring, segment.key, body) == clear
    long = dict(zip((segment.msn for segment in listing.segments), numbers(listing), strict=True))
    short = read_text(played.shelf.text("v0"))
    for segment, number in zip(short.segments, numbers(short), strict=True):
        assert long.get(segment.msn // 2, number) == number


def test_sound_and_captions_are_encrypted_as_pictures_are() -> None:
    """A list in clear beside it would tell what is said."""
    stage, _ = staged()
    stage.run(4)
    for rendition in (AUDIO, CAPTIONS):
        assert all(segment.key for segment in read_text(stage.shelf.text(rendition)).segments)
    assert not any(
        b"WEBVTT" in body for key, body in stage.shelf.bodies.items() if key.rendition == CAPTIONS
        and not isinstance(key.name, InitName)
    )
