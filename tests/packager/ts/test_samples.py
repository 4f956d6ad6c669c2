import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow.errors import MediaError
from flow.ladder import AUDIO
from flow.timebase import AAC_FRAME, GOP, TICK
from packager.ts.samples import Cutter
from tests.packager.ts.media import V0, encoded, recorded, recorded_init
from tests.recorded.builder import EPOCH
from tests.transcode.media import box, full, words


def fragment(trun: bytes, *, tfhd: bytes = full("tfhd", 0, 0x20000, words(1)), data: bytes = b"") -> bytes:
    moof = box("moof", box("traf", tfhd, full("tfdt", 0, 0, words(900)), trun))
    return moof + box("mdat", data)


def test_every_picture_comes_with_its_time() -> None:
    samples = Cutter.of(recorded_init(V0)).samples(recorded(V0, EPOCH))
    assert [sample.at for sample in samples] == list(range(EPOCH, EPOCH + GOP, TICK))
    assert [sample.sync for sample in samples] == [True] + [False] * 47
    assert all(int.from_bytes(sample.body[:4], "big") == len(sample.body) - 4 for sample in samples)


def test_every_sound_frame_comes_with_its_time() -> None:
    samples = Cutter.of(recorded_init(AUDIO)).samples(recorded(AUDIO, EPOCH))
    assert [sample.at for sample in samples] == list(range(EPOCH, EPOCH + GOP, AAC_FRAME))


def test_what_ffmpeg_writes_is_read_with_its_negative_offsets() -> None:
    piece = encoded(EPOCH, 4)[0]
    samples = Cutter.of(piece.picture_init).samples(piece.picture)
    assert sorted(sample.at + sample.shift for sample in samples) == list(range(EPOCH, EPOCH + GOP, TICK))
    assert any(sample.shift < 0 for sample in samples)
    assert len(Cutter.of(piece.sound_init).samples(piece.sound)) == 90


def test_what_a_run_does_not_say_is_what_its_track_says() -> None:
    tfhd = full("tfhd", 0, 0x20038, words(1, 1920, 3, 0x10000))
    (first, second) = Cutter().samples(fragment(full("trun", 0, 1, words(2, 0x58)), tfhd=tfhd, data=b"abcdef"))
    assert (first.at, second.at) == (900, 2820)
    assert not first.sync
    assert len(first.body) == len(second.body) == 3


@pytest.mark.parametrize("broken", [
    fragment(full("trun", 0, 0x201, words(1, 100, 10_000))),
    fragment(full("trun", 0, 0x201, words(1, 2**32 - 500, 1))),
    fragment(full("trun", 0, 0x201, words(5, 8, 1))),
    fragment(full("trun", 0, 0, words(2**31))),
    fragment(b"", tfhd=full("tfhd", 0, 1, words(1, 0, 0))),
    box("moof", box("traf")), box("moof"), b"12345", b"\0\0\0\x04moof",
])
def test_a_malformed_segment_is_refused(broken: bytes) -> None:
    with pytest.raises(MediaError):
        Cutter().samples(broken)


@settings(deadline=None)
@given(st.data())
def test_no_damage_does_worse_than_be_refused(data: st.DataObject) -> None:
    """T-06."""
    body = bytearray(recorded(V0, EPOCH))
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(MediaError):
        Cutter().samples(bytes(body))


def test_runs_that_promise_samples_without_a_byte_for_them_are_refused() -> None:
    """T-09: twenty bytes of a run may name ten thousand samples; hundreds of such runs would take the headend's
    memory."""
    with pytest.raises(MediaError, match="very many samples"):
        Cutter().samples(fragment(full("trun", 0, 0, words(10_000)) * 400))
