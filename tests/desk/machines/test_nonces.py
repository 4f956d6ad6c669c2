"""Numbers that were used once."""

from desk.machines.nonces import Nonces


def test_a_number_serves_once_while_its_request_may_be_answered() -> None:
    nonces = Nonces(60_000)
    assert nonces.use("a", "n", 1_000, 1_000)
    assert not nonces.use("a", "n", 1_000, 61_000)
    assert nonces.use("b", "n", 1_000, 1_000)
    assert nonces.use("a", "n", 61_001, 61_001)


def test_they_are_bounded_and_one_machine_takes_no_room_from_another() -> None:
    nonces = Nonces(60_000, most=3)
    used = [nonces.use("a", str(number), 0, 0) for number in range(5)]
    assert used == [True, True, True, False, False]
    assert nonces.use("b", "0", 0, 0)
    assert nonces.use("a", "9", 60_001, 60_001)
    assert len(nonces) == 2
