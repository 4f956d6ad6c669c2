"""Stream tokens: what is in the address of a site's media, `/s/<token>/live/<channel>/…`.

A token is a JWT (RFC 7519) signed with ES256 (RFC 7518 3.4). Its header names the key (`kid`); its claims are
the site (`sub`), which of its devices (`jti`), the one channel it opens (`ch`), from when on of its past (`from`),
when it was made (`iat`) and when it ends (`exp`), in seconds since the Unix epoch. An edge checks it with the
public key alone.
"""

import re
from dataclasses import dataclass

from flow.ids import ChannelId

ALGORITHM = "ES256"
"""The only one, whatever a token's header says (RFC 8725 3.1)."""
SKEW = 30
"""Seconds that the clocks of two machines may differ."""
LONGEST = 544
"""Letters of a token; one with the longest channel and site has fewer."""
LONGEST_LIFE = 12 * 3600
"""Seconds between `iat` and `exp`; also how long a site that was shut out must be remembered."""
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (SEC 2, 2.4.2): the second number of a signature is at most half of it."""

_SHAPE = re.compile(r"[A-Za-z0-9_-]{8,200}\.[A-Za-z0-9_-]{8,328}\.[A-Za-z0-9_-]{86}", re.ASCII)
_SITE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_DEVICE = re.compile(r"[A-Za-z0-9_-]{12}", re.ASCII)
_KID = re.compile(r"[A-Za-z0-9_-]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says: this device of a site may watch this channel, from `made` until `end` (Unix seconds), and
    of what was before only what ended after `since`; 0 is all."""

    site: str
    device: str
    channel: ChannelId
    since: int = 0
    made: int
    end: int


def has_shape(token: str) -> bool:
    """Whether the text may be a token at all: its length and alphabet, looked at before anything is decoded."""
    return len(token) <= LONGEST and _SHAPE.fullmatch(token) is not None


def is_site(text: object) -> bool:
    """Whether it may be the id of a site: short, and safe in an address, a log and an edge's list."""
    return isinstance(text, str) and _SITE.fullmatch(text) is not None


def is_device(text: object) -> bool:
    """Whether it may be what a device is called."""
    return isinstance(text, str) and _DEVICE.fullmatch(text) is not None


def is_kid(text: object) -> bool:
    """Whether it may be the name of a key."""
    return isinstance(text, str) and _KID.fullmatch(text) is not None
