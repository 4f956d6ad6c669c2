"""Whether a stream token is one that the desk has signed. Pure.

Each token has exactly one spelling that is accepted: base64url has spare bits at its end that a lenient decoder
passes over (RFC 4648 3.5), and of an ECDSA signature (r, s) the pair (r, n - s) is as good. Either would make of
one token others that nobody has signed, which no list could name (T-14).
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

from flow.ids import ChannelId, is_id
from flow.stream_token import ALGORITHM, LONGEST_LIFE, ORDER, Claims, has_shape, is_device, is_kid, is_site

PublicKeys = Mapping[str, EllipticCurvePublicKey]
"""By `kid`; several at once while keys change."""

_HEADER = {"alg", "typ", "kid"}
_CLAIMS = {"sub", "jti", "ch", "from", "iat", "exp"}
_SIGNATURE_ONLY: Any = {
    "verify_signature": True, "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False,
    "verify_iss": False, "verify_sub": False, "verify_jti": False,
}
"""Times are compared by our own clock, each time; the signature is what is looked at once."""


def claims_of(token: str, keys: PublicKeys) -> Claims | None:
    """What a token says, when one of the keys has signed it and it is spelled as the desk spells it; else None.

    Whether it has ended is not looked at.
    """
    if not (has_shape(token) and _spelled_once(token)):
        return None
    try:
        header = jwt.get_unverified_header(token)
        if header.keys() != _HEADER or header["alg"] != ALGORITHM or header["typ"] != "JWT":
            return None
        key = keys.get(header["kid"]) if is_kid(header["kid"]) else None
        if key is None:
            return None
        return _claims(jwt.decode(token, key=key, algorithms=[ALGORITHM], options=_SIGNATURE_ONLY))
    except Exception:  # noqa: BLE001 - whatever goes wrong in there: it is no token (T-14)
        return None


def _spelled_once(token: str) -> bool:
    """Whether no part has another spelling of the same bytes, nor the signature another of the same worth."""
    parts = [part.encode("ascii") for part in token.split(".")]
    if any(len(part) % 4 == 1 for part in parts):
        return False
    plain = [urlsafe_b64decode(part + b"=" * (-len(part) % 4)) for part in parts]
    if any(urlsafe_b64encode(text).rstrip(b"=") != part for text, part in zip(plain, parts, strict=True)):
        return False
    return 0 < int.from_bytes(plain[2][32:]) <= ORDER // 2


def _claims(said: dict[str, Any]) -> Claims | None:
    if said.keys() != _CLAIMS or not (is_site(said["sub"]) and is_device(said["jti"])):
        return None
    channel, since, made, end = said["ch"], said["from"], said["iat"], said["exp"]
    if not (isinstance(channel, str) and is_id(channel)):
        return None
    if not all(type(moment) is int for moment in (since, made, end)):
        return None
    if not 0 < end - made <= LONGEST_LIFE or since < 0:
        return None
    return Claims(
        site=said["sub"], device=said["jti"], channel=ChannelId(channel), since=since, made=made, end=end,
    )
