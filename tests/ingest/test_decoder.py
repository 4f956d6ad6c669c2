import os
import sys
import threading
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

from flow.errors import FeedError, ToolError
from flow.tick import SILENCE, SOUND_BYTES
from ingest.carriers import Carriers
from ingest.decoder import Decoder, Sinks
from ingest.facts import Facts
from ingest.kinds import feed_of
from ingest.means import Means
from ingest.pictures.sheet import Sheet
from ingest.reasons import SPINS, UNFRAMED
from tests.ingest.media import FFMPEG, H264, SENT, SMALL, make, picture, sending, sound
from tests.ingest.spawning import spawn, until
from tests.ingest.test_front import free_port


class Caught:
    """What came out of one decoder's life."""

    def __init__(self, address: str, ffmpeg: str = FFMPEG, sounds: tuple[int, ...] = (1,)) -> None:
        self.pictures: list[bytearray] = []
        self.sounds: dict[int, list[bytearray]] = defaultdict(list)
        self.facts: list[Facts] = []
        feed, means = feed_of(address), Means(spawn=spawn, ffmpeg=ffmpeg)
        self.carriers = Carriers(feed, height=SMALL.height, means=means)
        self.decoder = Decoder(
            feed=feed, sheet=Sheet(SMALL), title="", means=means,
            connect=self.carriers.next, sounds=sounds, sinks=Sinks(
                picture=self._picture, sound=self._sound,
                facts=self.facts.append,
            ),
        )
        self.enough = sys.maxsize
        self.refused: int | None = None

    @property
    def sound(self) -> list[bytearray]:
        return self.sounds[0]

    def _sound(self, at: int, one: bytearray) -> None:
        if at == self.refused:
            message = "it ran away"
            raise FeedError(message)
        self.sounds[at].append(one)

    def _picture(self, one: bytearray) -> None:
        self.pictures.append(one)
        if len(self.pictures) >= self.enough:
            self.decoder.kill()


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _stand_in(tmp_path: Path, *lines: str) -> str:
    """A program that takes any arguments in place of FFmpeg."""
    program = tmp_path / "stand-in"
    program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    program.chmod(0o755)
    return str(program)


def test_a_program_that_cannot_be_started_is_a_tool_error_and_leaves_no_pipe_open() -> None:
    before = _open_files()
    caught = Caught(f"udp://127.0.0.1:{free_port()}", ffmpeg="/no/such/ffmpeg")
    with pytest.raises(ToolError):
        caught.decoder.run()
    caught.carriers.close()
    assert _open_files() == before


def test_an_hls_feed_that_cannot_be_had_starts_no_process() -> None:
    before = _open_files()
    with pytest.raises(FeedError, match="cannot be reached"):
        Caught("http://127.0.0.1:1/x.m3u8", ffmpeg="/no/such/ffmpeg").decoder.run()
    assert _open_files() == before


def test_last_words_are_kept_without_what_is_only_informed(tmp_path: Path) -> None:
    ffmpeg = _stand_in(
        tmp_path, "echo \"[info] Input #0, mpegts, from 'x':\" >&2",
        'echo "[info] Stream #0:0: Video: h264, 9x9" >&2',
        'echo "[info] Stream mapping:" >&2', 'for n in $(seq 60); do echo "[error] word $n" >&2; done',
    )
    caught = Caught(f"udp://127.0.0.1:{free_port()}", ffmpeg)
    caught.decoder.run()
    assert list(caught.decoder.last_lines) == [f"[error] word {number}" for number in range(21, 61)]
    assert caught.facts[-1] == caught.decoder.facts == Facts(video=("h264",), complete=True)


def test_words_that_are_no_text_are_read_too(tmp_path: Path) -> None:
    caught = Caught(f"udp://127.0.0.1:{free_port()}", _stand_in(tmp_path, "printf '\\377\\376 broken\\n' >&2"))
    caught.decoder.run()
    assert list(caught.decoder.last_lines)[-1].endswith(" broken")


def test_the_connections_trouble_is_the_reason_and_not_that_its_decoder_then_got_nothing(tmp_path: Path) -> None:
    """Both programs stand in the same file: the front gives up on the address, the decoder on the empty pipe."""
    caught = Caught("srt://127.0.0.1:9", _stand_in(
        tmp_path, 'case "$*" in',
        """*concat*) echo "[in#0 @ 0x1] [error] Impossible to open 'srt://127.0.0.1:9'" >&2""",
        'echo "[fatal] Error opening input files: Input/output error" >&2 ;;',
        '*) cat <&"$(echo "$*" | sed "s/.*-i pipe:\\([0-9]*\\).*/\\1/")" >/dev/null',
        'echo "[fatal] could not find codec parameters" >&2 ;;', "esac",
    ))
    caught.decoder.run()
    assert "the sender does not answer" in caught.decoder.trouble


