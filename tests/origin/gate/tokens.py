"""Keys and tokens for tests, made by the desk's own half."""

from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec

from desk.access.signer import claims_for, signed
from desk.access.signing_keys import SigningKey
from flow.ids import ChannelId

NOW = 1_790_000_000
HOUR = 3600
HOP = ChannelId("hop")


def key(name: str = "one") -> SigningKey:
    return _key(name)


@cache
def _key(name: str) -> SigningKey:
    return SigningKey(NOW - HOUR, name, ec.generate_private_key(ec.SECP256R1()))


def token(
    site: str = "xa-00123", channel: str = HOP, *, device: str = "d" * 12, now: int = NOW,
    until: int = NOW + HOUR, since: int = 0, by: str = "one",
) -> str:
    return signed(claims_for(site, ChannelId(channel), device=device, now=now, until=until, since=since), key(by))


def public(*names: str) -> dict[str, ec.EllipticCurvePublicKey]:
    return {name: key(name).secret.public_key() for name in names or ("one",)}
