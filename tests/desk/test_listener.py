"""Hosts and ports."""

import pytest

from desk.listener import Listener, is_loopback


@pytest.mark.parametrize(("text", "host", "port", "shown"), [
    ("127.0.0.1:8080", "127.0.0.1", 8080, "127.0.0.1:8080"),
    ("[::1]:0", "::1", 0, "[::1]:0"),
    ("8080", "127.0.0.1", 8080, "127.0.0.1:8080"),
    ("localhost:1", "localhost", 1, "localhost:1"),
])
def test_a_listener_is_read_and_written(text: str, host: str, port: int, shown: str) -> None:
    listener = Listener.parse(text)
    assert (listener.host, listener.port, str(listener)) == (host, port, shown)
    assert listener.url == f"http://{shown}"


@pytest.mark.parametrize("text", ["", ":80", "a:", "a:b", "a:70000", "::1:80", "a:-1", "a:٣"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"host:port|brackets"):
        Listener.parse(text)


@pytest.mark.parametrize(("host", "local"), [
    ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("LOCALHOST", True), ("0.0.0.0", False),
    ("10.0.0.1", False), ("localhost.evil.example", False), ("127.0.0.1.evil.example", False), ("", False),
])
def test_loopback_is_known_by_value(host: str, local: bool) -> None:
    assert is_loopback(host) is local
    assert Listener(host, 1).loopback is local


def test_a_listener_everywhere_is_reached_over_loopback() -> None:
    assert Listener("0.0.0.0", 8080).reach() == Listener("127.0.0.1", 8080)
    assert Listener("::", 8080).reach() == Listener("::1", 8080)
    assert Listener("10.0.0.1", 8080).reach() == Listener("10.0.0.1", 8080)


def test_what_is_shown_of_it_can_be_opened_from_here() -> None:
    shown = Listener("0.0.0.0", 8080).show()
    assert shown.host != "0.0.0.0"
    assert shown.port == 8080
    assert Listener("127.0.0.1", 1).show() == Listener("127.0.0.1", 1)
