import json
import subprocess
from pathlib import Path

import pytest

from ingest.kinds import feed_of
from ingest.means import Means
from ingest.probe import NO_SOUND, probe
from tests.ingest.caption_making import captioned, line21, pop_on
from tests.ingest.hls.test_pull import Shop, sounds_apart
from tests.ingest.hls_bodies import END, playlist, ts
from tests.ingest.media import FFMPEG, H264, make, picture, sound
from tests.ingest.serving import serving
from tests.ingest.spawning import spawn

LISTING = r"""cat >&2 <<'X'
[info] Input #0, mpegts, from 'x':
[info]   Stream #0:0: Video: h264 (High), yuv420p(progressive), 1280x720, 25 fps
[info]   Stream #0:1: Audio: aac (LC), 48000 Hz, stereo, fltp
[info]   Stream #0:2(eng): Audio: mp2, 48000 Hz, mono, fltp
[info] Stream mapping:
[info]   Stream #0:0: Video: wrapped_avframe, yuv420p, 1280x720, 25 fps
X"""


def means(ffmpeg: str) -> Means:
    return Means(spawn=spawn, ffmpeg=ffmpeg)


def _program(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "stand-in"
    text = "\n".join(["#!/bin/sh", *lines, ""])
    # By another process: a thread that forks meanwhile would hold what was written here open, and it could not be
    # run ("Text file busy").
    subprocess.run(["/usr/bin/tee", path], input=text.encode(), stdout=subprocess.DEVNULL, check=True)
    path.chmod(0o755)
    return str(path)


def test_the_test_card_is_known_without_asking() -> None:
    assert probe(feed_of("testcard:"), means("/no/such/ffmpeg")).ok


def test_every_stream_is_told_and_the_first_of_each_kind_is_what_is_received(tmp_path: Path) -> None:
    report = probe(feed_of("srt://127.0.0.1:9"), means(_program(tmp_path, LISTING)))
    assert (report.ok, report.why) == (True, "")
    assert report.received == "h264 1280x720 25 fps, aac 48000 Hz stereo"
    assert report.streams == ("h264 1280x720 25 fps", "aac 48000 Hz stereo", "mp2 48000 Hz mono")
    assert [str(sound) for sound in report.sounds] == ["1: aac 48000 Hz stereo", "2: mp2 48000 Hz mono (eng)"]
    told = json.loads(json.dumps(report.to_json()))
    assert told["ok"] is True
    assert told["sounds"][1] == {"number": 2, "received": "mp2 48000 Hz mono", "language": "eng"}


def test_sounds_in_playlists_of_their_own_have_the_numbers_and_languages_of_those(tmp_path: Path) -> None:
    """The second one cannot be had: the third is the third all the same."""
    one = r"[info] Input #{0}, mov, from 'x':\n[info]   Stream #{0}:0(und): {1}\n"
    kinds = ("Video: h264, yuv420p, 426x240, 25 fps", *["Audio: aac (LC), 48000 Hz, stereo, fltp"] * 2)
    said = "".join(one.format(at, kind) for at, kind in enumerate(kinds))
    shop = Shop({
        "x.m3u8": sounds_apart("vi", "en", "tyz"),
        **{f"{name}.m3u8": playlist(name) + END for name in ("v", "vi", "tyz")},
        **{name: ts(name) for name in ("v", "vi", "tyz")},
    })
    with serving(shop) as address:
        report = probe(feed_of(f"{address}/x.m3u8"), means(_program(tmp_path, f"printf \"{said}\" >&2")))
    said = ", ".join(str(sound) for sound in report.sounds)
    assert said == "1: aac 48000 Hz stereo (vi), 3: aac 48000 Hz stereo (tyz)"


def test_a_feed_that_brings_nothing_is_left_when_the_time_is_over(tmp_path: Path) -> None:
    """F-04."""
    report = probe(feed_of("srt://:9000"), means(_program(tmp_path, "exec sleep 60")), seconds=0.2)
    assert (report.ok, report.why) == (False, "nothing came within 0 s")


def test_what_was_told_before_the_time_was_over_counts(tmp_path: Path) -> None:
    report = probe(feed_of("srt://:9000"), means(_program(tmp_path, LISTING, "exec sleep 60")), seconds=0.5)
    assert report.ok


def test_a_refusal_is_said_in_one_sentence(tmp_path: Path) -> None:
    words = "echo '[error] srt://h:1?streamid=geheim: Connection refused' >&2"
    report = probe(feed_of("srt://127.0.0.1:1?streamid=geheim"), means(_program(tmp_path, words)))
    assert not report.ok
    assert "refuses the connection" in report.why
    assert "geheim" not in json.dumps(report.to_json())


def test_what_is_wrong_with_a_playlist_is_said_rather_than_that_sound_is_missing() -> None:
    with serving(Shop({"x.m3u8": "<html>"})) as address:
        report = probe(feed_of(f"{address}/x.m3u8"), means("/no/such/ffmpeg"))
    assert (report.ok, report.why) == (False, "the address does not answer with an HLS playlist")


@pytest.mark.line
def test_a_film_without_sound_can_be_taken_and_one_without_picture_cannot(tmp_path: Path) -> None:
    mute = probe(feed_of(str(make(tmp_path / "m.mp4", *picture(seconds=1), *H264))), means(FFMPEG))
    assert (mute.ok, mute.why, mute.received) == (True, NO_SOUND, "h264 426x240 25 fps")
    blind = probe(feed_of(str(make(tmp_path / "s.mp4", *sound(1)))), means(FFMPEG))
    assert (blind.ok, blind.why) == (False, "the feed has sound but no picture")


@pytest.mark.line
def test_captions_are_told_with_whether_they_can_be_taken(tmp_path: Path) -> None:
    pairs = [line21(pair) for pair in pop_on("HELLO")]
    coded = captioned(tmp_path / "a.ts", pairs, seconds=1)
    assert probe(feed_of(str(coded)), means(FFMPEG)).captions == ("CEA-608 in the pictures: text, taken",)
    subrip = tmp_path / "text.srt"
    subrip.write_text("1\n00:00:00,500 --> 00:00:01,000\nKính thưa\n")
    film = make(
        tmp_path / "b.mkv", *picture(seconds=1), "-i", str(subrip), *H264, "-c:s", "srt", "-map", "0", "-map", "1",
        "-metadata:s:s:0", "language=vie",
    )
    report = probe(feed_of(str(film)), means(FFMPEG))
    assert (report.ok, report.captions) == (True, ("subrip (vie): text, taken",))
