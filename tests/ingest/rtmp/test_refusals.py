"""Whom the door refused, for those who wonder why no publisher comes."""

from ingest.rtmp.refusals import KEPT, MINUTE, MOST, Refusals


def test_of_each_address_one_refusal_a_minute_is_told() -> None:
    refusals = Refusals()
    for now in (0, 1, MINUTE - 1, MINUTE):
        refusals.note("10.0.0.1", now)
    refusals.note("10.0.0.2", MINUTE)
    told = [(one.number, one.address) for one in refusals.latest()]
    assert told == [(1, "10.0.0.1"), (2, "10.0.0.1"), (3, "10.0.0.2")]


def test_a_second_publisher_is_told_for_each_feed_beside_its_wrong_keys() -> None:
    """T-03."""
    refusals = Refusals()
    for place in ("hop-0", "", "hop-0", "hop-1"):
        refusals.note("10.0.0.1", 0, place)
    assert [one.place for one in refusals.latest()] == ["hop-0", "", "hop-1"]


def test_guesses_from_everywhere_fill_nobody_s_log() -> None:
    """T-02."""
    refusals = Refusals()
    for number in range(1_000):
        refusals.note(f"address {number}", number)
    assert len(refusals.latest()) == MOST == 20
    for minute in range(1, 10):
        for number in range(MOST):
            refusals.note(f"address {number}", minute * MINUTE + MINUTE // 2)
    assert len(refusals.latest()) == KEPT
    assert refusals.latest()[-1].number == 10 * MOST
