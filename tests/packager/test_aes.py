"""RFC 8216bis 5.2, against NIST's vectors and OpenSSL's own command."""

import shutil
import subprocess

import pytest

from packager.aes import BLOCK, decrypted, encrypted, iv_of

KEY = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")


def test_the_iv_is_the_number_as_128_bits() -> None:
    assert iv_of(0x0102030405) == bytes(11) + bytes([1, 2, 3, 4, 5])


def test_a_block_is_what_the_standard_says() -> None:
    """NIST SP 800-38A, F.2.1: its first block, whose IV is the number written here."""
    number = int.from_bytes(bytes(range(16)), "big")
    clear = bytes.fromhex("6bc1bee22e409f96e93d7e117393172a")
    assert encrypted(KEY, number, clear)[:BLOCK] == bytes.fromhex("7649abac8119b246cee98e9b12e9197d")


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 4096])
def test_every_length_comes_back_with_one_to_sixteen_bytes_more(length: int) -> None:
    clear = bytes(range(256)) * 16
    body = encrypted(KEY, 938_000_000, clear[:length])
    assert len(body) == length // BLOCK * BLOCK + BLOCK
    assert decrypted(KEY, 938_000_000, body) == clear[:length]


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")
def test_another_program_reads_it() -> None:
    body = encrypted(KEY, 77, b"moof and mdat")
    command = ["openssl", "enc", "-d", "-aes-128-cbc", "-K", KEY.hex(), "-iv", f"{77:032x}"]
    assert subprocess.run(command, input=body, capture_output=True, check=True).stdout == b"moof and mdat"


def test_what_another_key_made_is_refused() -> None:
    body = encrypted(KEY, 77, b"moof and mdat")
    with pytest.raises(ValueError, match="padding"):
        decrypted(bytes(16), 77, body)
    with pytest.raises(ValueError, match="length"):
        decrypted(KEY, 77, body[:-1])
