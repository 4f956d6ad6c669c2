"""AES-128 of HLS (RFC 8216bis 5.2): CBC over a whole segment with PKCS7 padding, from an explicit IV. Pure.

The IV is the segment's number as 128 bits, big end first: what players take when none is written. It is written
all the same, because hls.js counts with 32 bits of the number then.
"""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES128
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

BLOCK = 16
"""Bytes; a body grows by 1 to so many."""


def iv_of(msn: int) -> bytes:
    """The IV of the segment with this number."""
    return msn.to_bytes(BLOCK, "big")


def encrypted(key: bytes, msn: int, clear: bytes) -> bytes:
    """A segment, or a part of one, encrypted: equal words give equal bytes."""
    padder = PKCS7(BLOCK * 8).padder()
    encryptor = Cipher(AES128(key), CBC(iv_of(msn))).encryptor()
    return encryptor.update(padder.update(clear) + padder.finalize()) + encryptor.finalize()


def decrypted(key: bytes, msn: int, body: bytes) -> bytes:
    """What was encrypted; raises ValueError for what this key and number did not make."""
    decryptor = Cipher(AES128(key), CBC(iv_of(msn))).decryptor()
    unpadder = PKCS7(BLOCK * 8).unpadder()
    return unpadder.update(decryptor.update(body) + decryptor.finalize()) + unpadder.finalize()
