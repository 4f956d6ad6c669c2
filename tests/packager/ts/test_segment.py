import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.ffmpeg import find_ffmpeg
from flow.errors import MediaError
from flow.timebase import AAC_FRAME, GOP, SCALE, TICK
from packager.ts.piece import Piece, contents_of
from packager.ts.samples import Cutter, Sample
from packager.ts.segment import FRAMES, LEAD, LENGTH, Contents, Picture, segment_of, stretches
from tests.packager.ts.media import encoded, recorded_piece
from tests.packager.ts.reader import WRAP, read
from tests.recorded.builder import EPOCH

PICTURES, SOUND = 0x100, 0x101
_HOUR = 3_600 * SCALE


def ticks(units: int) -> int:
    return units * 15 // 8 % WRAP


def segment(start: int, pieces: Sequence[Piece | None]) -> bytes:
    return segment_of(contents_of(start, pieces, 320, 180))


def segments(start: int, count: int) -> list[bytes]:
    pieces = encoded(start, 2 * count)
    return [segment(start + at * LENGTH, pieces[2 * at : 2 * at + 2]) for at in range(count)]


def samples(start: int) -> list[Sample]:
    pieces = encoded(start, 4)
    return [sample for piece in pieces for sample in Cutter.of(piece.picture_init).samples(piece.picture)]


