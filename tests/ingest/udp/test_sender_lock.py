"""T-10: one sender's packets, and nobody else's beside them."""

import pytest

from ingest.udp.sender_lock import ANEW_NS, HEARD_NS, SILENT_NS, Sender, SenderLock

MS = 1_000_000
OURS = Sender(address="10.0.0.1", port=5_000, ssrc=1)
ANEW = Sender(address="10.0.0.1", port=5_000, ssrc=2)
MOVED = Sender(address="10.0.0.1", port=5_001, ssrc=1)
THEIRS = Sender(address="10.0.0.66", port=5_000, ssrc=1)


def test_the_first_one_is_taken_and_another_is_not_mixed_in() -> None:
    """T-10: at ten times the rate neither."""
    lock = SenderLock()
    for at in range(1_000):
        assert lock.admits(OURS, at * 10 * MS)
        assert not any(lock.admits(THEIRS, at * 10 * MS + more * MS) for more in range(10))
    assert lock.refused == 10_000


def test_another_one_is_taken_when_the_first_is_silent() -> None:
    lock = SenderLock()
    lock.admits(OURS, 0)
    assert not lock.admits(THEIRS, SILENT_NS)
    assert lock.admits(THEIRS, SILENT_NS + 1)
    assert lock.sender == THEIRS
    assert not lock.admits(OURS, SILENT_NS + 2)


@pytest.mark.parametrize("anew", [ANEW, MOVED])
def test_the_same_machine_begins_anew_sooner(anew: Sender) -> None:
    """F-11: with another number, or from another port."""
    lock = SenderLock()
    lock.admits(OURS, 0)
    assert not lock.admits(anew, ANEW_NS)
    assert lock.admits(anew, ANEW_NS + 1)


def test_a_stranger_is_there_for_a_while_after_its_last_packet() -> None:
    lock = SenderLock()
    lock.admits(OURS, 0)
    assert not lock.stranger(0)
    lock.admits(THEIRS, 1)
    assert not lock.stranger(1)  # one packet may be a damaged one of our own
    lock.admits(THEIRS, 2)
    assert lock.stranger(HEARD_NS)
    assert not lock.stranger(HEARD_NS + 3)


def test_a_sender_is_named_for_people() -> None:
    assert str(OURS) == "10.0.0.1:5000, SSRC 00000001"
    assert str(Sender(address="fd00::1", port=5_000)) == "[fd00::1]:5000"
