"""Two feeds of one machine that want the same."""

from dataclasses import replace

import pytest

from desk.definition import channel_of
from desk.errors import RefusedError
from desk.rivals import check_alone, check_rivals
from flow.channel import Channel
from flow.errors import OperatorError
from flow.ids import ChannelId
from ingest.kinds import feed_of
from tests.desk.samples import channel

KEY = "rtmp://:1935/live/" + "k" * 22
SRT = "srt://:9000?passphrase=hush-hush-hush"


def of(name: str, *addresses: str) -> Channel:
    return replace(channel(), id=ChannelId(name), feeds=tuple(map(feed_of, addresses)))


@pytest.mark.parametrize(("address", "words"), [
    (SRT, "its port"), ("udp://10.0.0.9:9000", "its port"), (KEY, "its stream key"),
    (KEY.replace(":1935", ":1936"), "its stream key"),
])
def test_what_another_channel_has_is_refused_by_its_name(address: str, words: str) -> None:
    other = of("cu", "testcard:", SRT, KEY)
    with pytest.raises(RefusedError, match=f"channel cu has {words}") as caught:
        check_rivals(of("moi", "testcard:", address), [of("xa", "testcard:"), other])
    assert caught.value.status == 409
    assert "xacast stop cu" in caught.value.remedy
    assert "hush" not in str(caught.value)
    assert "kkk" not in str(caught.value)


@pytest.mark.parametrize("address", [SRT, KEY])
def test_who_does_not_run_the_other_channel_hears_no_name(address: str) -> None:
    """T-28."""
    with pytest.raises(RefusedError, match="another channel has its") as caught:
        check_rivals(of("moi", address), [of("mat", SRT, KEY)], lambda name: name != "mat")
    assert "mat" not in str(caught.value)


def test_a_channel_is_no_rival_of_itself_and_what_can_be_shared_is() -> None:
    made = of("hop", SRT, KEY, "udp://239.1.2.3:5000", "srt://10.0.0.5:9001")
    check_rivals(made, [made, of("xa", "udp://239.1.2.3:5000", "srt://10.0.0.5:9001", KEY + "x")])


@pytest.mark.parametrize(("address", "words"), [(SRT, "the same port"), (KEY, "the same stream key")])
def test_two_feeds_of_one_channel_want_different_things(address: str, words: str) -> None:
    with pytest.raises(OperatorError, match=f"two feeds have {words}"):
        check_alone((feed_of(address), feed_of("testcard:"), feed_of(address)))
    with pytest.raises(OperatorError, match=words):
        channel_of("hop", [address], slides=address, ladder="tiny")
