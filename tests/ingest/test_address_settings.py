"""What stands behind the `?` of a feed's address."""

import pytest

from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from ingest.address_settings import KNOWN, program_of, unknown_settings
from ingest.kinds import feed_of


def refusal(address: str) -> str:
    with pytest.raises(OperatorError) as caught:
        feed_of(address)
    return str(caught.value)


@pytest.mark.parametrize(("address", "wrong", "meant"), [
    ("srt://h:9?passphrse=geheim12345", "passphrse", "passphrase"),
    ("srt://:9000?latenci=800", "latenci", "latency"),
    ("srt://:9000?Latency=800", "Latency", "latency"),
    ("udp://239.1.2.3:5000?programm=3", "programm", "program"),
    ("rtp://239.1.2.3:5000?twins=239.1.2.4:5000", "twins", "twin"),
])
def test_an_unknown_setting_is_refused_with_the_nearest_and_all_that_exist(
    address: str, wrong: str, meant: str,
) -> None:
    """T-01: a passphrase that is misspelt makes no call without one."""
    said = refusal(address)
    assert f"“{wrong}”" in said
    assert f"Did you mean “{meant}”?" in said
    assert ", ".join(KNOWN[FeedKind.SRT if address.startswith("srt") else FeedKind.UDP]) in said
    assert "geheim" not in said


@pytest.mark.parametrize("address", [
    "srt://h:9?geheim12345", "srt://h:9?geheim12345=x", "srt://h:9?passphrase:geheim12345", "srt://h:9?geheim",
    "srt://h:9#geheim", "srt://h:9?passphrase=abcdefghij#geheim",
    "srt://h:9?passphrase=geheim12345&passphrase=geheim54321",
])
def test_what_may_be_a_secret_at_a_wrong_place_is_not_repeated(address: str) -> None:
    """T-11."""
    assert "geheim12345" not in refusal(address)


@pytest.mark.parametrize(("address", "words"), [
    ("srt://h:9?passphrase=", "is empty"),
    ("srt://h:9?latency=200&latency=800", "twice"),
    ("srt://h:9?passphrase=geheim#12345", "%23"),
    ("srt://h:9?mode=rendezvous", "caller, listener"),
    ("srt://h:9?mode=listner", "Did you mean “listener”?"),
    ("srt://:9000?mode=caller", "names no host"),
    ("srt://h:0", "1 to 65535"), ("srt://h:65536", "no valid host or port"), ("rtsp://h:0/x", "1 to 65535"),
    ("udp://239.1.2.3:0", "1 to 65535"), ("udp://239.1.2.3:70000", "no valid host or port"),
    ("udp://h:5000", "in numbers"), ("udp://10.0.0.9:5000?interface=eth0", "in numbers"),
    ("rtp://239.1.2.3:5000?twin=foo:1", "in numbers"), ("rtp://239.1.2.3:5000?twin=239.1.2.4", "1 to 65535"),
    ("rtp://239.1.2.3:5000?twin=239.1.2.4:0", "1 to 65535"),
    *((f"{place}?program={number}", "1 to 65535") for place in ("srt://h:9", "udp://239.1.2.3:5000")
      for number in ("-5", "0", "65536", "x", "%205", "٣")),
])
def test_a_value_that_cannot_be_is_refused_in_a_sentence(address: str, words: str) -> None:
    assert words in refusal(address)


@pytest.mark.parametrize("address", ["srt://:9?streamid=geheim", "srt://10.0.0.9:9?mode=listener&streamid=geheim"])
def test_a_listener_that_would_seem_to_compare_stream_ids_is_refused(address: str) -> None:
    """T-01: FFmpeg's listener takes callers with any, so a caller has one alone."""
    said = refusal(f"{address}&passphrase=0123456789abcdef")
    assert "does not compare the streamid" in said
    assert "passphrase keeps strangers away" in said
    assert "geheim" not in said
    old = Feed(address=address, kind=FeedKind.SRT, shown="…")  # as earlier versions kept it
    assert unknown_settings(old) == ("streamid",)


@pytest.mark.parametrize(("setting", "least", "most"), [("latency", 20, 8_000), ("program", 1, 65_535)])
def test_numbers_have_their_bounds(setting: str, least: int, most: int) -> None:
    """Of a programme those of ISO/IEC 13818-1: 16 bits, and 0 is the network's."""
    for number in (least, most):
        assert feed_of(f"srt://h:9?{setting}={number}")
    for number in (least - 1, most + 1):
        assert setting[:7] in refusal(f"srt://h:9?{setting}={number}")


def test_a_passphrase_has_as_many_letters_as_srt_takes() -> None:
    """The SRT API's SRTO_PASSPHRASE: 10 to 79 characters."""
    for letters in (10, 79):
        assert feed_of(f"srt://h:9?passphrase={'x' * letters}")
    for letters in (9, 80):
        assert f"has {letters} letters" in refusal(f"srt://h:9?passphrase={'x' * letters}")


@pytest.mark.parametrize("address", [
    "srt://h:9?mode=caller&latency=8000&pbkeylen=16&passphrase=geheim12345&streamid=a%2Fb&program=65535",
    "srt://:9000?mode=listener", "srt://10.0.0.9:9000?mode=listener", "srt://h:9/?latency=20",
    "udp://:5000", "udp://@239.1.2.3:5000?program=1", "udp://10.0.0.9@239.1.2.3:5000?interface=10.0.0.1",
    "udp://239.1.2.3:5000?sources=10.0.0.9&localaddr=10.0.0.1", "udp://[ff3e::1]:5000?interface=eth0",
    "rtp://239.1.2.3:5000?twin=10.0.0.9@239.1.2.4:5002",
])
def test_every_setting_that_exists_is_taken(address: str) -> None:
    assert feed_of(address).address == address


@pytest.mark.parametrize("address", [
    "https://h/live/index.m3u8?program=x&anything=%2F&hdnts=exp~hmac", "rtsp://h/ch1?program=x&channel=1#a",
    "rtmp://h/live/x?token=1&program=x",
])
def test_what_belongs_to_a_server_is_handed_on_whatever_it_is(address: str) -> None:
    feed = feed_of(address)
    assert (feed.address, feed.program, unknown_settings(feed)) == (address, 0, ())
    assert program_of(address, feed.kind, feed.shown) == 0


def test_what_an_earlier_version_took_and_passed_over_is_known_by_its_name_alone() -> None:
    old = Feed(address="srt://h:9?passphrse=geheim12345&latency=200&k3y", kind=FeedKind.SRT, shown="…")
    assert unknown_settings(old) == ("passphrse", "…")
