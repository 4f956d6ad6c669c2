"""What an operator's words name."""

from pathlib import Path

import pytest

from flow.errors import OperatorError
from flow.feed import FeedKind
from ingest.kinds import DOOR, feed_of, words_of


@pytest.mark.parametrize(("text", "kind"), [
    ("testcard:", FeedKind.TESTCARD),
    ("srt://10.0.0.1:9000", FeedKind.SRT),
    ("srt://:9000?mode=listener", FeedKind.SRT),
    ("rtmp://h/live/key", FeedKind.RTMP),
    ("rtsp://h/path", FeedKind.RTSP),
    ("udp://@239.1.2.3:1234", FeedKind.UDP),
    ("https://h/live/index.m3u8", FeedKind.HLS),
])
def test_the_scheme_tells_the_kind(text: str, kind: FeedKind) -> None:
    assert feed_of(text).kind is kind


def test_a_file_is_named_by_its_whole_path(tmp_path: Path) -> None:
    clip = tmp_path / "họp.mp4"
    clip.write_bytes(b"x")
    assert feed_of(str(clip)).address == str(clip)
    assert feed_of(f"file://{clip}").kind is FeedKind.FILE


@pytest.mark.parametrize("text", [
    "srt://:9000?passphrase=short", "srt://:9000?latency=200000", "srt://:9000?latency=x", "rtmp:",
    "srt://:9000?pbkeylen=8", "rtmp://:1935/live/short", "rtmp://:1935/other/0123456789012345678901", "rtmps:///live/x",
    "udp://h:1?program=x", "once:/no/such.mp4", "still:/no/such.png",
    "", "a\nb", "/no/such/file.mp4", "srt://host", "udp://host", "rtmp:///live", "http://h/film.mp4",
    "concat:a|b", "subfile:x", "data:text", "pipe:0", "tee:x", "file://host/x", "file://[x",
])
def test_anything_else_is_refused_with_a_way_out(text: str) -> None:
    """T-05: protocols of FFmpeg that name files or commands are no feeds."""
    with pytest.raises(OperatorError) as caught:
        feed_of(text)
    assert caught.value.remedy


@pytest.mark.parametrize(("text", "words", "way_out"), [
    ("srt://0.0.0.0:9000", "every address of a machine", "srt://:port"),
    ("srt://[::]:9000", "every address", "srt://:port"), ("rtsp://0.0.0.0/x", "every address", "sender's address"),
    ("srt://239.1.2.3:9000", "multicast group", "srt://:port"), ("srt://[ff3e::1]:9000", "multicast", "srt://"),
    ("srt://239.1.2.3:9000?mode=listener", "multicast group", "srt://:port"),
    ("http://239.1.2.3/x.m3u8", "multicast group", "udp://"),
    ("rtmp://255.255.255.255/live/x", "no machine", "udp"),
    ("udp://0.0.0.0@239.1.2.4:5000", "every address", "SOURCE@GROUP"),
    ("udp://239.1.2.3@239.1.2.4:5000", "multicast group", "SOURCE@GROUP"),
    ("udp://239.1.2.4:5000?interface=239.1.2.9", "multicast group", "interface"),
    ("rtp://239.1.2.4:5000?twin=239.1.2.4:5000", "same place", "twin="), ("rtsp://h:0/x", "port", "1 to 65535"),
])
def test_an_address_at_which_nobody_can_be_is_refused(text: str, words: str, way_out: str) -> None:
    with pytest.raises(OperatorError, match=words) as caught:
        feed_of(text)
    assert way_out in caught.value.remedy


@pytest.mark.parametrize("text", [
    "srt://0.0.0.0:9000?mode=listener", "udp://0.0.0.0:5000", "udp://[::]:5000", "srt://[64:ff9b::a00:1]:9000",
    "rtp://239.1.2.4:5000?twin=239.1.2.5:5000", "srt://10.0.0.5:9000", "https://studio.example/x.m3u8",
])
def test_an_address_at_which_somebody_may_be_is_taken(text: str) -> None:
    assert feed_of(text).address == text


def test_all_that_is_known_is_told_with_what_comes_to_us() -> None:
    with pytest.raises(OperatorError) as caught:
        feed_of("gopher://10.0.0.5/x")
    assert "srt://:port" in caught.value.remedy
    assert "rtmp:" in caught.value.remedy.split(", ")


