"""Facts of channels."""

from dataclasses import replace
from pathlib import Path

import pytest

from desk.production.channel_facts import addresses_of, channel_facts, declared_facts, for_anybody, in_clear
from desk.settings import Settings
from ingest.kinds import feed_of
from tests.desk.backup.machines import filled
from tests.desk.samples import channel

PUBLIC, PRIVATE = ("8.8.8.8",), ("10.0.0.5",)


@pytest.mark.parametrize(("address", "anybody"), [
    ("srt://:9000", True), ("srt://:9000?passphrase=abcdefghijkl", False), ("srt://10.0.0.5:9000", False),
    ("udp://:5000", True), ("udp://239.1.1.1:5000", False), ("testcard:", False),
])
def test_who_may_send(address: str, anybody: bool) -> None:
    """T-01, T-10."""
    assert for_anybody(feed_of(address)) is anybody


@pytest.mark.parametrize(("address", "where", "clear"), [
    ("http://studio.vn/a.m3u8", PUBLIC, True), ("http://studio.vn/a.m3u8", PRIVATE, False),
    ("https://studio.vn/a.m3u8", PUBLIC, False), ("rtsp://studio.vn/a", PUBLIC, True),
    ("srt://studio.vn:9000", PUBLIC, True), ("srt://studio.vn:9000?passphrase=abcdefghijkl", PUBLIC, False),
    ("srt://:9000", PUBLIC, False), ("testcard:", PUBLIC, False), ("rtmp://studio.vn/live/a", PUBLIC, True),
    ("http://studio.vn/a.m3u8", ("no address",), False),
])
def test_what_comes_in_clear_from_outside(address: str, where: tuple[str, ...], clear: bool) -> None:
    assert in_clear(feed_of(address), lambda _: where) is clear


def test_of_a_channel(tmp_path: Path) -> None:
    one = replace(channel(), open_to_all=True, slate=str(tmp_path / "none.png"))
    found = channel_facts(one, lambda _: ())
    assert found.open
    assert found.missing_pictures == (str(tmp_path / "none.png"),)
    assert found.window_bytes > 2**20


def test_of_all_channels_that_are_declared(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    assert declared_facts(settings, lambda _: ()) == ()
    filled(settings)
    assert [one.name for one in declared_facts(settings, lambda _: ())] == ["plain", "secret"]


def test_addresses_of_a_host_that_is_none() -> None:
    assert addresses_of("127.0.0.1") == ("127.0.0.1",)
    assert addresses_of("x" * 300) == ()
