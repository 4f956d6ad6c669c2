import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.channel import Channel
from flow.chunk import Init
from flow.ids import ChannelId
from flow.ladder import AUDIO
from flow.names import PartName, SegmentName, parse_name
from flow.profile import ProfileName
from flow.store import MediaKey
from flow.timebase import SCALE
from flow.wire import Verdict
from packager.grid import round_up
from tests.conformance.playlist import Segment, read_text
from tests.conformance.texts import across
from tests.packager.loose_keyring import LooseKeyring
from tests.packager.pair import FIRST_RUN, Life, packets_of, paired, play
from tests.packager.stage import Stage
from tests.recorded.builder import EPOCH, recorded_chunks, recorded_inits

A, B = 0, 1
_LOST_PART = re.compile(r'URI="(\d+)-0\.')


def _rows(stage: Stage, rendition: str = "v0") -> dict[int, Segment]:
    listing = read_text(stage.shelf.text(rendition))
    return {segment.msn - stage.msn(0): segment for segment in listing.segments}


def _run(uri: str) -> int:
    name = parse_name(uri)
    assert isinstance(name, SegmentName | PartName)
    return name.run


def _holes(stage: Stage, rendition: str) -> set[int]:
    """The segments of which any playlist ever listed a part as lost."""
    texts = (playlist.full.plain.decode() for name, playlist in stage.shelf.published if name == rendition)
    return {int(msn) - stage.msn(0) for text in texts for msn in _LOST_PART.findall(text)}


def _wholes(stage: Stage, rendition: str = "v0") -> list[int]:
    return [_run(row.uri) % 2 if not row.gap else -1 for row in _rows(stage, rendition).values()]


def test_two_workers_make_one_list_from_the_first_that_came() -> None:
    stage = Stage(paired())
    verdicts = play(stage, [Life(A, 0, 6), Life(B, 0, 6, late=0.13)])
    assert set(verdicts[A]) == set(verdicts[B]) == {Verdict.KEPT}
    assert _wholes(stage) == [A] * 6
    assert stage.publisher.status().gap_segments == 0


def test_a_segment_inside_which_its_worker_dies_is_the_others_whole() -> None:
    """F-01: a low-latency player has one hole inside a segment; one that plays whole segments has none."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4, short=2), Life(B, 0, 5, late=0.13)])
    rows = _rows(stage)
    assert [part.gap for part in rows[3].parts] == [False, True, True]
    assert _wholes(stage) == [A, A, A, B, B]
    assert not any(row.gap or row.discontinuity for row in rows.values())
    key = MediaKey(stage.channel.id, stage.channel.renditions[0], SegmentName(stage.msn(3), FIRST_RUN + 3))
    assert len(stage.shelf.bodies[key]) > 0


def test_a_worker_that_dies_between_two_segments_leaves_no_hole() -> None:
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4), Life(B, 0, 8)])
    assert not any(part.gap for row in _rows(stage).values() for part in row.parts)
    assert _wholes(stage) == [A] * 4 + [B] * 4


def test_what_is_missing_is_given_up_half_a_second_after_it_was_due() -> None:
    """F-01: with the other worker's media there, the edge is late by 0.5 s at most."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4, short=1), Life(B, 0, 4)])
    stage.wait_until(stage.at(4) + round(0.65 * SCALE))
    assert _wholes(stage) == [A, A, A, B]


def test_the_run_that_is_listed_goes_on_when_the_other_comes_back() -> None:
    stage = Stage(paired())
    play(stage, [Life(A, 0, 3, short=1), Life(B, 0, 9, late=0.2), Life(A, 5, 9)])
    assert _wholes(stage) == [A, A, B, B, B, B, B, B, B]


