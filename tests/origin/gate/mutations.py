"""Tokens that were good before somebody touched them: every way to do that which can be thought of, by a seed."""

import base64
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

from flow.stream_token import ORDER

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STRANGE = "=+/. %\0\n\ré﻿\ud800%41"


def text_of(plain: bytes) -> str:
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def json_of(text: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(bytes_of(text))
    return said


def text_of_json(said: object) -> str:
    return text_of(json.dumps(said, separators=(",", ":")).encode())


def mutated(tokens: list[str], public_pem: bytes, *, seed: int, count: int) -> Iterator[tuple[str, str]]:
    """`count` times the name of a way and a token that is none of `tokens`."""
    chance = random.Random(seed)
    made = 0
    for name, way in cycle(_WAYS.items()):
        token = way(chance.choice(tokens), tokens, public_pem, chance)
        if token in tokens:
            continue
        if made == count:
            return
        made += 1
        yield name, token


def _bit(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    at = chance.randrange(len(token))
    return token[:at] + chr(ord(token[at]) ^ 1 << chance.randrange(8)) + token[at + 1:]


def _bit_inside(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    """Of what is encoded, so that the spelling stays a good one."""
    parts = token.split(".")
    which = chance.randrange(3)
    plain = bytearray(bytes_of(parts[which]))
    plain[chance.randrange(len(plain))] ^= 1 << chance.randrange(8)
    parts[which] = text_of(bytes(plain))
    return ".".join(parts)


def _letter(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    at = chance.choice([chance.randrange(len(token)), len(token) - 1])
    return token[:at] + chance.choice(_ALPHABET) + token[at + 1:]


def _strange(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    at = chance.randrange(len(token) + 1)
    return token[:at] + chance.choice(_STRANGE) * chance.randrange(1, 4) + token[at:]


def _cut(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    at = chance.randrange(len(token))
    return chance.choice([token[:at], token[at:], token[:at] + token[at + 1:], ""])


def _longer(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    more = "".join(chance.choices(_ALPHABET + ".", k=chance.randrange(1, 600)))
    return chance.choice([token + more, more + token, f"{token}.{token}"])


def _reordered(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    parts = token.split(".")
    chance.shuffle(parts)
    return ".".join(parts)


def _mixed(token: str, tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    """One token's claims under another's signature."""
    return ".".join(chance.choice([token, *tokens]).split(".")[part] for part in range(3))


def _without_algorithm(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    _, claims, signature = token.split(".")
    header = {"alg": chance.choice(["none", "None", "NONE", "nOnE", "", None, 0]), "typ": "JWT", "kid": "k"}
    return f"{text_of_json(header)}.{claims}.{chance.choice(['', signature])}"


def _by_secret(token: str, _tokens: list[str], pem: bytes, chance: random.Random) -> str:
    """HS256 with the public key for a secret (CVE-2015-9235)."""
    header, claims, _ = token.split(".")
    words = json_of(header) | {"alg": chance.choice(["HS256", "HS384", "HS512", "ES256"])}
    said = json_of(claims) | {"exp": json_of(claims)["exp"] + chance.randrange(1000)}
    signed = f"{text_of_json(words)}.{text_of_json(said)}"
    digest = {"HS384": hashlib.sha384, "HS512": hashlib.sha512}.get(words["alg"], hashlib.sha256)
    secret = chance.choice([pem, pem.strip(), b"", b"\0"])
    tag = hmac.new(secret, signed.encode(), digest).digest()
    return f"{signed}.{text_of(tag * (64 // len(tag)))}"


def _other_header(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    header, claims, signature = token.split(".")
    words = json_of(header)
    change: dict[str, Any] = chance.choice([
        {"alg": "ES384"}, {"alg": "RS256"}, {"alg": "PS256"}, {"alg": "EdDSA"}, {"kid": "other"}, {"kid": ""},
        {"kid": "../../etc/passwd"}, {"kid": "' OR 1=1 --"}, {"kid": None}, {"kid": [words["kid"]]},
        {"typ": "JWS"},
        {"crit": ["exp"]}, {"b64": False}, {"jku": "http://h/keys"}, {"x5u": "http://h/cert"},
        {"jwk": {"kty": "oct", "k": "AA"}}, {"zip": "DEF"}, {"cty": "JWT"},
    ])
    words |= change
    if chance.randrange(4) == 0:
        words.pop(chance.choice(["alg", "kid", "typ"]), None)
    return f"{text_of_json(words)}.{claims}.{signature}"


def _other_claims(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    header, claims, signature = token.split(".")
    said = json_of(claims)
    change: dict[str, Any] = chance.choice([
        {"exp": said["exp"] + chance.randrange(1, 10**9)}, {"ch": "other"}, {"sub": "other"}, {"iat": 0},
        {"exp": 10**30}, {"exp": "9999999999"}, {"exp": 1e10}, {"exp": None}, {"ch": [said["ch"]]}, {"nbf": 0},
        {"aud": "edge"}, {"sub": said["sub"] + "\0"},
        # One that says 0 already cannot be moved back.
        {"from": max(0, said["from"] - chance.randrange(1, 10**6)) if said["from"] else 1}, {"from": -1},
        {"from": None}, {"from": str(said["from"])}, {"from": float(said["from"])}, {"from": 10**30},
        {"from": [0]}, {"from": False}, {"FROM": 0}, {"since": 0},
    ])
    if chance.randrange(16) == 0:
        said.pop(chance.choice([*said]))
    return f"{header}.{text_of_json(said | change)}.{signature}"


def _other_signature(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    words, _, signature = token.rpartition(".")
    plain = bytes_of(signature)
    first, second = int.from_bytes(plain[:32]), int.from_bytes(plain[32:])
    one, two = chance.choice([
        (first, ORDER - second), (0, 0), (0, second), (first, 0), (second, first), (ORDER, ORDER), (1, 1),
        (2**256 - 1, 2**256 - 1), (first, (second + 1) % ORDER), (ORDER - first, second),
    ])
    return f"{words}.{text_of(one.to_bytes(32) + two.to_bytes(32))}"


def _other_encoding(token: str, _tokens: list[str], _pem: bytes, chance: random.Random) -> str:
    """The same bytes in another spelling."""
    parts = token.split(".")
    which = chance.randrange(3)
    part = parts[which]
    spare = {2: 16, 3: 4}.get(len(part) % 4, 1)
    last = _ALPHABET.index(part[-1])
    other = part[:-1] + _ALPHABET[last - last % spare + chance.randrange(spare)]
    parts[which] = chance.choice([
        other, part + "=", part + "==", part.replace("-", "+").replace("_", "/"), part + "A", part.swapcase(),
        f" {part}", part.encode().hex(), "".join(f"%{ord(letter):02x}" for letter in part[:9]) + part[9:],
        text_of_json(json_of(part)) + "" if which < 2 else other, base64.b64encode(part.encode()).decode(),
    ])
    return ".".join(parts)


_Way = Callable[[str, list[str], bytes, random.Random], str]
_WAYS: dict[str, _Way] = {
    way.__name__.strip("_"): way for way in (
        _bit, _bit_inside, _letter, _strange, _cut, _longer, _reordered, _mixed, _without_algorithm, _by_secret,
        _other_header, _other_claims, _other_signature, _other_encoding,
    )
}