@pytest.mark.parametrize("start", [EPOCH, EPOCH // LENGTH * LENGTH + 7 * LENGTH])
def test_counters_clock_and_times_go_on_from_segment_to_segment(start: int) -> None:
    """F-15: the counter of packets goes on although no segment knows the one before."""
    found = read(b"".join(segments(start, 3)))
    assert found.wrong == []
    pictures, sound = found.pes[PICTURES], found.pes[SOUND]
    assert [pes.dts for pes in pictures] == [ticks(start + at * TICK - 2 * TICK) for at in range(288)]
    assert sorted((pes.pts - ticks(start)) % WRAP for pes in pictures) == [at * 3_600 for at in range(288)]
    assert [pes.pts for pes in sound] == [ticks(start + at * FRAMES * AAC_FRAME) for at in range(90)]


def test_every_segment_begins_each_counter_at_0_and_ends_it_at_15() -> None:
    for body in segments(EPOCH, 3):
        counters = read(body).counters
        assert set(counters) == {0, 0x1000, PICTURES, SOUND}
        assert {(found[0], found[-1]) for found in counters.values()} == {(0, 15)}


def test_no_picture_is_decoded_after_it_is_shown_nor_before_it_arrives() -> None:
    """The chunks' offsets are negative for B pictures, so DTS lies as far earlier as pictures are held back."""
    found = read(b"".join(segments(EPOCH, 2)))
    offsets = {sample.shift // TICK for sample in samples(EPOCH)}
    assert min(offsets) < 0
    waits = {(pes.pts - pes.dts) % WRAP // 3_600 for pes in found.pes[PICTURES]}
    assert waits == {2 + offset for offset in offsets}
    for clock, pes in zip(found.clocks, found.pes[PICTURES], strict=True):
        assert 0 < (pes.dts - clock) % WRAP <= LEAD * 15 // 8
        assert (pes.pts - pes.dts) % WRAP < WRAP // 2


def test_a_segment_opens_with_its_tables_and_an_idr_picture_behind_its_parameters() -> None:
    found = read(segments(EPOCH, 1)[0])
    assert found.pids[:3] == [0, 0x1000, PICTURES]
    opening = found.pes[PICTURES][0].payload
    kinds = [nal[0] & 0x1F for nal in opening.split(b"\0\0\0\1")[1:]]
    assert (kinds[:3], 5 in kinds) == ([9, 7, 8], True)
    assert found.random_access == 2


def test_all_of_a_segment_arrives_before_the_next_begins_to() -> None:
    found = read(segments(EPOCH, 1)[0])
    last = found.clocks[-1]
    assert (found.pes[SOUND][-1].pts - last) % WRAP < WRAP // 2, "sound comes before it is heard"
    assert found.pids[-1] in {PICTURES, SOUND}
    assert last == ticks(EPOCH + LENGTH - TICK - LEAD)


def test_times_go_on_over_the_33_bit_wrap() -> None:
    """F-14: in the middle of a segment, with B pictures; PTS wraps before DTS and the clock do."""
    wrap = -(-EPOCH * 15 // 8 // WRAP) * WRAP * 8 // 15
    start = wrap // LENGTH * LENGTH
    found = read(b"".join(segments(start, 2)))
    assert found.wrong == []
    stamps = [pes.dts for pes in found.pes[PICTURES]]
    assert max(stamps) > WRAP - 90_000 * 4
    assert min(stamps) < 90_000 * 4
    assert {(after - before) % WRAP for before, after in pairwise(stamps)} == {3_600}


def test_equal_contents_give_equal_bytes() -> None:
    assert segments(EPOCH, 1) == segments(EPOCH, 1)


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_half_is_silence_and_a_clock_that_goes_on(lost: int) -> None:
    pieces = encoded(EPOCH, 4)
    halves = tuple(None if at == lost else piece for at, piece in enumerate(pieces[:2]))
    found = read(segment(EPOCH, halves) + segment(EPOCH + LENGTH, pieces[2:]))
    assert found.wrong == []
    assert len(found.pes[PICTURES]) == 48 + 96
    assert len(found.pes[SOUND]) == 60


def test_what_is_lost_as_a_whole_is_black_and_goes_on_in_every_counter() -> None:
    """F-01: between two lives of an encoder; also the times of decoding only grow."""
    lives = encoded(EPOCH, 2), encoded(EPOCH + 3 * LENGTH, 2)
    bodies = [
        segment(EPOCH, lives[0]), segment(EPOCH + LENGTH, (None, None)), segment(EPOCH + 2 * LENGTH, (None, None)),
        segment(EPOCH + 3 * LENGTH, lives[1]),
    ]
    found = read(b"".join(bodies))
    assert found.wrong == []
    stamps = [pes.dts for pes in found.pes[PICTURES]]
    assert all(0 < (after - before) % WRAP < 20_000 for before, after in pairwise(stamps))
    assert len(bodies[1]) < 70_000
    assert (found.random_access, len(found.pes[SOUND])) == (8, 120)


def test_ffmpeg_plays_many_segments_as_one_stream_without_a_word(tmp_path: Path) -> None:
    bodies = segments(EPOCH, 3)
    bodies.append(segment(EPOCH + 3 * LENGTH, (None, None)))
    later = tuple(recorded_piece(EPOCH + 4 * LENGTH + at * GOP) for at in range(2))
    bodies.append(segment(EPOCH + 4 * LENGTH, later))
    stream = tmp_path / "stream.ts"
    stream.write_bytes(b"".join(bodies))
    done = subprocess.run(
        [find_ffmpeg("").path, "-v", "warning", "-i", str(stream), "-c", "copy", "-f", "null", "-"],
        check=True, capture_output=True, text=True,
    )
    assert done.stderr == ""


def test_the_sound_of_a_segment_is_all_or_nothing() -> None:
    with pytest.raises(MediaError):
        segment_of(Contents(start=0, pictures=(), frames=[b"x" * 20] * 179))


def test_a_picture_out_of_its_time_is_refused() -> None:
    late = Picture(arrives=GOP, decoded=GOP + 1, shown=GOP, key=True, body=b"x" * 100)
    early = Picture(arrives=GOP, decoded=GOP - LEAD, shown=GOP, key=True, body=b"x" * 100)
    for picture in (late, early):
        with pytest.raises(MediaError):
            segment_of(Contents(start=0, pictures=(picture,), frames=[b"x" * 20] * 180))


@given(st.lists(st.integers(60, 3_000), min_size=30, max_size=96))
def test_any_sizes_are_brought_to_whole_rounds(sizes: list[int]) -> None:
    extras = stretches(sizes, 176)
    assert (sum(1 + max(0, -(-(size - 176) // 184)) for size in sizes) + sum(extras)) % 16 == 0


def test_too_little_for_a_round_is_refused() -> None:
    with pytest.raises(MediaError):
        stretches([20], 184)
