"""What was last known, on the disk."""

import stat
from pathlib import Path

import pytest

from desk.access.guest_file import GuestFile
from desk.access.guest_list import Guest

GUESTS = {"xa-1": Guest(digest=b"\x01" * 32), "xa-2": Guest(void_until=1_790_000_000),
          "xa-3": Guest(browsers=(b"\x02" * 32,), devices=9, networks=("10.0.0.0/8", "2001:db8::/32"))}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """T-11: by its owner alone."""
    file = GuestFile(tmp_path / "guests.json")
    assert file.read() == {}
    file.write(GUESTS)
    assert file.read() == GUESTS
    file.write({})
    assert file.read() == {}
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", [
    "", "[]", "no json", '{"a": 5}', '{"a": ["xyz", null]}', '{"a": [null, "x"]}', "\xff",
])
def test_a_damaged_file_is_told_of_and_nobody_is_known(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "guests.json").write_bytes(text.encode("latin-1"))
    assert GuestFile(tmp_path / "guests.json").read() == {}
    assert "cannot be read" in caplog.text


def test_a_disk_that_fails_is_told_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """F-31."""
    (tmp_path / "file").touch()
    GuestFile(tmp_path / "file" / "guests.json").write(GUESTS)
    assert "cannot be kept" in caplog.text


def test_what_an_earlier_version_wrote_is_read(tmp_path: Path) -> None:
    path = tmp_path / "guests.json"
    path.write_text(f'{{"xa-1": ["{"01" * 32}", null], "xa-2": [null, 5]}}')
    assert GuestFile(path).read() == {"xa-1": Guest(digest=b"\x01" * 32), "xa-2": Guest(void_until=5)}
    path.write_text('{"xa-1": [null, null, {"browsers": [], "devices": null, "networks": ["x"]}]}')
    assert GuestFile(path).read() == {}
