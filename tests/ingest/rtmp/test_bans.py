"""T-02: five failures within a minute ban an address for a quarter of an hour."""

import pytest

from ingest.rtmp.bans import BanRule, Bans, neighbourhood

SECOND = 1_000_000_000
HERE, THERE = "10.0.0.1", "10.0.0.2"


def test_the_fifth_failure_within_a_minute_bans_that_address_alone() -> None:
    bans = Bans()
    assert [bans.failed(HERE, second * SECOND) for second in (0, 10, 20, 30, 40)] == [False] * 4 + [True]
    assert bans.banned(HERE, 40 * SECOND)
    assert not bans.banned(THERE, 40 * SECOND)


def test_failures_that_are_further_apart_do_not() -> None:
    bans = Bans()
    assert not any(bans.failed(HERE, second * SECOND) for second in range(0, 600, 15))


def test_a_ban_lasts_fifteen_minutes_and_then_counting_begins_anew() -> None:
    bans = Bans()
    for _ in range(5):
        bans.failed(HERE, 0)
    assert bans.banned(HERE, 900 * SECOND - 1)
    assert not bans.banned(HERE, 900 * SECOND)
    assert not bans.failed(HERE, 900 * SECOND)


@pytest.mark.parametrize(("address", "place"), [
    ("10.0.0.1", "10.0.0.1"), ("::ffff:10.0.0.1", "10.0.0.1"), ("2001:db8::1", "2001:db8::/64"),
    ("2001:db8::ffff:1", "2001:db8::/64"), ("fe80::1%eth0", "fe80::/64"), ("", ""),
])
def test_one_machine_counts_once_however_it_writes_its_address(address: str, place: str) -> None:
    assert neighbourhood(address) == place


def test_memory_is_bounded_and_bans_are_the_last_to_be_forgotten() -> None:
    bans = Bans(BanRule(most=10))
    for _ in range(5):
        bans.failed(HERE, 0)
    for number in range(1_000):
        bans.failed(f"10.1.{number // 250}.{number % 250}", SECOND)
    assert len(bans) == 10
    assert bans.banned(HERE, SECOND)


def test_bans_alone_are_bounded_too() -> None:
    bans = Bans(BanRule(failures=1, most=10))
    for number in range(100):
        bans.failed(f"10.1.0.{number}", 0)
    assert len(bans) == 10
    assert bans.banned("10.1.0.99", 0)


def spread(bans: Bans, count: int, form: str = "10.0.0.{}") -> list[bool]:
    return [bans.failed(form.format(number), number * SECOND) for number in range(count)]


@pytest.mark.parametrize("form", ["10.0.0.{}", "::ffff:10.0.0.{}", "2001:db8:0:{}::1"])
def test_guesses_spread_over_a_network_ban_it(form: str) -> None:
    """T-02: the twentieth failure within a minute, each from an address of its own."""
    bans = Bans()
    assert spread(bans, 20, form) == [False] * 19 + [True]
    assert bans.banned(form.format(200), 20 * SECOND)
    assert not bans.banned("10.0.1.1", 20 * SECOND)
    assert not bans.banned("2001:db9::1", 20 * SECOND)
    assert not bans.banned(form.format(200), 19 * SECOND + 300 * SECOND)


def test_a_studio_is_not_shut_out_for_its_neighbours_guesses() -> None:
    """T-02: who once had a right key answers for its own failures alone."""
    bans = Bans()
    bans.proved("10.0.0.200")
    spread(bans, 20)
    assert not bans.banned("10.0.0.200", 20 * SECOND)
    for _ in range(5):
        bans.failed("10.0.0.200", 20 * SECOND)
    assert bans.banned("10.0.0.200", 20 * SECOND)


def test_who_is_known_is_bounded_too() -> None:
    bans = Bans(BanRule(most=10))
    for number in range(100):
        bans.proved(f"10.1.0.{number}")
    assert len(bans._known) == 10


def test_who_is_let_in_again_begins_anew() -> None:
    bans = Bans()
    for _ in range(5):
        bans.failed(HERE, 0)
    for number in range(20, 40):
        bans.failed(f"10.0.0.{number}", 0)
    assert bans.standing(0) == {HERE: 900 * SECOND, "10.0.0.0/24": 300 * SECOND}
    bans.lift(HERE)
    assert bans.banned(HERE, 0)  # with its whole network
    bans.lift("10.0.0.0/24")
    assert bans.standing(0) == {}
    assert not bans.banned(HERE, 0)
    assert [bans.failed(HERE, 0) for _ in range(5)] == [False] * 4 + [True]


def test_an_address_that_another_door_has_shut_out_stays_out_and_a_network_is_let_in() -> None:
    """T-02, T-03: whoever has the key may stand in that network, and this door does not know it yet."""
    bans = Bans()
    for place in (HERE, "10.0.0.0/24", "2001:db8::/64", "2001:db8::/48", "fe80::/64"):
        bans.restore(place, 100, 50 * SECOND)
    bans.restore(THERE, 100, 0)
    bans.restore("10.0.0.3", 100, 10**6 * SECOND)  # a clock was set back
    assert bans.standing(100) == {
        HERE: 100 + 50 * SECOND, "2001:db8::/64": 100 + 50 * SECOND, "fe80::/64": 100 + 50 * SECOND,
        "10.0.0.3": 100 + 900 * SECOND,
    }
    assert bans.banned("2001:db8::1", 100)
    assert not bans.banned(HERE, 100 + 50 * SECOND)
