import pytest

from flow.errors import MediaError
from flow.ladder import AUDIO
from packager.ts.avc import DELIMITER, START_CODE, Avc
from packager.ts.samples import Sample
from tests.packager.ts.media import V0, encoded, recorded_init
from tests.recorded import h264
from tests.recorded.builder import EPOCH


def sample(*nals: bytes, sync: bool = False, width: int = 4) -> Sample:
    body = b"".join(len(nal).to_bytes(width, "big") + nal for nal in nals)
    return Sample(at=0, shift=0, sync=sync, body=memoryview(body))


def test_the_init_section_says_how_pictures_are_written() -> None:
    avc = Avc.of(recorded_init(V0))
    assert avc.width == 4
    assert avc.parameters == START_CODE + h264.sps(256, 144) + START_CODE + h264.pps()
    assert avc.held_back == 0
    assert Avc.of(encoded(EPOCH, 4)[0].picture_init).held_back == 2


def test_a_picture_is_a_byte_stream_behind_a_delimiter() -> None:
    avc = Avc(width=4, parameters=b"", held_back=0)
    assert avc.access_unit(sample(b"\x41abc", b"\x41def")) == (
        DELIMITER + START_CODE + b"\x41abc" + START_CODE + b"\x41def"
    )


def test_parameters_stand_before_each_key_picture() -> None:
    avc = Avc(width=2, parameters=b"parameters", held_back=0)
    unit = avc.access_unit(sample(b"\x06sei", b"\x65idr", sync=True, width=2))
    assert unit == DELIMITER + b"parameters" + START_CODE + b"\x06sei" + START_CODE + b"\x65idr"


def test_a_picture_with_a_delimiter_gets_no_second_one() -> None:
    avc = Avc(width=4, parameters=b"!", held_back=0)
    unit = avc.access_unit(sample(b"\x09\x10", b"\x65idr", sync=True))
    assert unit == START_CODE + b"\x09\x10" + b"!" + START_CODE + b"\x65idr"


@pytest.mark.parametrize("body", [b"\0\0\0\x09abc", b"\0\0", b"\0\0\0\x01a\0\0"])
def test_nal_units_that_do_not_fill_a_picture_are_refused(body: bytes) -> None:
    avc = Avc(width=4, parameters=b"", held_back=0)
    with pytest.raises(MediaError):
        avc.access_unit(Sample(at=0, shift=0, sync=False, body=memoryview(body)))


def test_a_sound_track_is_no_picture() -> None:
    with pytest.raises(MediaError):
        Avc.of(recorded_init(AUDIO))
