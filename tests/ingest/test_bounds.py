"""The cage of each child that handles a feed's bytes."""

from pathlib import Path

from ingest.bounds import decoder_cage, front_cage
from ingest.kinds import feed_of


def test_a_decoder_reads_what_its_feed_names_and_has_no_network(tmp_path: Path) -> None:
    """T-07, T-08."""
    film, picture = tmp_path / "a.mp4", tmp_path / "a.png"
    film.touch()
    picture.touch()
    assert decoder_cage(feed_of(str(film))).read == (str(film),)
    assert decoder_cage(feed_of(f"still:{picture}?sound={film}")).read == (str(picture), str(film))
    for address in ("srt://h:9", "udp://239.1.1.1:5", "http://h/x.m3u8", "testcard:"):
        cage = decoder_cage(feed_of(address))
        assert (cage.read, cage.network, cage.written) == ((), False, 0)


def test_a_front_has_the_network_and_no_file() -> None:
    cage = front_cage(feed_of("srt://h:9"))
    assert (cage.read, cage.network, cage.door) == ((), True, None)


def test_a_front_opens_the_sockets_of_its_protocol_alone() -> None:
    """T-01, T-04: one that was taken over speaks to no service of ours."""
    srt, rtsp = front_cage(feed_of("srt://h:9")), front_cage(feed_of("rtsp://h/x"), 7)
    assert (srt.streams, srt.datagrams) == (False, True)
    assert (rtsp.streams, rtsp.datagrams, rtsp.door) == (True, False, 7)