def test_it_can_be_ended_from_another_thread_and_before_it_runs(tmp_path: Path) -> None:
    for early in (True, False):
        caught = Caught(f"udp://127.0.0.1:{free_port()}", _stand_in(tmp_path, "exec sleep 60"))
        thread = threading.Thread(target=caught.decoder.run)
        if early:
            caught.decoder.kill()
        thread.start()
        caught.decoder.kill()
        thread.join(10)
        assert not thread.is_alive()


def test_garbled_sound_does_not_stop_the_pictures(tmp_path: Path) -> None:
    lines = [
        "import os, sys", "pipes = [int(word[5:]) for word in sys.argv if word.startswith('pipe:')][-2:]",
        "os.write(pipes[1], bytes(40))", f"open(pipes[0], 'wb').write(bytes({2 * SMALL.picture_bytes}))",
    ]
    (tmp_path / "stand_in.py").write_text("\n".join(lines))
    ffmpeg = _stand_in(tmp_path, f'exec {sys.executable} {tmp_path}/stand_in.py "$@"')
    caught = Caught(f"udp://127.0.0.1:{free_port()}", ffmpeg)
    caught.decoder.run()
    assert (caught.decoder.pictures, caught.sound) == (2, [])


def test_a_decoder_that_hangs_in_a_loop_is_ended_and_counts_as_crashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-02, T-06."""
    monkeypatch.setattr("ingest.decoder._LOOK", 0.05)
    monkeypatch.setattr("ingest.appetite.WINDOW_NS", 400_000_000)
    monkeypatch.setattr("ingest.appetite.CORES", 0.05)
    loop = _stand_in(tmp_path, f"exec {sys.executable} -S -c 'while True: pass'")
    caught = Caught(f"udp://127.0.0.1:{free_port()}", loop)
    caught.decoder.run()
    caught.carriers.close()
    assert caught.decoder.crashed
    assert caught.decoder.trouble == SPINS


def test_a_decoder_that_has_worked_hard_may_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """2160p, and then a slide that stands: what its pictures have cost is not held against it."""
    monkeypatch.setattr("ingest.decoder._LOOK", 0.05)
    monkeypatch.setattr("ingest.appetite.WINDOW_NS", 300_000_000)
    lines = [
        "import os, sys, time", "pipes = [int(word[5:]) for word in sys.argv if word.startswith('pipe:')][-2:]",
        "end = time.monotonic() + 0.6", f"one = bytes({SMALL.picture_bytes})", "pipe = open(pipes[0], 'wb')",
        "while time.monotonic() < end: pipe.write(one)", "time.sleep(0.8)",
    ]
    (tmp_path / "stand_in.py").write_text("\n".join(lines))
    ffmpeg = _stand_in(tmp_path, f'exec {sys.executable} {tmp_path}/stand_in.py "$@"')
    caught = Caught(f"udp://127.0.0.1:{free_port()}", ffmpeg)
    caught.decoder.run()
    caught.carriers.close()
    assert caught.pictures
    assert caught.decoder.trouble != SPINS


def test_a_decoder_that_waits_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.decoder._LOOK", 0.01)
    monkeypatch.setattr("ingest.appetite.WINDOW_NS", 50_000_000)
    caught = Caught(f"udp://127.0.0.1:{free_port()}", _stand_in(tmp_path, "exec sleep 0.5"))
    caught.decoder.run()
    caught.carriers.close()
    assert not caught.decoder.crashed
    assert caught.decoder.trouble != SPINS


def test_a_reader_that_is_late_reads_of_no_pipe_but_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """F-01: the next decoder's pipes get the lowest numbers that are free, which may have been its own."""
    monkeypatch.setattr("ingest.decoder._ENDING", 0.05)
    lines = [
        "import os, sys", "pipes = [int(word[5:]) for word in sys.argv if word.startswith('pipe:')][-2:]",
        f"open(pipes[0], 'wb').write(bytes({2 * SMALL.picture_bytes}))",
    ]
    (tmp_path / "stand_in.py").write_text("\n".join(lines))
    before, held = _open_files(), threading.Event()
    ffmpeg = _stand_in(tmp_path, f'exec {sys.executable} {tmp_path}/stand_in.py "$@"')
    caught = Caught(f"udp://127.0.0.1:{free_port()}", ffmpeg)
    monkeypatch.setattr(caught, "_picture", lambda one: (caught.pictures.append(one), held.wait()))
    caught.decoder._sinks = replace(caught.decoder._sinks, picture=caught._picture)
    caught.decoder.run()
    (late,) = [one for one in threading.enumerate() if one.name == "pictures"]
    others = [os.pipe() for _ in range(8)]
    for _, writing in others:
        os.write(writing, b"another's")
        os.close(writing)
    held.set()
    late.join(10)
    caught.carriers.close()
    assert len(caught.pictures) == 2
    for reading, _ in others:
        assert os.read(reading, 99) == b"another's"
        os.close(reading)
    assert _open_files() == before


