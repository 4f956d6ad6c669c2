import os
from contextlib import closing
from pathlib import Path

from flow.feed import NO_CAPTIONS, Feed, FeedKind
from ingest.captions.probe import CaptionProbe
from ingest.facts import Facts
from ingest.kinds import feed_of
from tests.ingest.caption_making import line21, sei
from tests.ingest.playout.test_sound_frames import block, cluster

FILE = Feed(address="/no/film.mp4", kind=FeedKind.FILE, shown="")


def test_what_comes_by_the_pipe_is_counted() -> None:
    with closing(CaptionProbe()) as probe:
        ffmpeg = os.dup(probe.pipe)
        probe.start()
        os.write(ffmpeg, cluster(0, block(0, sei(line21((0x41, 0x42))), track=1)))
        os.close(ffmpeg)
        said = probe.said(FILE, Facts(captions=(("dvb_teletext", "vie"),)))
    assert said == ("teletext (vie): text, taken", "CEA-608 in the pictures: text, taken")


def test_one_that_never_began_leaves_no_pipe_open() -> None:
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - only their number counts
    CaptionProbe().close()
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


def test_a_file_beside_the_film_is_told_or_why_it_cannot_be_read(tmp_path: Path) -> None:
    film, text = tmp_path / "a.mp4", tmp_path / "a.srt"
    film.touch()
    text.write_text("00:00:01,000 --> 00:00:02,000\ntext\n")
    with closing(CaptionProbe()) as probe:
        probe.start()
        assert probe.said(feed_of(str(film)), Facts()) == ("file a.srt: 1 texts, taken before all others",)
        assert probe.said(feed_of(f"{film}?captions={NO_CAPTIONS}"), Facts()) == ()
        gone = Feed(address=str(film), kind=FeedKind.FILE, shown="", captions=str(tmp_path / "b.srt"))
        assert "cannot be read" in probe.said(gone, Facts())[0]
        assert probe.said(feed_of("srt://h:9"), Facts()) == ()
