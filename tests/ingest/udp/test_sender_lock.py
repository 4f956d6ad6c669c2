"""T-10: one sender's packets, and nobody else's beside them."""

import pytest

from ingest.udp.sender_lock import ANEW_NS, HEARD_NS, SILENT_NS, Change, Sender, SenderLock

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


BARE = Sender(address="10.0.0.1", port=5_000)
AGAIN = Sender(address="10.0.0.1", port=5_001)


def test_a_program_that_was_started_again_is_known_by_the_silence_of_the_old_port() -> None:
    """T-10: it is told once, and no alarm; nothing is told before it is known."""
    lock = SenderLock()
    lock.admits(BARE, 0)
    assert lock.changed(0) is None
    assert lock.admits(AGAIN, ANEW_NS + 1)
    assert lock.changed(ANEW_NS + 1) is None
    lock.admits(AGAIN, SILENT_NS)
    assert lock.changed(SILENT_NS) == Change(before=BARE, sender=AGAIN, restarted=True)
    assert lock.changed(SILENT_NS + 1) is None
    assert str(Change(before=BARE, sender=AGAIN)) == "10.0.0.1:5001; before: 10.0.0.1:5000"


def test_two_ports_of_a_machine_that_are_alive_at_once_are_two_senders() -> None:
    """T-10."""
    lock = SenderLock()
    lock.admits(BARE, 0)
    lock.admits(AGAIN, ANEW_NS + 1)
    assert not lock.admits(BARE, ANEW_NS + 2)
    assert lock.changed(ANEW_NS + 3) == Change(before=BARE, sender=AGAIN, restarted=False)


@pytest.mark.parametrize(("old", "new"), [(OURS, ANEW), (OURS, MOVED), (BARE, OURS), (BARE, THEIRS)])
def test_another_address_or_number_is_another_sender_at_once(old: Sender, new: Sender) -> None:
    """T-10."""
    lock = SenderLock()
    lock.admits(old, 0)
    lock.admits(new, 5 * SILENT_NS)
    assert lock.changed(5 * SILENT_NS) == Change(before=old, sender=new, restarted=False)


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
