"""Sites and their links, in memory."""

from desk.access.guest_list import Guest, GuestList
from flow.stream_token import LONGEST_LIFE

NOW = 1_790_000_000


class Time:
    def __init__(self) -> None:
        self.now = NOW


def guest_list(time: Time | None = None) -> GuestList:
    clock = time or Time()
    return GuestList(audience=lambda _site, _channel: None, now=lambda: clock.now)


def test_a_new_link_makes_the_old_one_void() -> None:
    """One site, one link."""
    guests = guest_list()
    guests.put("xa-1", Guest(digest=b"old"))
    guests.put("xa-1", Guest(digest=b"new", void_until=NOW))
    assert guests.site_of(b"old") is None
    assert guests.site_of(b"new") == "xa-1"
    assert dict(guests.void) == {"xa-1": NOW}
    assert len(guests) == 1


def test_a_site_that_is_shut_out_has_no_link_and_its_tokens_are_void() -> None:
    """T-15."""
    guests = guest_list()
    void = guests.void
    guests.put("xa-1", Guest(digest=b"one"))
    guests.put("xa-1", Guest(void_until=NOW))
    assert guests.site_of(b"one") is None
    assert void == {"xa-1": NOW}
    assert len(guests) == 0


def test_what_is_known_is_replaced_as_a_whole() -> None:
    guests = guest_list()
    guests.put("gone", Guest(digest=b"gone", void_until=NOW))
    guests.replace({"xa-1": Guest(digest=b"one"), "xa-2": Guest(digest=b"two")})
    assert guests.site_of(b"gone") is None
    assert guests.guests() == {"xa-1": Guest(digest=b"one"), "xa-2": Guest(digest=b"two")}
    assert guests.void == {}


def test_links_may_go_from_site_to_site_in_one_change() -> None:
    guests = guest_list()
    guests.replace({"a": Guest(digest=b"1"), "b": Guest(digest=b"2")})
    guests.replace({"a": Guest(digest=b"2"), "b": Guest(digest=b"1")})
    assert (guests.site_of(b"1"), guests.site_of(b"2")) == ("b", "a")


def test_what_is_void_is_forgotten_when_no_token_can_be_that_old() -> None:
    time = Time()
    guests = guest_list(time)
    guests.put("xa-1", Guest(digest=b"one", void_until=NOW))
    guests.put("xa-2", Guest(void_until=NOW))
    guests.forget_old()
    assert set(guests.void) == {"xa-1", "xa-2"}
    time.now = NOW + LONGEST_LIFE + 61
    guests.forget_old()
    assert guests.guests() == {"xa-1": Guest(digest=b"one")}
    assert guests.void == {}


def test_a_site_comes_from_its_networks_alone_and_on_so_many_devices() -> None:
    guests = GuestList(audience=lambda _site, _channel: None, now=lambda: NOW, most_devices=3)
    guests.put("xa-1", Guest(digest=b"one", devices=9, networks=("10.1.0.0/16", "2001:db8::/32")))
    here = ("10.1.2.3", "::ffff:10.1.2.3", "2001:db8::5")
    assert all(guests.admits("xa-1", address) for address in here)
    assert not any(guests.admits("xa-1", address) for address in ("10.2.0.1", "127.0.0.1", "", None, "x"))
    assert guests.admits("xa-2", None)
    assert (guests.devices("xa-1"), guests.devices("xa-2")) == (9, 3)
    guests.put("xa-1", Guest(digest=b"one"))
    assert guests.admits("xa-1", "10.2.0.1")
    assert guests.devices("xa-1") == 3


def test_what_its_browsers_got_for_codes_names_a_site_too() -> None:
    guests = GuestList(audience=lambda _site, _channel: None, now=lambda: NOW)
    guests.put("xa-1", Guest(digest=b"one", browsers=(b"two", b"three")))
    assert [guests.site_of(digest) for digest in (b"one", b"two", b"three")] == ["xa-1"] * 3
    guests.put("xa-1", Guest(digest=b"one", browsers=(b"three",)))
    assert [guests.site_of(digest) for digest in (b"one", b"two", b"three")] == ["xa-1", None, "xa-1"]
