"""Numbers for Prometheus."""

import re
from dataclasses import replace

from desk.metrics import metrics
from desk.registry import Declared
from desk.report import report
from flow.cage import CageTrial
from origin.viewers import ViewerCounts
from tests.desk.samples import channel, feed_status, worker_status

VIEWERS = ViewerCounts(answers=3, bytes=400, waiting=2, most_waiting=5)
_LINE = re.compile(r'# TYPE [a-z_]+ (gauge|counter)|[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.]+')


def page(*, heard: bool = True) -> str:
    trial = CageTrial(level="limits", tried=5, refused=4, open=("connect",))
    status = replace(worker_status(), cage=trial, encoder="qsv") if heard else None
    made = report(
        declared=Declared(channel=channel(), revision=1), status=status, connected=heard, age=0, offset=0,
        playlist=heard, fresh=heard, packager={}, trouble="",
    )
    return metrics([made], VIEWERS)


def test_every_line_is_a_type_or_a_sample() -> None:
    for text in (page(), page(heard=False)):
        assert text.endswith("\n")
        assert [line for line in text.splitlines() if not _LINE.fullmatch(line)] == []


def test_what_is_counted_is_told() -> None:
    text = page()
    assert "xacast_channels 1" in text
    assert 'xacast_cage{channel="hop",level="limits"} 1' in text
    assert 'xacast_cage{channel="hop",level="bubblewrap"} 0' in text
    assert 'xacast_encoder{channel="hop",encoder="qsv"} 1' in text
    assert 'xacast_encoder{channel="hop",encoder="x264"} 0' in text
    assert 'xacast_cage_tried{channel="hop"} 5' in text
    assert 'xacast_cage_refused{channel="hop"} 4' in text
    assert 'xacast_feed_stranger{channel="hop",feed="1"} 0' in text
    assert 'xacast_feed_packets_refused_total{channel="hop",feed="1"} 0' in text
    assert 'xacast_channel_open{channel="hop"} 1' in text
    assert 'xacast_ticks_total{channel="hop",kind="held"} 25' in text
    assert 'xacast_feed_live{channel="hop",feed="1"} 1' in text
    assert "xacast_viewer_bytes_total 400" in text
    assert 'xacast_channel_mode{channel="hop",mode="auto"} 1' in text
    assert 'xacast_channel_mode{channel="hop",mode="cut"} 0' in text
    assert 'xacast_feed_on_air{channel="hop",feed="1"} 1' in text
    assert 'xacast_feed_fit{channel="hop",feed="1"} 1' in text
    assert 'xacast_feed_state{channel="hop",feed="1",kind="srt",state="live"} 1' in text
    assert 'xacast_feed_state{channel="hop",feed="1",kind="srt",state="cold"} 0' in text
    assert 'xacast_feed_changed_seconds{channel="hop",feed="1"} 0' in text
    assert 'xacast_switches_total{channel="hop"} 0' in text


def test_each_track_tells_which_sound_of_a_feed_it_carries() -> None:
    status = replace(worker_status(), feeds=(replace(feed_status(), heard=(2, 0)),))
    made = report(
        declared=Declared(channel=channel(), revision=1), status=status, connected=True, age=0, offset=0,
        playlist=True, fresh=True, packager={}, trouble="",
    )
    text = metrics([made], VIEWERS)
    assert 'xacast_feed_track_sound{channel="hop",feed="1",track="1"} 2' in text
    assert 'xacast_feed_track_sound{channel="hop",feed="1",track="2"} 0' in text


def test_slides_are_a_feed_like_the_others_and_the_layout_is_told() -> None:
    never = replace(feed_status(), on_air=False, unfit="lost", changed_ns=40_000_000_000)
    status = replace(worker_status(), feeds=(feed_status(), never), layout="side")
    made = report(
        declared=Declared(channel=channel(), revision=1), status=status, connected=True, age=0, offset=0,
        playlist=True, fresh=True, packager={}, trouble="",
    )
    text = metrics([made], VIEWERS)
    assert 'xacast_feed_fit{channel="hop",feed="2"} 0' in text
    assert 'xacast_feed_changed_seconds{channel="hop",feed="2"} 40' in text
    assert 'xacast_channel_layout{channel="hop",layout="side"} 1' in text
    assert 'xacast_channel_layout{channel="hop",layout="pip"} 0' in text
    assert "xacast_channel_layout{" not in page()


def test_a_worker_that_never_spoke_has_no_numbers() -> None:
    assert "xacast_ticks_total{" not in page(heard=False)
    assert 'xacast_worker_connected{channel="hop"} 0' in page(heard=False)


def test_no_page_holds_a_feeds_address() -> None:
    """T-26."""
    assert "10.0.0.5" not in page()
