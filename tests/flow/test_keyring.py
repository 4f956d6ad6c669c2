from flow.keyring import KEY_BYTES, Keyring
from origin.stored_keyring import StoredKeyring
from tests.packager.loose_keyring import LooseKeyring


def test_a_key_has_128_bits() -> None:
    """T-16."""
    assert KEY_BYTES * 8 == 128


def test_what_the_desk_gives_the_packager_is_a_keyring() -> None:
    kinds: list[type[Keyring]] = [StoredKeyring, LooseKeyring]
    assert all(hasattr(kind, "provide") for kind in kinds)