def _slowing(stage: Stage, other: Life, *, late: float = 0.1, by: int = 0) -> list[int]:
    """Beside `other`, let A come `late` and later by one second in every `by`; how late the list was, in ms."""
    slow = packets_of(stage.channel, Life(A, 0, other.end, late=late), FIRST_RUN)
    coming = [(when + ((when - EPOCH) // by if by else 0), packet) for when, packet in slow]
    coming += packets_of(stage.channel, other, FIRST_RUN + 1)
    delays = []
    for when, packet in sorted(coming, key=lambda one: one[0]):
        stage.wait_until(when)
        stage.publisher.take(packet)
        if when < stage.at(other.end):
            delays.append(stage.publisher.status().delay_ms or 0)
    return delays


def test_a_worker_that_slows_down_is_left_for_the_one_that_is_in_time() -> None:
    """F-02: slower by a little with each chunk it is never later than usual, and would drag the channel along."""
    stage = Stage(paired())
    delays = _slowing(stage, Life(B, 0, 20, late=0.15), by=20)
    chunk_ms = stage.channel.profile.chunk * 1_000 // SCALE
    assert max(delays) < 150 + 400 + 100 * 2 + chunk_ms * stage.channel.profile.chunks_per_segment
    assert max(delays[-30:]) < 200 + chunk_ms
    wholes = _wholes(stage)
    assert wholes == sorted(wholes)
    assert wholes[-1] == B
    assert _holes(stage, "v0") == _holes(stage, AUDIO) == set()


def test_nobody_is_measured_by_a_worker_whose_clock_is_ahead() -> None:
    """F-19: its media is there before its time, so whoever is in time would be late."""
    stage = Stage(paired())
    _slowing(stage, Life(B, 4, 12, late=-3.0), late=0.7)
    assert _wholes(stage) == [A] * 12


def test_another_init_section_breaks_every_rendition_where_it_is_chosen() -> None:
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4, short=1), Life(B, 0, 8, look=8)])
    rows = _rows(stage)
    assert rows[3].gap  # the other's whole would need its own init section
    assert [at for at, row in rows.items() if row.discontinuity] == [4]
    assert [at for at, row in _rows(stage, AUDIO).items() if row.discontinuity] == [4]
    assert _wholes(stage)[4:] == [B] * 4


