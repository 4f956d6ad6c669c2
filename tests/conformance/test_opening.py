"""What is in clear is told from what is encrypted by how it begins."""

import pytest

from tests.conformance.opening import CLEAR

PACKET = b"\x47" + bytes(187)


@pytest.mark.parametrize("body", [
    PACKET * 4, b"\0\0\0\x20styp" + bytes(24), b"\0\0\1\0moof" + bytes(8), b"WEBVTT\n",
])
def test_media_in_clear_are_known(body: bytes) -> None:
    assert CLEAR.match(body)


def test_an_encrypted_body_may_have_two_sync_bytes_by_chance() -> None:
    assert not CLEAR.match(PACKET * 2 + bytes(752))
