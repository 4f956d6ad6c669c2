from ipaddress import ip_address

import pytest

from flow.errors import OperatorError
from ingest.reach.allow_list import allowed_of


@pytest.mark.parametrize(("entry", "host", "port", "fits"), [
    ("cdn.example.net", "cdn.example.net", 443, True), ("cdn.example.net", "cdn.example.net", 80, True),
    ("cdn.example.net", "cdn.example.net", 8080, False), ("CDN.Example.net.", "cdn.example.net", 443, True),
    ("cdn.example.net:8443", "cdn.example.net", 8443, True),
    ("cdn.example.net:8443", "cdn.example.net", 443, False),
    ("cdn.example.net", "x.cdn.example.net", 443, False), ("cdn.example.net", "acdn.example.net", 443, False),
    ("*.example.net", "a.example.net", 443, True), ("*.example.net", "a.b.example.net", 443, True),
    ("*.example.net", "example.net", 443, False), ("*.example.net", "badexample.net", 443, False),
    ("*.example.net", "example.net.evil.org", 443, False), ("10.0.0.0/8", "10.evil.org", 443, False),
])
def test_a_name_or_a_domain_is_meant_with_its_ports(entry: str, host: str, port: int, *, fits: bool) -> None:
    assert allowed_of(entry).fits_name(host, port) is fits


@pytest.mark.parametrize(("entry", "ip", "port", "fits"), [
    ("10.20.0.0/16", "10.20.1.2", 80, True), ("10.20.0.0/16", "10.21.1.2", 80, False),
    ("10.20.0.0/16:8080", "10.20.1.2", 8080, True), ("10.20.0.0/16:8080", "10.20.1.2", 80, False),
    ("10.20.1.2", "10.20.1.2", 443, True), ("10.20.1.2:81", "10.20.1.2", 81, True),
    ("[fd00::/8]:8080", "fd00::9", 8080, True), ("fd00::/8", "fd00::9", 443, True),
    ("[fd00::9]", "fd00::9", 443, True), ("127.0.0.2/32:9000", "127.0.0.2", 9000, True),
    ("0.0.0.0/0", "8.8.8.8", 443, True), ("0.0.0.0/0", "10.0.0.1", 443, False),
    ("0.0.0.0/0", "127.0.0.1", 80, False), ("::/0", "::1", 80, False), ("::/0", "::ffff:127.0.0.1", 80, False),
    ("169.254.0.0/16", "169.254.169.254", 80, False), ("224.0.0.0/4", "224.0.0.1", 80, False),
    ("cdn.example.net", "8.8.8.8", 443, False), ("8.0.0.0/6", "10.0.0.1", 80, False),
])
def test_a_network_opens_what_lies_in_it_but_a_wide_one_opens_nothing_inside(
    entry: str, ip: str, port: int, *, fits: bool,
) -> None:
    """T-04."""
    assert allowed_of(entry).fits_ip(ip_address(ip), port) is fits


@pytest.mark.parametrize("text", [
    "", "*", "*.", "*.vn", "*.0.0.1", "a b", "http://h", "h:0", "h:x", "h:", "h:80:81", "10.0.0.1/8",
    "10.0.0.0/33",
    "2130706433", "127.1", "[::1]x", "[::1", "h@e", "h/x",
])
def test_any_other_word_is_answered_with_how_to_write_it(text: str) -> None:
    with pytest.raises(OperatorError, match="Write a host"):
        allowed_of(text)
