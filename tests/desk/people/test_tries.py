"""How often somebody may try."""

import pytest

from desk.people.tries import HOUR_S, MOST, PER_ADDRESS, PER_NAME, Tries


def trying(tries: Tries, address: str, name: str, *, known: bool, now_s: int) -> bool:
    if tries.may(address, name, known=known, now_s=now_s):
        return False
    tries.tried(address, name, known=known, now_s=now_s)
    return True


@pytest.mark.parametrize("known", [True, False])
def test_five_a_minute_come_from_an_address(known: bool) -> None:
    """T-27."""
    tries = Tries()
    done = [trying(tries, "10.0.0.1", f"n{at}", known=known, now_s=100 + at) for at in range(8)]
    assert done == [True] * PER_ADDRESS + [False] * 3
    assert tries.may("10.0.0.1", "other", known=known, now_s=104) == 56
    assert trying(tries, "10.0.0.2", "n1", known=known, now_s=104)
    assert trying(tries, "10.0.0.1", "n1", known=known, now_s=160)


@pytest.mark.parametrize("known", [True, False])
def test_ten_an_hour_are_for_a_name_whether_somebody_has_it_or_not(known: bool) -> None:
    """T-27: the lock tells nothing of who there is."""
    tries = Tries()
    done = [trying(tries, f"10.0.0.{at}", "lan", known=known, now_s=100) for at in range(12)]
    assert done == [True] * PER_NAME + [False] * 2
    assert tries.may("10.0.9.9", "lan", known=known, now_s=200) == HOUR_S - 100
    assert tries.locked_s("lan", 200) == (HOUR_S - 100 if known else 0)
    tries.unlock("lan")
    assert trying(tries, "10.0.9.9", "lan", known=known, now_s=200)


def test_who_knows_the_password_gets_back_this_one_try_and_no_other() -> None:
    """T-27: an account of one's own buys no tries at another's."""
    tries = Tries()
    for at in range(4):
        assert trying(tries, "10.0.0.1", f"n{at}", known=True, now_s=100)
    assert trying(tries, "10.0.0.1", "mine", known=True, now_s=100)
    tries.right("10.0.0.1", "mine")
    assert trying(tries, "10.0.0.1", "n9", known=True, now_s=100)
    assert not trying(tries, "10.0.0.1", "n9", known=True, now_s=100)


def test_a_subscriber_of_ipv6_is_one_address() -> None:
    tries = Tries()
    done = [trying(tries, f"2001:db8::{at}", f"n{at}", known=True, now_s=100) for at in range(6)]
    assert done[-1] is False
    assert trying(tries, "2001:db8:0:1::1", "n", known=True, now_s=100)
    assert trying(tries, "::ffff:10.0.0.1", "n", known=True, now_s=100)
    assert trying(tries, "", "n", known=True, now_s=100)


def test_strangers_push_no_account_out_of_memory() -> None:
    """T-27: names that nobody has are forgotten, oldest first; accounts never."""
    tries = Tries()
    for _ in range(PER_NAME):
        tries.tried("10.0.0.1", "lan", known=True, now_s=100)
    for at in range(MOST + 5):
        tries.tried(str(at), f"n{at}", known=False, now_s=100)
    assert len(tries._strangers) == len(tries._addresses) == MOST
    assert tries.may("10.0.0.9", "lan", known=True, now_s=100)
