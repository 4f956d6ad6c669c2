"""Keys at rest: wrapped by a master key, so that the store of keys alone opens nothing (T-16)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MASTER_BYTES = 32
_NONCE = 12


class KeyWrap:
    """AES-256-GCM (NIST SP 800-38D) with a random nonce before each. What a key is for is authenticated with it:
    one that was moved to another channel or number is refused."""

    def __init__(self, master: bytes) -> None:
        if len(master) != MASTER_BYTES:
            message = f"a master key has {MASTER_BYTES} bytes"
            raise ValueError(message)
        self._cipher = AESGCM(master)

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """The key as it may lie on a disk."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, key, purpose.encode())

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """The key; raises ValueError for another master key, another purpose, or damage."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], purpose.encode())
        except InvalidTag as error:
            message = "wrapped by another master key, or damaged"
            raise ValueError(message) from error