def test_a_worker_two_seconds_behind_is_spare_all_the_same() -> None:
    """F-19: two machines whose clocks are two seconds apart lose nothing when one of them dies."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 12, short=1), Life(B, 0, 16, late=2.1)])
    assert _wholes(stage) == [A] * 11 + [B] * 5


def test_a_worker_that_hangs_behind_is_told_so() -> None:
    """F-02: what comes when everybody has seen the place is of no use, and its worker begins anew."""
    stage = Stage(paired())
    verdicts = play(stage, [Life(A, 0, 12), Life(B, 0, 5, late=8.0)])
    assert set(verdicts[B][2:]) == {Verdict.REFUSED}
    assert _wholes(stage) == [A] * 12


def test_a_worker_whose_clock_is_ahead_fills_no_memory() -> None:
    """F-19: of media that waits for its time only some is taken."""
    stage = Stage(paired())
    verdicts = play(stage, [Life(A, 0, 20), Life(B, 10, 30, late=-19.0)])
    assert Verdict.REFUSED in verdicts[B]
    assert _wholes(stage)[:20] == [A] * 20


def _begun(late: float) -> Stage:
    """The start of a channel whose second worker comes in with segment 1, and whose first one's sound comes later
    than its pictures, by so many seconds."""
    stage = Stage(paired())
    first = packets_of(stage.channel, Life(A, 0, 6), FIRST_RUN)
    coming = [(when + (round(late * SCALE) if packet.rendition == AUDIO else 0), packet) for when, packet in first]
    coming += packets_of(stage.channel, Life(B, 1, 6), FIRST_RUN + 1)
    for when, packet in sorted(coming, key=lambda one: one[0]):
        stage.wait_until(when)
        stage.publisher.take(packet)
    return stage


@pytest.mark.parametrize("late", [0.3, 2.0, 4.5])
def test_a_channel_begins_with_media_where_any_comes_while_it_settles(late: float) -> None:
    """F-01: a worker that has not been heard of yet is not late."""
    stage = _begun(late)
    assert [_wholes(stage, name)[0] for name in ("v0", AUDIO)] == [A, A]
    assert not any(_rows(stage, name)[at].gap for name in ("v0", AUDIO) for at in range(6))


def test_a_beginning_that_does_not_come_is_given_up_when_the_channel_has_settled() -> None:
    stage = _begun(60.0)
    assert _wholes(stage, AUDIO)[:5] == [-1, B, B, B, B]


def test_after_a_restart_of_the_headend_the_open_segment_stays_its_runs() -> None:
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4, short=2), Life(B, 0, 4, short=2, late=0.2)])
    stage.restart()
    positions = [stage.publisher.positions(worker) for worker in (A, B)]
    assert [place.last_run for place in positions] == [FIRST_RUN, FIRST_RUN + 3]
    assert {place.end for place in positions[B].renditions.values()} == {stage.at(3)}
    for when, packet in packets_of(stage.channel, Life(B, 3, 8), FIRST_RUN + 3):
        stage.wait_until(when)
        stage.publisher.take(packet)
    stage.wait(6)
    rows = _rows(stage)
    assert [part.gap for part in rows[3].parts] in ([], [True, True, True])
    # The other's whole would be another address: by the end of its earlier life the headend may have listed one.
    assert _wholes(stage)[3:8] == [-1, B, B, B, B]
    assert read_text(stage.shelf.text("v0")).segments[3].uri == f"{stage.msn(3)}-{FIRST_RUN}.m4s"


@pytest.mark.parametrize("behind", [0, 1, 2, 3, 4])
def test_what_was_listed_and_not_noted_never_comes_back_under_another_address(behind: int) -> None:
    """F-21, F-22: notes that are some segments old, and the listed worker dies with the headend."""
    stage = Stage(paired())
    kept: list[bytes | None] = []
    lives = [Life(A, 0, 6), Life(B, 0, 6, late=0.2)]
    remember = stage.shelf.remember

    def note(channel: ChannelId, state: bytes) -> None:
        remember(channel, state)
        kept.append(state)

    stage.shelf.remember = note  # type: ignore[method-assign]
    play(stage, lives)
    before = read_text(stage.shelf.text("v0")).segments
    stage.shelf.notes = kept[-1 - 2 * behind]  # two renditions
    stage.shelf.playlists.clear()  # that the list is shorter for a moment is known
    stage.restart()
    for when, packet in packets_of(stage.channel, Life(B, 0, 12, late=0.2), FIRST_RUN + 3):
        stage.wait_until(when)
        stage.publisher.take(packet)
    after = read_text(stage.shelf.text("v0")).segments
    assert [row.uri for row in after[:6]] == [row.uri for row in before]
    assert [row.gap for row in after[:5 - behind]] == [False] * (5 - behind)
    assert _wholes(stage)[8:] == [B] * len(after[8:])


def test_what_was_listed_and_not_noted_is_listed_again_when_its_worker_is_there() -> None:
    """F-21, F-22."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 3), Life(B, 0, 3, late=0.2)])
    old = stage.shelf.notes
    lives = [(Life(A, 0, 12), FIRST_RUN), (Life(B, 0, 12, late=0.2), FIRST_RUN + 3)]
    coming = sorted(
        (one for life, run in lives for one in packets_of(stage.channel, life, run)), key=lambda one: one[0],
    )
    for when, packet in coming:
        if when < stage.at(6):
            stage.wait_until(when)
            stage.publisher.take(packet)
    before = read_text(stage.shelf.text("v0")).segments
    stage.shelf.notes = old
    stage.shelf.playlists.clear()
    stage.restart()
    at = stage.at(3)
    assert all(place.end == at for w in (A, B) for place in stage.publisher.positions(w).renditions.values())
    for when, packet in coming:
        if isinstance(packet, Init) or packet.start >= at:
            stage.wait_until(when)
            assert stage.publisher.take(packet) is Verdict.KEPT
    after = read_text(stage.shelf.text("v0")).segments
    assert [row.uri for row in after[: len(before)]] == [row.uri for row in before]
    assert _wholes(stage) == [A] * 12


