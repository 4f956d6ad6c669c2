"""The signing half of stream tokens."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

import jwt

from desk.access.signing_keys import SigningKey
from flow.ids import ChannelId
from flow.stream_token import ALGORITHM, LONGEST_LIFE, ORDER, Claims


def claims_for(
    site: str, channel: ChannelId, *, device: str, now: int, until: int, since: int = 0,
) -> Claims:
    """What a token says that is made now (Unix seconds): it begins and ends with what the site was invited to, or
    ends after its longest life."""
    end = min(until, now + LONGEST_LIFE)
    return Claims(site=site, device=device, channel=channel, since=since, made=now, end=end)


def signed(claims: Claims, key: SigningKey) -> str:
    """The token that says so, in the one spelling that `origin.gate` accepts."""
    said = {
        "sub": claims.site, "jti": claims.device, "ch": claims.channel, "from": claims.since,
        "iat": claims.made, "exp": claims.end,
    }
    token = jwt.encode(said, key.secret, algorithm=ALGORITHM, headers={"kid": key.kid})
    words, _, signature = token.rpartition(".")
    return f"{words}.{_low(signature)}"


def _low(signature: str) -> str:
    """The same signature with the lesser of the two numbers that its second one may be."""
    plain = urlsafe_b64decode(signature + "==")
    second = int.from_bytes(plain[32:])
    plain = plain[:32] + min(second, ORDER - second).to_bytes(32)
    return urlsafe_b64encode(plain).rstrip(b"=").decode("ascii")
