from flow.timebase import SCALE
from packager.side import Side
from tests.recorded.builder import EPOCH, channel_of, recorded_chunk

CHANNEL = channel_of()
PROFILE = CHANNEL.profile
V0 = CHANNEL.renditions[0]


def _side(*parts: int, run: int = 2) -> Side:
    side = Side(PROFILE)
    for part in parts:
        chunk = recorded_chunk(CHANNEL, V0, EPOCH + part * PROFILE.chunk, run=run)
        side.hear(chunk, chunk.end + SCALE // 10)
        side.keep(chunk)
    return side


def test_a_segment_is_whole_when_all_of_it_came_from_one_run() -> None:
    msn = EPOCH // PROFILE.segment
    assert [chunk.start for chunk in _side(0, 1, 2).whole(msn)] == [EPOCH + at * PROFILE.chunk for at in range(3)]
    assert _side(0, 2).whole(msn) == ()
    mixed = _side(0, 1)
    mixed.keep(recorded_chunk(CHANNEL, V0, EPOCH + 2 * PROFILE.chunk, run=4))
    assert mixed.whole(msn) == ()


def test_what_was_left_out_comes_no_more() -> None:
    side = _side(0, 2)
    assert side.passed(EPOCH + PROFILE.chunk)
    assert not side.passed(EPOCH + 3 * PROFILE.chunk)
    assert side.after(EPOCH) == EPOCH + 2 * PROFILE.chunk


def test_late_is_what_takes_longer_than_the_slowest_of_late() -> None:
    side, end = _side(0), EPOCH + 2 * PROFILE.chunk
    assert not side.late(EPOCH + PROFILE.chunk, end + SCALE // 10 + 5, patience=5)
    assert side.late(EPOCH + PROFILE.chunk, end + SCALE // 10 + 6, patience=5)
    assert Side(PROFILE).late(EPOCH, EPOCH, patience=5)


def test_it_keeps_the_open_segment_and_a_few_that_wait() -> None:
    side = _side(*range(12))
    assert side.full()
    assert not side.full(settled=False)
    side.forget_before(EPOCH + PROFILE.segment + PROFILE.chunk)
    assert not side.full()
    assert side.at(EPOCH + 2 * PROFILE.chunk) is None
    assert side.at(EPOCH + PROFILE.segment, run=2) is not None
    assert side.at(EPOCH + PROFILE.segment, run=4) is None
