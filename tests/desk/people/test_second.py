"""What needs a second operator."""

import pytest

from desk.people.second import MOST, MOST_OF_ONE, WITHIN_S, Ask, Asks, begins, digest_of, needs_second, plans

CHANNEL = "/api/v1/channels/{name}"


def an_ask(who: str = "lan", digest: str = "d") -> Ask:
    return Ask(number=0, who=who, method="POST", path=f"{CHANNEL}/commands", channel="hop", digest=digest)


@pytest.mark.parametrize(("method", "path", "words", "needs"), [
    ("POST", f"{CHANNEL}/commands", {"do": "take", "feed": 1}, True),
    ("POST", f"{CHANNEL}/commands", {"do": "layout", "layout": "pip"}, True),
    ("POST", f"{CHANNEL}/commands", {"do": "caption", "text": "x"}, True),
    ("POST", f"{CHANNEL}/commands", {"do": "release"}, True),
    ("POST", f"{CHANNEL}/commands", {"do": "some new order"}, True),
    ("POST", f"{CHANNEL}/commands", {"do": "cut"}, False),
    ("POST", f"{CHANNEL}/commands", {"do": "hold"}, False),
    ("POST", f"{CHANNEL}/commands", {"do": "preview", "feed": 0}, False),
    ("PATCH", CHANNEL, {"each": {"cold": ["2"]}}, True), ("PATCH", CHANNEL, {"by_hand": False}, True),
    ("POST", "/api/v1/channels", {}, True), ("POST", "/api/v1/programmes", {}, True),
    ("PATCH", CHANNEL, {"loudness": "-16"}, False),
    ("DELETE", CHANNEL, {}, True), ("POST", f"{CHANNEL}/programme/start", {}, True),
    ("POST", f"{CHANNEL}/programme/stop", {}, True), ("POST", f"{CHANNEL}/programme/extend", {}, False),
    ("PATCH", "/api/v1/programmes/{programme}", {}, True), ("POST", "/api/v1/sites", {}, False),
    ("POST", f"{CHANNEL}/marks", {}, False), ("POST", "/api/v1/programmes/{programme}/cancel", {}, True),
])
def test_what_changes_the_picture_does_and_cut_never(
    method: str, path: str, words: dict[str, object], needs: bool,
) -> None:
    """T-37."""
    assert needs_second(method, path, words) is needs


@pytest.mark.parametrize(("method", "path", "words", "brings"), [
    ("POST", f"{CHANNEL}/programme/start", {}, "next"),
    ("POST", f"{CHANNEL}/programme/start", {"title": "x"}, "said"),
    ("POST", f"{CHANNEL}/programme/start", {"programme": "p1"}, "said"),
    ("POST", "/api/v1/programmes", {}, "said"), ("PATCH", "/api/v1/programmes/{programme}", {}, "said"),
    ("POST", f"{CHANNEL}/programme/stop", {}, ""), ("POST", f"{CHANNEL}/commands", {"title": "x"}, ""),
])
def test_what_begins_is_the_next_or_what_is_said(
    method: str, path: str, words: dict[str, object], brings: str,
) -> None:
    assert (begins(method, path, words), plans(method, path, words)) == (brings == "next", brings == "said")


def test_what_is_asked_twice_waits_once_and_not_longer_than_its_time() -> None:
    asks = Asks()
    first = asks.add(an_ask(), 100)
    assert first is not None
    assert asks.add(an_ask(), 110) == first
    assert asks.add(an_ask("mai"), 110) != first
    assert [one.number for one in asks.waiting(110)] == [1, 2]
    assert asks.get(1, 100 + WITHIN_S - 1) == first
    assert asks.get(1, 100 + WITHIN_S) is None


def test_a_yes_is_good_for_one_time() -> None:
    asks = Asks()
    asks.add(an_ask(), 100)
    found = asks.get(1, 100)
    assert found is not None
    asks.confirm(found, "mai")
    assert asks.waiting(100) == []
    assert (asks.get(1, 100) or found).by == "mai"
    asks.done(1)
    assert asks.get(1, 100) is None


def test_so_many_wait_at_most() -> None:
    asks = Asks()
    made = [asks.add(an_ask(digest=str(at)), 100) for at in range(MOST_OF_ONE + 1)]
    assert made[-1] is None
    others = [asks.add(an_ask(f"n{at}"), 100) for at in range(MOST)]
    assert others.count(None) == MOST_OF_ONE


def test_what_is_confirmed_is_what_was_asked_word_by_word() -> None:
    said = {digest_of("POST", "/a", b"1"), digest_of("POST", "/a", b"2"), digest_of("POST", "/b", b"1"),
            digest_of("PATCH", "/a", b"1"), digest_of("POST", "/a1", b"")}
    assert len(said) == 5