def _next_life(stage: Stage, channel: Channel) -> Stage:
    """The channel taken off and put on again, as `channel`, at the same time."""
    stage.publisher.close()
    ring = LooseKeyring(channel.id, seconds=channel.key_period_s) if channel.key_period_s else None
    after = Stage(channel, ring=ring)
    after.shelf = stage.shelf.restarted()
    after.shelf.check = False  # another window, maybe another grid: the lists of the last life say nothing of it
    after.clock = stage.clock
    after.restart()
    return after


@pytest.mark.parametrize("channel", [
    paired(), replace(paired(), key_period_s=8), paired(profile=ProfileName.CLASSIC),
], ids=["the same", "encrypted", "on another grid"])
def test_a_channel_put_on_again_takes_the_next_runs_of_both_workers(channel: Channel) -> None:
    """F-01: numbers that the last life used up may not begin, and the workers are told so."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 4, short=1), Life(B, 0, 6), Life(A, 5, 6), Life(B, 7, 8)])
    after = _next_life(stage, channel)
    places = [after.publisher.positions(worker) for worker in (A, B)]
    begins = round_up(channel.profile, places[A].floor) + channel.profile.segment
    after.wait_until(begins + channel.profile.chunk)
    for worker, place in enumerate(places):
        run = place.last_run + 1 + (worker - place.last_run - 1) % 2  # as an encoder numbers its first
        packets = [*recorded_inits(channel, run=run), *recorded_chunks(channel, begins, run=run)]
        assert {after.publisher.take(packet) for packet in packets} == {Verdict.KEPT}


@pytest.mark.parametrize("short", [0, 2])
def test_after_a_restart_of_the_headend_the_part_hinted_at_is_of_the_run_that_was_listed(short: int) -> None:
    """F-30: the other worker is long dead, and nobody would ever see a part of it."""
    stage = Stage(paired())
    play(stage, [Life(A, 0, 3), Life(B, 0, 6, short=short)])
    stage.restart()
    for rendition in stage.channel.renditions:
        hint = stage.shelf.playlists[rendition].hint
        assert hint == PartName(stage.msn(5 if short else 6), FIRST_RUN + 3, 0)


_lives = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 4), st.integers(1, 3)), min_size=1, max_size=3,
)


def _history(worker: int, late: float, script: list[tuple[int, int, int]]) -> list[Life]:
    lives, place = [], 0
    for length, short, pause in script:
        lives.append(Life(worker, place, place + length, short=short, late=late))
        place += length + pause
    return lives


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    profile=st.sampled_from(list(ProfileName)), late=st.tuples(st.sampled_from([0.1, 0.3]), st.floats(0.05, 1.5)),
    one=_lives, other=_lives,
)
def test_any_two_histories_make_one_list_that_never_takes_back(
    profile: ProfileName, late: tuple[float, float], one: list[tuple[int, int, int]],
    other: list[tuple[int, int, int]],
) -> None:
    """F-01, F-02: the shelf objects to a second content, to a place taken back, to a number left out."""
    stage = Stage(paired(profile=profile))
    lives = [*_history(A, late[0], one), *_history(B, late[1], other)]
    play(stage, sorted(lives, key=lambda life: life.first))
    stage.wait(5)
    assert across(stage.shelf.texts()) == []
    parts = stage.channel.profile.chunks_per_segment
    for rendition in stage.channel.renditions:
        if rendition not in stage.shelf.playlists:
            continue
        rows = _rows(stage, rendition)
        whole = {
            at for life in lives for at in range(life.first, life.end - -(-life.short // parts)) if at in rows
        }
        assert [at for at in whole if rows[at].gap] == []
        holes = _holes(stage, rendition) & whole
        assert len(holes) <= sum(life.short % parts > 0 for life in lives)


def test_a_list_with_a_lost_part_in_a_whole_segment_says_the_version_of_gaps() -> None:
    for end, version in ((5, 8), (9, 6)):  # in the end its parts are not listed any more
        stage = Stage(paired())
        play(stage, [Life(A, 0, 4, short=2), Life(B, 0, end, late=0.13)])
        assert f"#EXT-X-VERSION:{version}" in stage.shelf.text("v0")
