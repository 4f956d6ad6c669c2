"""By what an edge is known."""

import hashlib

from desk.machines.certified import Certified, fingerprint_of


def test_it_is_read_as_it_was_written() -> None:
    shown = Certified(fingerprint=fingerprint_of(b"certificate"), ends=9)
    assert Certified.from_json(shown.to_json()) == shown
    assert shown.fingerprint == hashlib.sha256(b"certificate").hexdigest()
