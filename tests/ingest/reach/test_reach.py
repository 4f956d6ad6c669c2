from ipaddress import ip_address

import pytest

from ingest.reach.reach import Border, Reach
from ingest.reach.web_address import web_address

OWN = (("0.0.0.0", 8080), ("127.0.0.1", 8090), ("192.0.2.7", 9000), ("headend.lan", 8070))
ALLOWED = ("cdn.example.net", "*.tv.example.net:8443", "10.20.0.0/16:8080")


def _border(named: str = "http://feed.lan:8888/x.m3u8", allowed: tuple[str, ...] = ALLOWED) -> Border:
    local = {"192.168.1.5", "fd00::5"}
    return Border(
        named=web_address(named), reach=Reach.of(allowed, OWN), is_local=lambda ip: str(ip) in local,
    )


def _name(url: str, border: Border | None = None) -> str:
    return (border or _border()).by_name(web_address(url))


def _ip(host: str, port: int, ip: str, border: Border | None = None) -> str:
    return (border or _border()).by_ip(host, port, ip_address(ip))


@pytest.mark.parametrize("ip", ["93.184.216.34", "10.0.0.9", "fd00::1", "::ffff:10.0.0.9"])
def test_the_host_that_the_operator_named_may_stand_in_any_network(ip: str) -> None:
    assert _ip("feed.lan", 8888, ip) == ""


@pytest.mark.parametrize("ip", [
    "169.254.169.254", "224.0.0.1", "0.0.0.0", "fe80::1", "::", "64:ff9b::169.254.169.254", "127.0.0.1", "::1",
])
def test_but_its_name_cannot_lead_where_no_feed_can_be(ip: str) -> None:
    """T-04."""
    assert "resolves to a" in _ip("feed.lan", 8888, ip)


def test_an_address_that_the_operator_typed_was_meant() -> None:
    border = _border("http://169.254.7.7/x.m3u8")
    assert _ip("169.254.7.7", 80, "169.254.7.7", border) == ""


@pytest.mark.parametrize(("named", "child", "fine"), [
    ("http://h:8888/x", "http://h:8888/y", True), ("http://h:8888/x", "http://h:8889/y", False),
    ("http://h:8888/x", "http://h/y", False), ("http://h:8888/x", "https://h:8888/y", False),
    ("http://h:8888/x", "https://h/y", False), ("http://h/x", "https://h/y", True),
    ("https://h/x", "http://h/y", False), ("https://h/x", "http://h:443/y", False),
    ("http://h/x", "http://h:443/y", False),
    ("http://h/x", "http://H./y", True), ("http://h/x", "http://h.evil/y", False),
    ("http://127.0.0.1:8888/x", "http://127.0.0.1:8888/y", True),
    ("http://127.0.0.1:8888/x", "http://[::1]:8888/y", False),
    ("http://[::1]:8/x", "http://[0:0::1]:8/y", True),
])
def test_children_stay_on_the_named_host_and_port_save_the_step_to_https(
    named: str, child: str, *, fine: bool,
) -> None:
    """T-04, T-07."""
    assert (_name(child, _border(named, ())) == "") is fine


@pytest.mark.parametrize("url", [
    "http://10.0.0.1/x", "http://evil.org/x", "http://localhost:8888/x", "http://cdn.example.net:22/x",
    "https://example.net/x", "https://tv.example.net:8443/x", "http://10.20.0.1:22/x",
])
def test_any_other_host_is_refused_with_its_name(url: str) -> None:
    """T-04, T-07."""
    border = _border(allowed=("cdn.example.net", "*.tv.example.net:8443"))
    assert _name(url, border) == f"the feed leads to {web_address(url).place}, which is not on its allow-list"


def test_a_user_name_is_refused_in_every_address_but_the_operators() -> None:
    """T-04."""
    border = _border("http://me:pw@feed.lan:8888/x")
    assert border.by_name(border.named) == ""
    assert "user name" in _name("http://me:pw@feed.lan:8888/y", border)


@pytest.mark.parametrize(("host", "port", "ip", "fine"), [
    ("cdn.example.net", 443, "93.184.216.34", True), ("cdn.example.net", 8443, "93.184.216.34", False),
    ("a.tv.example.net", 8443, "2606:4700::1111", True), ("cdn.example.net", 443, "10.0.0.1", False),
    ("cdn.example.net", 443, "127.0.0.1", False), ("cdn.example.net", 80, "169.254.169.254", False),
    ("cdn.example.net", 80, "224.0.0.1", False), ("cdn.example.net", 80, "0.0.0.0", False),
    ("cdn.example.net", 80, "::ffff:127.0.0.1", False), ("cdn.example.net", 80, "64:ff9b::a00:1", False),
    ("cdn.example.net", 80, "2002:7f00:1::", False), ("cdn.example.net", 8080, "10.20.1.1", True),
    ("anything.lan", 8080, "10.20.1.1", True), ("anything.lan", 8080, "10.21.1.1", False),
    ("10.20.1.1", 8080, "10.20.1.1", True), ("feed.lan", 80, "93.184.216.34", False),
])
def test_what_an_allowed_name_resolves_to_is_checked_too(host: str, port: int, ip: str, *, fine: bool) -> None:
    """T-04."""
    assert (_ip(host, port, ip) == "") is fine


@pytest.mark.parametrize(("port", "ip", "ours"), [
    (8090, "127.0.0.1", True), (8090, "127.9.9.9", True), (8090, "::1", True), (8090, "0.0.0.0", True),
    (8090, "::", True), (8090, "::ffff:127.0.0.1", True), (8090, "192.168.1.5", True), (8090, "fd00::5", True),
    (8090, "64:ff9b::7f00:1", True), (8090, "2002:7f00:1::", True), (8090, "192.168.1.6", False),
    (8080, "192.168.1.5", True), (8070, "127.0.0.1", True), (8888, "127.0.0.1", False), (9000, "192.0.2.7", True),
])
def test_no_feed_leads_to_a_listener_of_our_own(port: int, ip: str, *, ours: bool) -> None:
    """T-04."""
    border = _border(f"http://feed.lan:{port}/x.m3u8")
    own = "the feed leads to a listener of xacast itself"
    assert (_ip("feed.lan", port, ip, border) == own) is ours


def test_an_allow_list_does_not_open_our_own_listeners() -> None:
    """T-04."""
    border = _border(allowed=("127.0.0.0/8:8090",))
    assert _ip("127.0.0.1", 8090, "127.0.0.1", border) == "the feed leads to a listener of xacast itself"
