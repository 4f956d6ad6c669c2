"""A sample of an encoder's output, built by hand, with one thing wrong at a time."""

import pytest

from flow.profile import PROFILES, ProfileName
from flow.timebase import GOP, TICK
from tests.transcode.media import NOT_SYNC, SYNC, avc1, box, init, moof, mp4a, run_with
from transcode.sample_check import Expected, flaw_of

START = 934_000_000 * GOP
EXPECTED = Expected(profile=PROFILES[ProfileName.LOW], fps=25, start=START, pictures=64)
IDR, SLICE, SEI = b"\x65\x88", b"\x41\x9a", b"\x06\x05"


def nal(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content


def part(
    at: int, first: bytes = b"", *, sync: bool = False, shift: int = 0, late: int = 0, pictures: int = 16,
) -> bytes:
    """A chunk of 16 pictures, of two slices each; B pictures are shown a tick before they are decoded."""
    bodies = [nal(SEI) + nal(first or SLICE) + nal(b"\x41\x20"), *[nal(SLICE)] * (pictures - 1)]
    rows = [(TICK, len(body), NOT_SYNC, -TICK % 2**32) for body in bodies]
    rows[0] = (TICK, len(bodies[0]), SYNC if sync else NOT_SYNC, shift % 2**32)
    return moof(START + at * 16 * TICK + late, run_with(rows)) + box("mdat", *bodies)


def stream(*parts: bytes, entry: bytes = b"") -> bytes:
    return init(entry or avc1()) + b"".join(parts)


GOOD = (part(0, IDR, sync=True), part(1), part(2), part(3, IDR, sync=True))


def with_part(at: int, other: bytes) -> bytes:
    return stream(*GOOD[:at], other, *GOOD[at + 1:])


def test_a_sample_that_lies_on_the_grid_has_no_flaw() -> None:
    assert flaw_of(stream(*GOOD), EXPECTED) == ""


@pytest.mark.parametrize(("made", "flaw"), [
    (with_part(3, part(3, SLICE, sync=True)), "a segment does not begin with an IDR picture"),
    (with_part(3, part(3, IDR)), "a segment does not begin with an IDR picture"),
    (with_part(1, part(1, IDR, sync=True)), "there is a key picture in the middle of a segment"),
    (with_part(1, part(1, IDR)), "there is a key picture in the middle of a segment"),
    (with_part(1, part(1, sync=True)), "there is a key picture in the middle of a segment"),
    (with_part(1, part(1, late=TICK)), "a chunk lies 1920 units beside its place"),
    (with_part(2, part(2, pictures=15)), "lasts 28800"),
    (with_part(0, part(0, IDR, sync=True, shift=2 * TICK)), "is not shown at its beginning"),
    (with_part(1, part(1, shift=-3 * TICK)), "hold back more than 2 pictures"),
    (stream(*GOOD[:3]), "16 of 64 pictures never came"),
    (stream(*GOOD, entry=mp4a()), "there is no H.264"),
    (b"", "there is no H.264"),
    (b"\0\0\0\x10wild" + bytes(8), "box 'wild'"),
    (with_part(1, part(1)[:-4] + b"\0\0\0\x09"), "too early"),
])
def test_one_thing_wrong_is_named(made: bytes, flaw: str) -> None:
    assert flaw in flaw_of(made, EXPECTED)
