import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from flow.errors import ToolError
from flow.ids import ChannelId
from flow.key_turns import UNIT
from flow.timebase import SCALE
from origin.key_book import KeyBook
from origin.keyrings import Keyrings

DEMO = ChannelId("demo")
NOW = 6_000 * 78 * UNIT


def keyrings(folder: Path, *, now: int = NOW) -> Keyrings:
    return Keyrings(folder / "keys.db", lambda: bytes(32), now=lambda: now)


def test_without_an_encrypted_channel_there_is_no_file(tmp_path: Path) -> None:
    keyrings(tmp_path).stop()
    assert list(tmp_path.iterdir()) == []


def test_each_channel_has_keys_of_its_own(tmp_path: Path) -> None:
    rings = keyrings(tmp_path)
    one, other = rings.open(DEMO, 300), rings.open(ChannelId("other"), 300)
    for ring in (one, other):
        ring.provide(now=NOW, floor=0, oldest=0)
    number = one.turns.at(NOW)
    assert rings.shown(DEMO, number) == one.key(number) != other.key(number)
    assert rings.shown(ChannelId("none"), number) is None
    assert rings.trouble(DEMO) == rings.trouble(ChannelId("none")) == ""
    rings.stop()


def test_what_waits_is_written_at_the_end_and_found_again(tmp_path: Path) -> None:
    rings = keyrings(tmp_path)
    ring = rings.open(DEMO, 300)
    ring.provide(now=NOW, floor=0, oldest=0)
    newest = ring.turns.numbers[-1]
    ring.provide(now=NOW + 600 * SCALE, floor=0, oldest=0)
    rings.stop()
    again = keyrings(tmp_path)
    assert again.open(DEMO, 300).turns.numbers[-1] > newest
    again.stop()


def rows(folder: Path, channel: ChannelId = DEMO) -> dict[int, bytes]:
    with closing(KeyBook(folder / "keys.db", bytes(32))) as book:
        return book.keys(channel)


def test_nobody_is_shown_a_key_of_a_channel_that_is_gone(tmp_path: Path) -> None:
    """T-16: it is on the disk still, for the channel to go on with when it is started again."""
    rings = keyrings(tmp_path)
    ring = rings.open(DEMO, 300)
    ring.provide(now=NOW, floor=0, oldest=0)
    number = ring.turns.at(NOW)
    rings.tick((DEMO,))
    assert rings.shown(DEMO, number) is not None
    rings.tick(())
    assert rings.shown(DEMO, number) is None
    assert rings.open(DEMO, 300).key(number) == ring.key(number)
    rings.stop()


def test_keys_of_channels_long_off_air_leave_the_disk(tmp_path: Path) -> None:
    """T-16: while the headend runs."""
    now = NOW
    rings = Keyrings(tmp_path / "keys.db", lambda: bytes(32), now=lambda: now)
    for name in (DEMO, ChannelId("other")):
        rings.open(name, 300).provide(now=NOW, floor=0, oldest=0)
    for hours in (0, 23, 26):
        assert rows(tmp_path)
        now = NOW + hours * 3_600 * SCALE
        rings.tick((ChannelId("other"),))
        assert rings._writer.flush(5)
    assert rows(tmp_path) == {}
    assert rows(tmp_path, ChannelId("other"))
    rings.stop()


def test_a_clock_that_is_far_ahead_takes_no_key_from_a_channel_on_air(tmp_path: Path) -> None:
    """T-16, F-19: of none of them, whichever is opened first."""
    names = (DEMO, ChannelId("other"))
    rings = keyrings(tmp_path)
    before = {}
    for name in names:
        rings.open(name, 300).provide(now=NOW, floor=0, oldest=0)
        before[name] = rows(tmp_path, name)
    rings.stop()
    again = keyrings(tmp_path, now=NOW + 400 * 24 * 3_600 * SCALE)
    for name in names:
        again.open(name, 300)
    again.tick(names)
    again.stop()
    assert {name: rows(tmp_path, name) for name in names} == before


def test_a_full_disk_keeps_no_channel_off_air(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """F-26: what nobody asks for any more can wait; keys are made as soon as the disk takes them."""
    def full(*_: object) -> None:
        raise ToolError("the store of keys", "database or disk is full")

    monkeypatch.setattr(KeyBook, "remove_before", full)
    rings = keyrings(tmp_path)
    for name in (DEMO, ChannelId("other")):
        ring = rings.open(name, 300)
        ring.provide(now=NOW, floor=0, oldest=0)
        newest = ring.turns.numbers[-1]
        ring.provide(now=NOW + 600 * SCALE, floor=0, oldest=0)
        rings.tick((DEMO, ChannelId("other")))
    rings.stop()
    assert "keys of channels long off air are still there" in caplog.text
    assert max(rows(tmp_path, ChannelId("other"))) > newest


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_store_of_keys_is_put_aside_and_told_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, *, whole: bool,
) -> None:
    """F-26: channels go on under new keys; whoever can mend the file still has it."""
    path = tmp_path / "keys.db"
    rings = keyrings(tmp_path)
    rings.open(DEMO, 10).provide(now=NOW, floor=0, oldest=0)
    rings.stop()
    data = path.read_bytes()
    begin = 0 if whole else len(data) // 2
    damaged = data[:begin] + bytes(range(256)) * ((len(data) - begin) // 256)
    path.write_bytes(damaged)
    path.with_name("keys.db-journal").write_bytes(b"")
    again = keyrings(tmp_path)
    for name in (DEMO, ChannelId("other")):
        again.open(name, 10).provide(now=NOW, floor=NOW, oldest=0)
    aside = tmp_path / f"keys.db.damaged-{NOW // SCALE}"
    assert aside.read_bytes() == damaged
    said = f"keys.db was damaged, and is {aside.name} now"
    assert said in again.trouble(DEMO)
    assert said in caplog.text
    assert again.trouble(ChannelId("plain")) == ""
    again.stop()
    assert path.stat().st_mode & 0o777 == 0o600
    assert rows(tmp_path)
    later = keyrings(tmp_path)
    later.open(DEMO, 10)
    assert later.trouble(DEMO) == ""
    later.stop()


def test_a_store_that_cannot_be_put_aside_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    (tmp_path / "keys.db").write_bytes(b"nothing of the kind" * 100)
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ToolError, match="file is not a database"):
        keyrings(tmp_path).open(DEMO, 300)
