"""Tokens as the desk signs them."""

from desk.access.signer import claims_for, signed
from flow.stream_token import LONGEST_LIFE, ORDER
from origin.gate.signature import claims_of
from tests.origin.gate.mutations import bytes_of, json_of
from tests.origin.gate.tokens import HOP, HOUR, NOW, key, public


def test_a_token_ends_with_what_the_site_was_invited_to() -> None:
    assert claims_for("xa-1", HOP, device="d" * 12, now=NOW, until=NOW + HOUR).end == NOW + HOUR


def test_no_token_lives_longer_than_the_longest_life() -> None:
    assert claims_for("xa-1", HOP, device="d" * 12, now=NOW, until=NOW + 10**9).end == NOW + LONGEST_LIFE


def test_header_and_claims_are_those_that_edges_know() -> None:
    claims_made = claims_for("xa-1", HOP, device="d" * 12, now=NOW, until=NOW + HOUR)
    header, claims, _ = signed(claims_made, key()).split(".")
    assert json_of(header) == {"alg": "ES256", "typ": "JWT", "kid": "one"}
    assert json_of(claims) == {
        "sub": "xa-1", "jti": "d" * 12, "ch": "hop", "from": 0, "iat": NOW, "exp": NOW + HOUR,
    }


def test_every_signature_has_the_lesser_of_its_two_spellings() -> None:
    """T-14: an edge's list and the gate see one text for one token."""
    for _ in range(20):
        made = signed(claims_for("xa-1", HOP, device="d" * 12, now=NOW, until=NOW + HOUR), key())
        assert int.from_bytes(bytes_of(made.rpartition(".")[2])[32:]) <= ORDER // 2
        assert claims_of(made, public()) is not None
