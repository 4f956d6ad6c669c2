from ipaddress import ip_address

import pytest

from ingest.reach.special_networks import Scope, faces, scope, special


@pytest.mark.parametrize(("text", "kind"), [
    ("93.184.216.34", Scope.PUBLIC), ("2606:4700::1111", Scope.PUBLIC), ("10.1.2.3", Scope.PRIVATE),
    ("172.31.255.255", Scope.PRIVATE), ("172.32.0.0", Scope.PUBLIC), ("192.168.0.1", Scope.PRIVATE),
    ("100.64.0.1", Scope.PRIVATE), ("fd00::1", Scope.PRIVATE), ("fec0::1", Scope.PRIVATE),
    ("127.0.0.1", Scope.LOOPBACK), ("127.255.255.254", Scope.LOOPBACK), ("::1", Scope.LOOPBACK),
    ("169.254.169.254", Scope.LINK_LOCAL), ("fe80::1", Scope.LINK_LOCAL), ("0.0.0.0", Scope.UNUSABLE),
    ("0.1.2.3", Scope.UNUSABLE), ("::", Scope.UNUSABLE), ("224.0.0.1", Scope.UNUSABLE),
    ("ff02::1", Scope.UNUSABLE),
    ("255.255.255.255", Scope.UNUSABLE), ("240.0.0.1", Scope.UNUSABLE), ("198.18.0.1", Scope.UNUSABLE),
    ("203.0.113.9", Scope.UNUSABLE), ("2001:db8::1", Scope.UNUSABLE), ("2001::1", Scope.UNUSABLE),
    ("2002:7f00:1::", Scope.UNUSABLE), ("::127.0.0.1", Scope.UNUSABLE), ("4000::1", Scope.UNUSABLE),
    ("::ffff:127.0.0.1", Scope.LOOPBACK), ("::ffff:10.0.0.1", Scope.PRIVATE), ("::ffff:8.8.8.8", Scope.PUBLIC),
    ("64:ff9b::7f00:1", Scope.LOOPBACK), ("64:ff9b::8.8.8.8", Scope.PUBLIC), ("64:ff9b:1::1", Scope.PRIVATE),
])
def test_every_address_has_one_scope_also_where_ipv6_holds_ipv4(text: str, kind: Scope) -> None:
    """T-04."""
    assert scope(ip_address(text)) is kind
    assert (special(ip_address(text)) is None) == (kind is Scope.PUBLIC)


@pytest.mark.parametrize("text", [
    "127.0.0.1", "::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::1", "64:ff9b::7f00:1",
    "2001:0:7f00:1::", "2001:0:808:808::80ff:fffe",
])
def test_every_way_to_hold_an_ipv4_address_is_seen_through(text: str) -> None:
    """T-04."""
    assert ip_address("127.0.0.1") in faces(ip_address(text))