def test_a_misspelt_scheme_gets_the_nearest() -> None:
    with pytest.raises(OperatorError, match="rtsp://host/path"):
        feed_of("rstp://h/x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="folder"):
        feed_of(str(tmp_path))


def test_a_feed_never_shows_its_secret() -> None:
    feed = feed_of("srt://h:9000?passphrase=geheim12345")
    assert "geheim" not in feed.shown
    assert "geheim" not in repr(feed)


def test_a_file_may_be_wanted_once_and_a_picture_with_a_sound(tmp_path: Path) -> None:
    film, picture, music = tmp_path / "a.mp4", tmp_path / "nghỉ.PNG", tmp_path / "a.m4a"
    for path in (film, picture, music):
        path.touch()
    assert feed_of(f"once:{film}").once
    assert not feed_of(str(film)).once
    still = feed_of(f"still:{picture}?sound={music}")
    assert (still.kind, still.address, still.sound) == (FeedKind.STILL, str(picture), str(music))
    assert feed_of(str(picture)).kind is FeedKind.STILL
    with pytest.raises(OperatorError, match="no still picture"):
        feed_of(f"still:{film}")
    for text in (f"once:{film}", str(film), f"still:{picture}?sound={music}", str(picture), "srt://h:9"):
        assert feed_of(words_of(feed_of(text))) == feed_of(text)


def test_a_publisher_s_feed_has_a_long_key_and_shows_none() -> None:
    """T-02, T-11."""
    feed = feed_of(DOOR + "k" * 22)
    assert feed.kind is FeedKind.RTMP
    assert feed.shown == feed_of("rtmp://:1935/live/" + "k" * 22).shown == "rtmp:///live/…"


def test_a_stream_key_of_21_letters_has_fewer_than_128_bits() -> None:
    """T-02: 6 bits a letter in base64url, so 22 letters are the fewest that hold 128."""
    assert 21 * 6 < 128 <= 22 * 6
    assert feed_of(DOOR + "k" * 22)
    for length in (16, 19, 21):
        with pytest.raises(OperatorError, match="22 or more letters"):
            feed_of(DOOR + "k" * length)


def test_a_programme_of_a_multiplex_is_named_by_its_number() -> None:
    assert feed_of("udp://239.1.2.3:5000?program=1203").program == 1203


def test_a_films_captions_may_be_named_or_not_wanted(tmp_path: Path) -> None:
    film, text = tmp_path / "a.mp4", tmp_path / "a.vi.srt"
    for path in (film, text):
        path.touch()
    feed = feed_of(f"{film}?captions={text}")
    assert (feed.kind, feed.address, feed.captions) == (FeedKind.FILE, str(film), str(text))
    for words in (f"{film}?captions={text}", f"once:{film}?captions={text}", f"{film}?captions=none"):
        feed = feed_of(words)
        assert feed.shown == words == words_of(feed)
        assert feed_of(words_of(feed)) == feed
    assert feed_of(f"file://{film}?captions=none") == feed_of(f"{film}?captions=none")
    with pytest.raises(OperatorError, match="no file with captions"):
        feed_of(f"{film}?captions={film}")
    with pytest.raises(OperatorError, match="no file"):
        feed_of(f"{film}?captions={tmp_path}/gone.srt")


@pytest.mark.parametrize("host", ["0177.0.0.1", "2130706433", "0x7f000001", "127.1", "%31%32%37.0.0.1", "a_b..c"])
@pytest.mark.parametrize("form", [
    "srt://{}:9000", "rtsp://{}/x", "rtmp://{}/live/x", "rtmps://u:p@{}/live/x", "https://{}/x.m3u8",
])
def test_a_host_that_can_be_misread_is_refused_when_it_is_typed(form: str, host: str) -> None:
    """T-04."""
    with pytest.raises(OperatorError, match="read in one way only"):
        feed_of(form.format(host))


@pytest.mark.parametrize("name", ["a" * 5_000, "ế" * 300, "half\ud800", "captions.mp4?captions=" + "b" * 5_000])
def test_what_can_be_no_file_s_name_is_no_file(name: str) -> None:
    """T-28: the file system has an error of its own for these."""
    with pytest.raises(OperatorError, match=r"There is no file"):
        feed_of(name)