@pytest.mark.line
def test_pictures_and_sound_of_a_file_come_at_its_own_pace(tmp_path: Path) -> None:
    clip = make(tmp_path / "a.mp4", *picture(seconds=1), *sound(1), *H264)
    before = _open_files()
    caught = Caught(str(clip))
    caught.enough = 40
    caught.decoder.run()
    assert {len(one) for one in caught.pictures} == {SMALL.picture_bytes}
    assert {len(one) for one in caught.sound} == {SOUND_BYTES}
    assert abs(len(caught.sound) - len(caught.pictures)) < 15
    assert sum(one != SILENCE for one in caught.sound) > 30
    assert caught.decoder.facts.received == "h264 426x240 25 fps, aac 48000 Hz mono"
    assert _open_files() == before


@pytest.mark.line
def test_a_still_picture_is_given_out_at_the_clock_s_pace_with_a_file_s_sound(tmp_path: Path) -> None:
    still = make(tmp_path / "nghỉ.png", *picture("640x480", "1", 1), "-frames:v", "1")
    music = make(tmp_path / "a.m4a", *sound(1), "-c:a", "aac")
    caught = Caught(f"still:{still}?sound={music}")
    caught.enough = 40
    began = time.monotonic()
    caught.decoder.run()
    assert time.monotonic() - began > 1.2  # 40 pictures at 25 a second, not as fast as they can be copied
    assert len({bytes(one) for one in caught.pictures}) == 1
    assert sum(one != SILENCE for one in caught.sound) > 20


@pytest.mark.line
def test_a_still_picture_without_sound_is_known_to_have_none(tmp_path: Path) -> None:
    caught = Caught(str(make(tmp_path / "nghỉ.jpg", *picture("64x64", "1", 1), "-frames:v", "1")))
    caught.enough = 5
    caught.decoder.run()
    assert caught.pictures
    assert (caught.sound, caught.decoder.facts.audio) == ([], ())


@pytest.mark.line
def test_a_file_wanted_once_ends(tmp_path: Path) -> None:
    caught = Caught(f"once:{make(tmp_path / 'a.mp4', *picture(seconds=0.4), *H264)}")
    caught.decoder.run()
    assert len(caught.pictures) == 10


@pytest.mark.line
@pytest.mark.parametrize("scheme", ["udp", "rtp"])
def test_a_transport_stream_over_udp_or_rtp_is_decoded(tmp_path: Path, scheme: str) -> None:
    clip = make(tmp_path / "a.ts", *picture(seconds=4), *sound(4), *SENT)
    port = free_port()
    caught = Caught(f"{scheme}://127.0.0.1:{port}")
    caught.enough = 30
    form = {"udp": "mpegts", "rtp": "rtp_mpegts"}[scheme]
    to = f"{scheme}://127.0.0.1:{port}" + ("?pkt_size=1316" if scheme == "udp" else "")
    running = threading.Thread(target=caught.decoder.run)
    running.start()
    until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
    with sending("-i", str(clip), "-c", "copy", "-f", form, to):
        running.join(20)
    assert len(caught.pictures) >= 30
    assert caught.decoder.facts.received == "h264 426x240 25 fps, aac 48000 Hz mono"
    assert caught.decoder.carried.lost == 0


