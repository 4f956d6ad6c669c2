from pathlib import Path

from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.timebase import SCALE
from origin.keyrings import Keyrings

DEMO = ChannelId("demo")
NOW = 6_000 * 78 * UNIT


def test_each_channel_has_keys_of_its_own(tmp_path: Path) -> None:
    rings = Keyrings(tmp_path / "keys.db", bytes(32), now=NOW)
    one, other = rings.open(DEMO, 300), rings.open(ChannelId("other"), 300)
    for ring in (one, other):
        ring.provide(now=NOW, floor=0, oldest=0)
    number = one.turns.at(NOW)
    assert rings.shown(DEMO, number) == one.key(number) != other.key(number)
    assert rings.shown(ChannelId("none"), number) is None
    assert rings.trouble(DEMO) == rings.trouble(ChannelId("none")) == ""
    rings.stop()


def test_what_waits_is_written_at_the_end_and_found_again(tmp_path: Path) -> None:
    rings = Keyrings(tmp_path / "keys.db", bytes(32), now=NOW)
    ring = rings.open(DEMO, 300)
    ring.provide(now=NOW, floor=0, oldest=0)
    newest = ring.turns.numbers[-1]
    ring.provide(now=NOW + 600 * SCALE, floor=0, oldest=0)
    rings.stop()
    again = Keyrings(tmp_path / "keys.db", bytes(32), now=NOW)
    assert again.open(DEMO, 300).turns.numbers[-1] > newest
    again.stop()


def test_keys_of_channels_long_off_air_are_gone(tmp_path: Path) -> None:
    rings = Keyrings(tmp_path / "keys.db", bytes(32), now=NOW)
    rings.open(DEMO, 300).provide(now=NOW, floor=0, oldest=0)
    rings.stop()
    later = Keyrings(tmp_path / "keys.db", bytes(32), now=NOW + 26 * 3_600 * SCALE)
    assert later.open(DEMO, 300).turns.numbers == ()
    later.stop()
