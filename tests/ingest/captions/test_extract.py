import logging
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.feed import Feed, FeedKind
from flow.timebase import SCALE
from ingest.captions.extract import CaptionExtract
from ingest.captions.plan import TELETEXT
from ingest.kinds import feed_of
from ingest.means import Means
from tests.ingest.media import FFMPEG, H264, make, picture
from tests.ingest.spawning import spawn, stand_in, until
from tests.ingest.teletext_making import with_teletext

FILM = Feed(address="/no/film.mkv", kind=FeedKind.FILE, shown="film.mkv")


def _extract(ffmpeg: str, feed: Feed = FILM, stream: int = 0) -> CaptionExtract:
    return CaptionExtract(feed, Means(spawn=spawn, ffmpeg=ffmpeg), stream, "subrip,srt")


def test_texts_are_there_as_soon_as_they_are_read(tmp_path: Path) -> None:
    text = "1\\n00:00:01,000 --> 00:00:02,000\\nKính thưa\\n\\n"
    reading = _extract(stand_in(tmp_path, f"os.write(pipes[-1], '{text}'.encode())", "time.sleep(60)"))
    reading.start()
    until(lambda: len(reading.cues) == 1)
    assert (reading.cues[0].start, reading.cues[0].text) == (SCALE, "Kính thưa")
    reading.stop()


def test_a_program_that_cannot_be_started_is_a_tool_error() -> None:
    with pytest.raises(ToolError):
        _extract("/no/such/ffmpeg").start()


def test_a_stream_that_cannot_be_read_leaves_no_text_and_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    reading = _extract(stand_in(tmp_path, "say('[error] it is broken')", "sys.exit(1)"))
    with caplog.at_level(logging.WARNING):
        reading.start()
        until(lambda: "it is broken" in caplog.text)
    assert list(reading.cues) == []


@pytest.mark.line
def test_the_wanted_stream_of_a_real_film_is_read_whole(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.srt").write_text(
            f"1\n00:00:00,500 --> 00:00:01,000\n<b>{name}</b>\n\n2\n01:00:00,000 --> 01:00:01,000\nlast\n",
        )
    film = make(
        tmp_path / "a.mkv", *picture(seconds=1), "-i", str(tmp_path / "one.srt"), "-i", str(tmp_path / "two.srt"),
        *H264, "-c:s", "ass", "-map", "0", "-map", "1", "-map", "2",
    )
    reading = CaptionExtract(feed_of(str(film)), Means(spawn=spawn, ffmpeg=FFMPEG), 1, "ass,ssa")
    reading.start()
    until(lambda: len(reading.cues) == 2)
    assert [(cue.start * 2 // SCALE, cue.text) for cue in reading.cues] == [(1, "two"), (7_200, "last")]


@pytest.mark.line
def test_teletext_is_read_in_the_time_of_the_pictures(tmp_path: Path) -> None:
    film = with_teletext(tmp_path / "a.ts", [(0.4, "Xin chao"), (1.2, ""), (1.6, "Hai & ba"), (2.4, "")], 3)
    reading = CaptionExtract(feed_of(str(film)), Means(spawn=spawn, ffmpeg=FFMPEG), 0, TELETEXT)
    reading.start()
    until(lambda: len(reading.cues) == 2)
    told = [(cue.start * 1_000 // SCALE, cue.end * 1_000 // SCALE, cue.text) for cue in reading.cues]
    assert told == [(400, 1_200, "Xin chao"), (1_600, 2_400, "Hai & ba")]
