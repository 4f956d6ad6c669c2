import pytest

from flow.errors import FeedError
from ingest.rtmp.address import address_of, door_key


@pytest.mark.parametrize(("text", "app", "name"), [
    ("rtmp://h/live/x", "live", "x"), ("rtmp://h/live/a/x", "live/a", "x"),
    ("rtmp://h/live/a/x/y", "live/a", "x/y"), ("rtmp://h/live/x?token=1", "live", "x?token=1"),
])
def test_the_address_says_what_to_ask_for_as_ffmpeg_has_it(text: str, app: str, name: str) -> None:
    found = address_of(text)
    assert (found.app, found.name) == (app, name)


def test_host_port_and_user_are_taken_apart() -> None:
    found = address_of("rtmp://h%E1:p%40ss@[::1]:1936/live/x")
    assert (found.host, found.port, found.tls, found.password) == ("::1", 1936, False, "p@ss")
    assert found.tc_url == "rtmp://[::1]:1936/live"
    assert [(one.port, one.tls) for one in map(address_of, ("rtmp://h/a/b", "rtmps://h/a/b"))] == [
        (1935, False), (443, True),
    ]


@pytest.mark.parametrize("text", [
    "rtmp://h/live", "rtmp://h", "rtmp:///live/x", "http://h/live/x", "rtmp://h:x/live/x", "rtmp://[h/live/x", "x",
    "rtmp://h//x",
])
def test_an_address_that_lacks_something_is_said_without_showing_it(text: str) -> None:
    with pytest.raises(FeedError) as caught:
        address_of(text)
    assert str(caught.value) == "the RTMP address is not of the form rtmp://host/app/name"


def test_its_secrets_are_not_shown() -> None:
    """T-11."""
    assert "canary" not in repr(address_of("rtmp://canary:canary@h/live/canary"))


@pytest.mark.parametrize(("text", "key"), [
    ("rtmp://:1935/live/geheim", "geheim"), ("rtmp:///live/geheim", "geheim"), ("rtmp://:9/live/a/b", "a/b"),
    ("rtmp://h/live/geheim", None), ("rtmp://:1935/other/geheim", None), ("rtmp://:1935/live/", None),
    ("rtmps://:1935/live/x", None), ("rtmp://[", None), ("testcard:", None), ("rtmp://:1935/live/a?b", "a?b"),
])
def test_an_address_without_a_host_is_our_own_door_s(text: str, key: str | None) -> None:
    assert door_key(text) == key
