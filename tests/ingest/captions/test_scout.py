from dataclasses import replace
from pathlib import Path

import pytest

from flow.feed import NO_CAPTIONS as UNWANTED
from flow.feed import Feed, FeedKind
from flow.layout import Role
from ingest.captions.plan import IN_PICTURES, NO_CAPTIONS, CaptionSource
from ingest.captions.scout import CaptionScout
from ingest.facts import Facts
from ingest.kinds import feed_of
from ingest.means import Means
from tests.ingest.media import FFMPEG, H264, make, picture
from tests.ingest.spawning import spawn, until

SUBTITLE = "[info]   Stream #0:1(vie): Subtitle: subrip (srt) (default)"
SUBRIP = "1\n00:00:00,500 --> 00:00:01,000\nKính thưa\n"
LISTING = """\
#!/bin/sh
echo $* >> {calls}
cat >&2 <<X
[info]   Stream #0:0: Video: h264 (High), yuv420p, 640x360, 25 fps
{text}
X
"""


def _scout(feed: Feed, ffmpeg: str = "/no/such/ffmpeg") -> CaptionScout:
    return CaptionScout(feed, Means(spawn=spawn, ffmpeg=ffmpeg))


def _program(tmp_path: Path, text: str = "") -> str:
    """In place of FFmpeg: it knows of one picture, and what `text` says."""
    program = tmp_path / "stand-in"
    program.write_text(LISTING.format(calls=tmp_path / "calls", text=text))
    program.chmod(0o755)
    return str(program)


def _film(tmp_path: Path) -> Path:
    film = tmp_path / "a.mkv"
    film.write_bytes(b"")
    return film


def test_live_feeds_are_not_looked_at() -> None:
    for address in ("srt://:9000", "udp://:9000", "https://h/x.m3u8", "rtsp://h/x"):
        assert _scout(feed_of(address)).plan() == IN_PICTURES


def test_after_a_life_without_a_picture_the_next_one_goes_without_captions() -> None:
    """F-16: joined between two key pictures, a copy of the packets would end the decoder again and again."""
    scout = _scout(feed_of("udp://:9000"))
    scout.judge(0)
    assert scout.plan() == NO_CAPTIONS
    scout.judge(25)
    assert scout.plan() == IN_PICTURES


def test_what_has_no_captions_or_whose_captions_nobody_sees_is_not_looked_at(tmp_path: Path) -> None:
    film = feed_of(str(_film(tmp_path)))
    assert _scout(feed_of("testcard:")).plan() == NO_CAPTIONS
    assert _scout(Feed(address="/a.png", kind=FeedKind.STILL, shown="")).plan() == NO_CAPTIONS
    assert _scout(replace(film, role=Role.SLIDES)).plan() == NO_CAPTIONS
    assert _scout(replace(film, captions=UNWANTED)).plan() == NO_CAPTIONS


def test_a_film_is_looked_at_once_as_long_as_it_is_the_same(tmp_path: Path) -> None:
    film, calls = _film(tmp_path), tmp_path / "calls"
    scout = _scout(feed_of(str(film)), _program(tmp_path, SUBTITLE))
    assert (scout.plan().source, scout.plan().shown) == (CaptionSource.CUES, "subrip vie")
    assert scout.said_of(Facts()) == "subrip vie"
    looks = [line for line in calls.read_text().splitlines() if "null" in line]
    assert len(looks) == 1
    film.write_bytes(b"longer")
    scout.plan()
    looks = [line for line in calls.read_text().splitlines() if "null" in line]
    assert len(looks) == 2
    scout.close()


def test_a_file_beside_the_film_goes_before_what_is_in_it(tmp_path: Path) -> None:
    film = _film(tmp_path)
    (tmp_path / "a.srt").write_text(SUBRIP)
    (tmp_path / "b.vtt").write_text(SUBRIP.replace("Kính thưa", "khác"))
    program = _program(tmp_path, SUBTITLE)
    plan = _scout(feed_of(str(film)), program).plan()
    assert (plan.source, plan.shown, [cue.text for cue in plan.cues]) == (
        CaptionSource.CUES, "file a.srt", ["Kính thưa"],
    )
    other = replace(feed_of(str(film)), captions=str(tmp_path / "b.vtt"))
    assert _scout(other, program).plan().cues[0].text == "khác"


def test_captions_that_cannot_be_read_cost_the_captions_and_are_told(tmp_path: Path) -> None:
    scout = _scout(replace(feed_of(str(_film(tmp_path))), captions=str(tmp_path / "gone.srt")), _program(tmp_path))
    assert scout.plan().source is CaptionSource.NONE
    assert "gone.srt cannot be read" in scout.said_of(Facts())


def test_a_film_that_cannot_be_looked_at_is_left_to_its_decoder(tmp_path: Path) -> None:
    """Captions may never cost the picture."""
    (tmp_path / "a.srt").write_text(SUBRIP)
    assert _scout(feed_of(str(_film(tmp_path)))).plan() == IN_PICTURES


def test_status_says_what_cannot_be_taken() -> None:
    said = _scout(feed_of("udp://:9000")).said_of(Facts(captions=(("dvb_subtitle", "vie"),)))
    assert said == "DVB subtitles (vie): pictures of letters, cannot be taken as text"


@pytest.mark.line
def test_a_real_film_tells_its_streams_and_its_length(tmp_path: Path) -> None:
    subrip = tmp_path / "text.srt"
    subrip.write_text(SUBRIP)
    film = make(
        tmp_path / "a.mkv", *picture(seconds=2), "-i", str(subrip), *H264, "-c:s", "srt", "-map", "0", "-map", "1",
        "-metadata:s:s:0", "language=vie",
    )
    plan = _scout(feed_of(str(film)), FFMPEG).plan()
    assert (plan.source, plan.shown, plan.length) == (CaptionSource.CUES, "subrip vie", 2 * 48_000)
    until(lambda: [cue.text for cue in plan.cues] == ["Kính thưa"])
