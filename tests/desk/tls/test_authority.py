"""An authority and what it signs."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from desk.tls.authority import Names, Pair, authority, for_listener, may_sign

NOW = 1_790_000_000
DAY = 86_400
NAMES = Names.parse(("Hop.example.vn.", "localhost"), ("10.0.0.5", "127.0.0.1"))


@pytest.fixture(scope="module")
def ca() -> Pair:
    return authority(NAMES, NOW)


def verified(ca: Pair, pair: Pair, host: str, at: int) -> None:
    store, when = Store([ca.parsed]), datetime.fromtimestamp(at, UTC)
    verifier = PolicyBuilder().store(store).time(when).build_server_verifier(x509.DNSName(host))
    verifier.verify(pair.parsed, [])


def test_what_it_signs_is_believed_under_its_name_and_in_its_time(ca: Pair) -> None:
    """T-23: expired, for another host, of another authority: refused."""
    pair = for_listener(ca, NAMES, now=NOW, days=30)
    verified(ca, pair, "hop.example.vn", NOW + 29 * DAY)
    with pytest.raises(VerificationError):
        verified(ca, pair, "hop.example.vn", NOW + 31 * DAY)
    with pytest.raises(VerificationError):
        verified(ca, pair, "bank.example.vn", NOW)
    with pytest.raises(VerificationError):
        verified(authority(NAMES, NOW), pair, "hop.example.vn", NOW)


def test_no_browser_believes_it_another_name(ca: Pair) -> None:
    """T-23: also when its key is stolen: the name stands in what was trusted (RFC 5280 4.2.1.10)."""
    bank = Names.parse(("bank.example.com",), ())
    assert may_sign(ca, bank) == ["bank.example.com"]
    assert may_sign(ca, Names.parse(("a.hop.example.vn",), ("192.168.7.7", "8.8.8.8"))) == ["8.8.8.8"]
    with pytest.raises(VerificationError):
        verified(ca, for_listener(ca, bank, now=NOW, days=30), "bank.example.com", NOW)


def test_it_is_for_listeners_alone(ca: Pair) -> None:
    pair = for_listener(ca, NAMES, now=NOW, days=30)
    usage = pair.parsed.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]


@pytest.mark.parametrize("host", ["", "a b", "a..b", "ä/b", "*.vn"])
def test_what_is_no_name_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match=r"name|A-label"):
        Names.parse((host,), ())


def test_a_key_is_in_no_representation(ca: Pair) -> None:
    """T-11."""
    assert "PRIVATE" not in repr(ca)
