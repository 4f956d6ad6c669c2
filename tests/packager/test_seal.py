import pytest

from flow.key_turns import UNIT
from flow.timebase import GOP
from packager.aes import decrypted
from packager.seal import Seal
from tests.packager.loose_keyring import LooseKeyring

START = 100 * UNIT


@pytest.fixture
def ring() -> LooseKeyring:
    ring = LooseKeyring(seconds=8)
    ring.provide(now=START, floor=0, oldest=0)
    return ring


def test_a_place_has_one_key_in_whatever_is_made_of_it(ring: LooseKeyring) -> None:
    seal = Seal(ring)
    whole = seal.close(START, START // GOP, b"a whole segment")
    long = seal.close(START, START // UNIT, b"a long segment")
    assert decrypted(ring.keys[100], START // GOP, whole) == b"a whole segment"
    assert decrypted(ring.keys[100], START // UNIT, long) == b"a long segment"
    assert seal.open(START, START // GOP, whole) == b"a whole segment"


def test_a_key_opens_its_own_period_and_no_other(ring: LooseKeyring) -> None:
    """T-16: one leaked key decrypts only its period."""
    seal = Seal(ring)
    later = START + 2 * UNIT
    body = seal.close(later, later // GOP, b"a whole segment")
    assert seal.turns.at(later) == 102
    with pytest.raises(ValueError, match="padding"):
        decrypted(ring.keys[100], later // GOP, body)


def test_the_same_words_give_the_same_bytes_in_the_next_life(ring: LooseKeyring) -> None:
    assert Seal(ring).close(START, 7, b"words") == Seal(ring).close(START, 7, b"words")


def test_nothing_that_is_printed_holds_a_key(ring: LooseKeyring) -> None:
    """T-16."""
    seal = Seal(ring)
    words = f"{seal!r} {seal.turns!r} {seal!s}"
    assert not any(key.hex() in words or repr(key) in words for key in ring.keys.values())
