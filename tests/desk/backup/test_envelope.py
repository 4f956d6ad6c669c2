"""What comes out of an envelope is what went in, or nothing does."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.backup.envelope import EnvelopeReader, EnvelopeWriter
from desk.backup.errors import DamagedError, PassphraseError
from desk.backup.passphrase import Cost

CHEAP = Cost(n=2)
LONG = bytes(range(256)) * 1_000  # four pieces


def _made(content: bytes, passphrase: str = "") -> bytes:
    file = io.BytesIO()
    writer = EnvelopeWriter(file, passphrase, CHEAP)
    writer.write(content)
    writer.finish()
    return file.getvalue()


def _read(made: bytes, passphrase: str = "") -> bytes:
    return EnvelopeReader(io.BytesIO(made), passphrase).read()


@pytest.mark.parametrize("passphrase", ["", "correct horse battery"])
@pytest.mark.parametrize("content", [b"", b"x", b"x" * 65_536, b"x" * 65_537, LONG], ids=len)
def test_what_went_in_comes_out(passphrase: str, content: bytes) -> None:
    assert _read(_made(content, passphrase), passphrase) == content


@pytest.mark.parametrize("passphrase", ["", "correct horse battery"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_flipped_bit_is_found_wherever_it_is(passphrase: str, data: st.DataObject) -> None:
    """T-41: not one byte can be another, in clear or encrypted."""
    made = bytearray(_made(LONG, passphrase))
    made[data.draw(st.integers(0, len(made) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((DamagedError, PassphraseError)):
        _read(bytes(made), passphrase)


@pytest.mark.parametrize("passphrase", ["", "correct horse battery"])
def test_pieces_cannot_be_left_out_exchanged_repeated_or_added(passphrase: str) -> None:
    made = _made(LONG, passphrase)
    head = made.index(b"\n", made.index(b"\n") + 1) + 1
    size = 5 + 65_536 + (16 if passphrase else 32)
    pieces = [made[at:at + size] for at in range(head, len(made), size)]
    assert len(pieces) == 4
    first, second, third, last = pieces
    for wrong in (
        [first, third, last], [second, first, third, last], [first, first, second, third, last],
        [first, second, third], [first, second, third, last, last], [first, second, third, last, b"x"],
        [first, second, last], [],
    ):
        with pytest.raises(DamagedError):
            _read(made[:head] + b"".join(wrong), passphrase)


def test_an_encrypted_one_shows_nothing_and_asks_for_its_passphrase() -> None:
    made = _made(b"canary" * 100, "correct horse battery")
    assert b"canary" not in made
    with pytest.raises(PassphraseError, match="encrypted"):
        _read(made)
    with pytest.raises(PassphraseError, match="not the one"):
        _read(made, "correct horse stapler")


def test_no_two_are_alike() -> None:
    assert _made(b"same", "correct horse battery") != _made(b"same", "correct horse battery")


def test_a_stranger_and_a_later_version_are_told_apart() -> None:
    with pytest.raises(DamagedError, match="does not begin"):
        _read(b"PK\x03\x04")
    with pytest.raises(PassphraseError, match="another version"):
        _read(b"xacast backup 2\n{}\n")


def test_where_it_is_damaged_is_said() -> None:
    made = bytearray(_made(LONG))
    made[100_000] ^= 1
    with pytest.raises(DamagedError, match=r"piece 2 \(from byte 65592\)"):
        _read(bytes(made))
