"""Keys in files that are the owner's alone."""

import logging
import stat
from pathlib import Path

import pytest

from desk.access.key_turns import AHEAD, PERIOD
from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKeys
from flow.ids import ChannelId
from flow.stream_token import LONGEST_LIFE
from origin.gate.signature import claims_of

NOW = 1_790_000_000


def token(keys: SigningKeys, now: int) -> str:
    claims = claims_for("xa-1", ChannelId("hop"), device="d" * 12, now=now, until=now + 60)
    return signed(claims, keys.signing(now))


def test_a_token_outlives_a_restart(tmp_path: Path) -> None:
    made = token(SigningKeys(tmp_path, now=NOW), NOW)
    again = SigningKeys(tmp_path, now=NOW + 5)
    assert claims_of(made, again.public()) is not None
    assert len(again.pems) == 1


def test_the_file_is_the_owner_s_alone(tmp_path: Path) -> None:
    """T-11, T-14."""
    SigningKeys(tmp_path / "access", now=NOW)
    (path,) = (tmp_path / "access").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_keys_change_by_themselves_and_every_token_counts_to_its_end(tmp_path: Path) -> None:
    keys = SigningKeys(tmp_path, now=NOW)
    (first,), before = keys.pems, keys.public()
    keys.keep(NOW + PERIOD - 1)
    assert keys.public() is before
    keys.keep(NOW + PERIOD)
    assert keys.signing(NOW + PERIOD).kid == first
    assert len(keys.public()) == 2
    begins = NOW + PERIOD + AHEAD
    last, other = token(keys, begins - 1), token(keys, begins)
    assert keys.signing(begins).kid != first
    assert claims_of(last, keys.public()) is not None
    keys.keep(begins + LONGEST_LIFE + 60)
    assert first not in keys.pems
    assert claims_of(last, keys.public()) is None
    assert claims_of(other, keys.public()) is not None
    assert len(list(tmp_path.iterdir())) == 1


def test_edges_get_the_public_half_alone(tmp_path: Path) -> None:
    (pem,) = SigningKeys(tmp_path, now=NOW).pems.values()
    assert pem.startswith("-----BEGIN PUBLIC KEY-----")
    assert "PRIVATE" not in pem


def test_a_damaged_file_is_told_of_and_another_key_is_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "stream-1790000000.pem").write_text("no key")
    keys = SigningKeys(tmp_path, now=NOW + 1)
    assert "stream-1790000000.pem is no key" in caplog.text
    assert len(keys.pems) == 1


def test_without_a_folder_there_is_a_key_for_this_life(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """F-31: open channels need none, so nothing is held up by it."""
    (tmp_path / "access").write_text("a file stands there")
    keys = SigningKeys(tmp_path / "access", now=NOW)
    assert claims_of(token(keys, NOW), keys.public()) is not None
    assert "cannot be read" in caplog.text
    assert "can be kept" in caplog.text


def test_with_a_disk_that_fails_the_last_key_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:
    """F-31: a full disk shuts nobody out."""
    keys = SigningKeys(tmp_path, now=NOW)
    (first,) = keys.pems

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desk.access.signing_keys.write_whole", full)
    with caplog.at_level(logging.ERROR):
        keys.keep(NOW + 2 * PERIOD)
    assert "No space left" in caplog.text
    assert keys.signing(NOW + 2 * PERIOD).kid == first