def test_the_size_as_received_is_told_anew_when_it_changes(tmp_path: Path) -> None:
    """F-12."""
    halves = [
        make(tmp_path / f"{size}.ts", *picture(size, seconds=1), *H264, "-output_ts_offset", str(at))
        for at, size in enumerate(("320x180", "160x90"))
    ]
    film = tmp_path / "film.ts"
    film.write_bytes(b"".join(half.read_bytes() for half in halves))
    caught = Caught(f"once:{film}")
    caught.decoder.run()
    assert [facts.received for facts in caught.facts][-2:] == ["h264 320x180 25 fps", "h264 160x90 25 fps"]


def called(address: str, clip: Path, carriers: Carriers, *decoders: Decoder) -> None:
    """Decoders of a listener, one after the other, while somebody calls it once; nothing of that stays open."""
    before, port = _open_files(), int(urlsplit(address).port or 0)
    running = threading.Thread(target=lambda: [decoder.run() for decoder in decoders])
    running.start()
    until(lambda: b":%04X" % port in Path("/proc/net/udp").read_bytes())
    with sending("-i", str(clip), "-c", "copy", "-f", "mpegts", f"srt://127.0.0.1:{port}?pkt_size=1316"):
        running.join(20)
    carriers.close()
    until(lambda: _open_files() == before)


@pytest.mark.line
def test_the_sound_of_a_call_with_opus_is_decoded_by_the_second_decoder_of_that_call(tmp_path: Path) -> None:
    """In a transport stream Opus has a head that only a parser takes off; the caller does not call again."""
    clip = make(tmp_path / "a.ts", *picture(seconds=9), *sound(9), "-c:a", "libopus", *H264)
    address = f"srt://127.0.0.1:{free_port()}?mode=listener"
    first, second = Caught(address), Caught(address)
    second.decoder._connect, second.enough = first.carriers.next, 60
    called(address, clip, first.carriers, first.decoder, second.decoder)
    assert first.decoder.trouble == UNFRAMED
    assert not first.decoder.crashed
    assert len(second.pictures) >= 60
    assert pitch(second.sound) == 440


@pytest.mark.line
def test_a_picture_over_srt_may_be_larger_than_a_demuxer_s_packet(tmp_path: Path) -> None:
    """FFmpeg cuts what has no length at 200 KB; without a parser each piece would be a picture."""
    noise = ("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=4,noise=alls=60:allf=t")
    clip = make(tmp_path / "a.ts", *noise, *sound(4), "-c:a", "aac", *H264, "-qp", "12")
    assert clip.stat().st_size > 100 * 250_000
    address = f"srt://127.0.0.1:{free_port()}?mode=listener"
    caught = Caught(address)
    caught.enough = 40
    called(address, clip, caught.carriers, caught.decoder)
    assert len(caught.pictures) >= 40
    assert not [line for line in caught.decoder.last_lines if "h264" in line and "[error]" in line]


def two_tones(path: Path, *more: str) -> Path:
    """A picture with two sounds: 440 Hz, called Vietnamese, and 1,000 Hz, called English."""
    tone = ("-f", "lavfi", "-i", "sine=1000:r=48000:d=2")
    maps = ("-map", "0:v", "-map", "1:a", "-map", "2:a", "-metadata:s:a:0", "language=vie",
            "-metadata:s:a:1", "language=eng")
    return make(path, *picture(), *sound(), *tone, *maps, *SENT, *more)


def pitch(ticks: list[bytearray]) -> int:
    """The strongest frequency of a second of sound, in Hz."""
    whole = np.frombuffer(b"".join(ticks[10:35]), "<i2")[::2]
    return int(np.abs(np.fft.rfft(whole)).argmax())


@pytest.mark.line
def test_each_sound_that_is_wanted_comes_apart_in_the_order_wanted(tmp_path: Path) -> None:
    before = _open_files()
    caught = Caught(str(two_tones(tmp_path / "a.ts")), sounds=(2, 1, 3))
    caught.enough = 50
    caught.decoder.run()
    assert [pitch(caught.sounds[at]) for at in (0, 1)] == [1_000, 440]
    assert 2 not in caught.sounds
    assert len(caught.decoder.facts.audio) == 2
    assert _open_files() == before


@pytest.mark.line
def test_a_sound_that_is_not_wanted_any_more_holds_up_nothing(tmp_path: Path) -> None:
    """T-09: one of several sounds ran away; its pipe is emptied, and the rest goes on."""
    caught = Caught(str(two_tones(tmp_path / "a.ts")), sounds=(1, 2))
    caught.refused = 1
    caught.enough = 75
    caught.decoder.run()
    assert len(caught.pictures) >= 75
    assert len(caught.sounds[0]) > 60
    assert 1 not in caught.sounds
