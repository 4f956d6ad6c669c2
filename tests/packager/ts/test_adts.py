import subprocess

import pytest

from desk.ffmpeg import find_ffmpeg
from flow.errors import MediaError
from flow.ladder import AUDIO
from packager.ts.adts import SILENT_FRAME, Adts
from tests.packager.ts.media import V0, encoded, recorded_init
from tests.recorded.builder import EPOCH


@pytest.mark.parametrize("init", ["recorded", "encoded"])
def test_the_init_section_says_what_stands_in_each_header(init: str) -> None:
    body = recorded_init(AUDIO) if init == "recorded" else encoded(EPOCH, 4)[0].sound_init
    assert Adts.of(body) == Adts(kind=2, rate=3, channels=2)


def test_a_header_says_how_long_its_frame_is() -> None:
    framed = Adts().frame(b"x" * 300)
    assert framed[:2] == b"\xff\xf1"
    assert (framed[3] & 3) << 11 | framed[4] << 3 | framed[5] >> 5 == 307
    assert len(framed) == 307


def test_silence_is_what_a_decoder_hears() -> None:
    done = subprocess.run(
        [find_ffmpeg("").path, "-v", "warning", "-f", "aac", "-i", "pipe:0", "-f", "s16le", "pipe:1"],
        input=Adts().frame(SILENT_FRAME) * 10, check=True, capture_output=True,
    )
    assert done.stderr == b""
    assert done.stdout == bytes(10 * 1_024 * 4)


def test_what_adts_cannot_carry_is_refused() -> None:
    with pytest.raises(MediaError):
        Adts().frame(bytes(9_000))
    with pytest.raises(MediaError):
        Adts.of(recorded_init(V0))
    with pytest.raises(MediaError):
        Adts.of(recorded_init(AUDIO).replace(b"\x11\x90", b"\xf9\x90"))
