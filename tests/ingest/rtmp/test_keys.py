import hmac
from typing import Any

import pytest

from ingest.rtmp.keys import key_of, match

KNOWN = [("eins", 1), ("zwei", 2), ("drei", 3), ("zwei", 4)]


@pytest.mark.parametrize(("key", "found"), [
    ("eins", 1), ("drei", 3), ("zwei", 2), ("vier", None), ("", None), ("ein", None), ("einss", None),
    ("Eins", None), ("\ud800", None),
])
def test_only_the_whole_key_is_right_and_the_first_of_two_counts(key: str, found: int | None) -> None:
    assert match(key, KNOWN) == found


def test_an_empty_key_is_never_known() -> None:
    assert match("", [("", 1)]) is None


@pytest.mark.parametrize("key", ["eins", "drei", "falsch"])
def test_every_known_key_is_compared_in_constant_time(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """T-02: no early exit, and digests of one length."""
    compared: list[tuple[int, int]] = []
    real = hmac.compare_digest

    def noting(one: Any, other: Any) -> bool:
        compared.append((len(one), len(other)))
        return real(one, other)

    monkeypatch.setattr("hmac.compare_digest", noting)
    match(key, KNOWN)
    assert compared == [(32, 32)] * len(KNOWN)


@pytest.mark.parametrize(("path", "ours", "key"), [
    ("live/geheim", True, "geheim"), ("live/a/b", True, "a/b"), ("live/", True, ""),
    ("other/geheim", False, "geheim"),
    ("livex/geheim", False, "geheim"), ("", False, ""), ("geheim", False, ""),
])
def test_the_application_and_the_key_are_told_apart(path: str, ours: bool, key: str) -> None:
    assert key_of(path) == (ours, key)
