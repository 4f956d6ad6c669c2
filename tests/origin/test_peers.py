"""Who counts as one peer."""

import pytest

from origin.peers import peer_of


@pytest.mark.parametrize(("remote", "peer"), [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ("fe80::1%eth0", "fe80::/64"),
])
def test_a_peer_is_an_address_or_the_network_around_it(remote: str, peer: str) -> None:
    """T-17."""
    assert peer_of(remote) == peer


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "", None, "/run/socket"])
def test_loopback_and_what_is_no_address_are_no_peer(remote: str | None) -> None:
    assert peer_of(remote) is None
