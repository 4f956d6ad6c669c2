"""Only what the desk has signed, as the desk spells it."""

import jwt
import pytest

from flow.stream_token import LONGEST_LIFE, ORDER, Claims
from origin.gate.signature import claims_of
from tests.origin.gate.mutations import bytes_of, json_of, mutated, text_of_json
from tests.origin.gate.tokens import HOP, HOUR, NOW, key, public, token

SAMPLE = 2_800
GOOD: dict[str, object] = {
    "sub": "xa-00123", "jti": "d" * 12, "ch": "hop", "from": 0, "iat": NOW, "exp": NOW + HOUR,
}


def signed_anyhow(said: dict[str, object], header: dict[str, object] | None = None) -> str:
    """With the right key, but not by the desk's own hand; in the spelling that is accepted."""
    while True:
        made = jwt.encode(said, key().secret, algorithm="ES256", headers=header or {"kid": "one"})
        if int.from_bytes(bytes_of(made.rpartition(".")[2])[32:]) <= ORDER // 2:
            return made


def test_a_token_says_site_channel_and_times() -> None:
    said = Claims(site="xa-00123", device="d" * 12, channel=HOP, made=NOW, end=NOW + HOUR)
    assert claims_of(token(), public()) == said


def test_keys_change_without_a_token_lost() -> None:
    """Each names its key, and several count at once."""
    both = public("one", "two")
    assert claims_of(token(by="one"), both) == claims_of(token(by="two"), both)
    assert claims_of(token(by="one"), public("two")) is None


def test_no_mutation_of_good_tokens_is_accepted() -> None:
    """T-14: a sample; `make soak WHAT=tokens` tries 100,000."""
    tokens = [token(), token(channel="other"), token("xa-2"), token(by="two")]
    keys = public("one", "two")
    accepted = [
        (way, one) for way, one in mutated(tokens, key().pem.encode(), seed=1, count=SAMPLE)
        if claims_of(one, keys) is not None
    ]
    assert accepted == []


@pytest.mark.parametrize("said", [
    {**GOOD, "exp": NOW + LONGEST_LIFE + 1}, {**GOOD, "exp": NOW}, {**GOOD, "exp": float(NOW + HOUR)},
    {**GOOD, "exp": str(NOW + HOUR)}, {**GOOD, "exp": True}, {**GOOD, "ch": "Hop"}, {**GOOD, "ch": ""},
    {**GOOD, "sub": ""}, {**GOOD, "sub": "a\nb"}, {**GOOD, "sub": "a" * 65}, {**GOOD, "nbf": NOW},
    {**GOOD, "jti": "d"}, {**GOOD, "jti": 7},
    {**GOOD, "from": -1}, {**GOOD, "from": "0"}, {name: value for name, value in GOOD.items() if name != "from"},
    {name: value for name, value in GOOD.items() if name != "ch"}, {},
])
def test_claims_that_the_desk_never_makes_are_refused_under_its_own_key(said: dict[str, object]) -> None:
    """T-14: the key alone is not enough."""
    assert claims_of(signed_anyhow(GOOD), public()) is not None
    try:
        made = signed_anyhow(said)
    except TypeError:  # PyJWT makes none of some
        return
    assert claims_of(made, public()) is None


@pytest.mark.parametrize("header", [
    {}, {"kid": "one", "jku": "http://h"}, {"kid": "two"}, {"kid": "one", "typ": "x"},
])
def test_a_header_of_more_or_less_is_refused(header: dict[str, object]) -> None:
    assert claims_of(signed_anyhow(GOOD, header or {"x": "y"}), public()) is None


def test_a_key_that_fails_lets_nobody_in() -> None:
    """T-14: whatever goes wrong inside, the answer is no."""
    assert claims_of(token(), {"one": "no key"}) is None  # type: ignore[dict-item]


def test_deep_and_broken_json_is_no_token() -> None:
    _, claims, signature = token().split(".")
    for header in ("[" * 100, '{"alg":', '"ES256"', "[]", "null"):
        assert claims_of(f"{text_of_json(header)}.{claims}.{signature}", public()) is None
    assert json_of(claims)["ch"] == HOP
