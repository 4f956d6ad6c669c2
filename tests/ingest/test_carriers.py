"""Each kind of feed has the carrier that may fetch it."""

import os
from pathlib import Path

import pytest

from flow.errors import FeedError
from flow.event import EventKind
from ingest.carrier import Carrier
from ingest.carriers import Carriers
from ingest.hls.pull import HlsPull
from ingest.kinds import DOOR, feed_of
from ingest.means import Means
from ingest.notices import Notice, Notices
from ingest.rtmp.mouth import RtmpMouth
from ingest.rtmp.pull import RtmpPull
from ingest.rtsp.pull import RtspPull
from ingest.srt.receiver import SrtReceiver
from ingest.udp.receiver import UdpReceiver
from tests.ingest.spawning import spawn, stand_in, until


def carrier(address: str, door: Path | None = None) -> Carrier | None:
    return Carriers(feed_of(address), height=720, means=Means(spawn=spawn, ffmpeg="ffmpeg", door=door)).next()


@pytest.mark.parametrize(("address", "kind"), [
    ("srt://h:9000", SrtReceiver), ("rtsp://h/x", RtspPull), ("udp://127.0.0.1:1", UdpReceiver),
    ("rtp://239.1.1.1:5000", UdpReceiver), ("http://h/x.m3u8", HlsPull), ("rtmp://h/live/x", RtmpPull),
])
def test_what_comes_from_the_network_is_carried(address: str, kind: type) -> None:
    """T-07: a decoder opens no address of the network."""
    assert isinstance(carrier(address), kind)


def test_a_caller_that_srt_refused_is_noticed(tmp_path: Path) -> None:
    """T-01: once a minute, however often it calls."""
    words = "SRT.cn: processConnectRequest: rsp(REJECT): 1010 - Incorrect passphrase"
    program = stand_in(tmp_path, f"[say({words!r}) for _ in range(9)]", front=True)
    notices = Notices()
    feed = feed_of("srt://:9000?passphrase=0123456789ab")
    carriers = Carriers(feed, height=720, means=Means(spawn=spawn, ffmpeg=program), notices=notices)
    carried = carriers.next()
    assert carried is not None
    os.close(carried.start()[0])
    told: list[Notice] = []
    until(lambda: bool(told.extend(notices.take()) or told))
    assert told == [Notice(kind=EventKind.CALLER_REFUSED, said="wrong-passphrase")]
    assert carriers.refusal == "wrong-passphrase"
    carriers.close()


def test_a_refusal_is_forgotten_with_the_next_connection(tmp_path: Path) -> None:
    """The last one took a caller: who was refused before says nothing of why nobody calls now."""
    program = stand_in(tmp_path, "time.sleep(60)", front=True)
    carriers = Carriers(feed_of("srt://:9000"), height=720, means=Means(spawn=spawn, ffmpeg=program))
    carriers.refusal = "unasked-passphrase"
    carried = carriers.next()
    assert carried is not None
    os.close(carried.start()[0])
    carriers.close()
    assert carriers.refusal == ""


def test_a_file_and_the_test_card_need_none(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.touch()
    assert carrier(str(film)) is None
    assert carrier("testcard:") is None


def test_a_publisher_is_awaited_at_the_door_of_this_machine(tmp_path: Path) -> None:
    address = DOOR + "k" * 22
    assert isinstance(carrier(address, tmp_path / "a.sock"), RtmpMouth)
    with pytest.raises(FeedError, match="a publisher comes to a channel's worker alone"):
        carrier(address)


def test_a_call_that_the_last_decoder_made_nothing_of_is_not_the_next_one_s(tmp_path: Path) -> None:
    """What is wrong may be how its front took the stream."""
    program = stand_in(tmp_path, "time.sleep(60)", front=True)
    carriers = Carriers(feed_of("srt://:9000"), height=720, means=Means(spawn=spawn, ffmpeg=program))
    lives = []
    for hang_up in (False, True, False):
        one = carriers.next()
        assert isinstance(one, SrtReceiver)
        os.close(one.start()[0])
        one.stop()
        lives.append(one._relay)
        if hang_up:
            carriers.hang_up()
    carriers.close()
    assert lives[0] is lives[1] is not lives[2]
