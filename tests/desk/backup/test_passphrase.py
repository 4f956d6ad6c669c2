"""A passphrase is read from a file that nobody else reads, and makes one key."""

import os
import unicodedata
from pathlib import Path

import pytest

from desk.backup.errors import DamagedError, PassphraseError
from desk.backup.passphrase import Cost, key_of, passphrase_in

CHEAP = Cost(n=2)


def _file(tmp_path: Path, content: str, mode: int = 0o600) -> Path:
    path = tmp_path / "pass"
    path.write_text(content, "utf-8")
    path.chmod(mode)
    return path


def test_the_first_line_is_the_passphrase(tmp_path: Path) -> None:
    assert passphrase_in(_file(tmp_path, "mười hai con giáp\nsecond line\n")) == "mười hai con giáp"


def test_a_file_that_others_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PassphraseError, match="chmod 600"):
        passphrase_in(_file(tmp_path, "correct horse battery\n", 0o640))


@pytest.mark.parametrize("content", ["", "hush\n", "x" * 2_000])
def test_one_that_is_too_short_or_too_long_is_refused_and_not_shown(tmp_path: Path, content: str) -> None:
    with pytest.raises(PassphraseError, match="letters") as caught:
        passphrase_in(_file(tmp_path, content))
    assert "hush" not in str(caught.value)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PassphraseError, match="cannot be read"):
        passphrase_in(tmp_path / "none")


def test_the_same_letters_typed_in_another_way_make_the_same_key() -> None:
    salt = os.urandom(32)
    words = "mật khẩu rất dài"
    composed, taken_apart = (unicodedata.normalize(form, words) for form in ("NFC", "NFD"))
    assert key_of(composed, salt, CHEAP) == key_of(taken_apart, salt, CHEAP)
    assert key_of(composed, os.urandom(32), CHEAP) != key_of(composed, salt, CHEAP)


@pytest.mark.parametrize("words", [
    {"n": 2**40, "r": 8, "p": 1}, {"n": 3, "r": 8, "p": 1}, {"n": 2, "r": 0, "p": 1}, {"n": 2, "r": 8, "p": 99},
    {"n": "2", "r": 8, "p": 1}, {"n": True, "r": 8, "p": 1}, {},
])
def test_a_head_that_asks_for_too_much_is_refused(words: dict[str, object]) -> None:
    """T-41: who hands us a backup shall not take the machine's memory."""
    with pytest.raises(DamagedError):
        Cost.read(words)
