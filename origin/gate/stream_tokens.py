"""The verifying half of stream tokens: asked at each request, and quick about it."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256

from flow.ids import ChannelId
from flow.stream_token import LONGEST, SKEW, Claims
from origin.gate.signature import PublicKeys, claims_of
from origin.requests import unknown

REMEMBERED = 32_768
"""Good signatures: 20,000 sites, some with two channels. About 400 bytes each."""


class StreamTokens:
    """Says whose token it is that opens a channel. For one event loop.

    A signature is verified once and then remembered, by the token's digest: what is looked up tells nothing by the
    time that it takes, and no token is kept. All else is looked at each time: a token ends, a site is shut out
    and a key goes with the very next question to here (`passes` asks for each once a second).
    """

    def __init__(
        self, keys: Callable[[], PublicKeys], *, now: Callable[[], int], void: Mapping[str, int] | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        """`keys` are those that count now; `now` is in Unix seconds; `void` maps a site that was shut out to the
        moment up to which all that was made for it counts no more."""
        self._keys = keys
        self._now = now
        self._void: Mapping[str, int] = void if void is not None else {}
        self._remembered = remembered
        self._good: OrderedDict[bytes, Claims] = OrderedDict()
        self._known: PublicKeys | None = None

    @property
    def mark(self) -> int:
        """Another one when other keys count."""
        return id(self._keys())

    def bearer(self, token: str, channel: ChannelId) -> Claims:
        """Who may watch `channel` with this token.

        Raises ViewerError, the same for every reason there is, and the same as for what does not exist (T-14).
        """
        claims = self._claims(token)
        if claims is None or claims.channel != channel or not self._counts(claims):
            raise unknown()
        return claims

    def _counts(self, claims: Claims) -> bool:
        now = self._now()
        void = self._void.get(claims.site)
        return claims.made - SKEW <= now < claims.end + SKEW and (void is None or claims.made > void)

    def _claims(self, token: str) -> Claims | None:
        if len(token) > LONGEST or not token.isascii():
            return None
        keys = self._keys()
        if keys is not self._known:  # others count now: whatever was good under those before is looked at anew
            self._known = keys
            self._good.clear()
        digest = sha256(token.encode("ascii")).digest()
        claims = self._good.get(digest)
        if claims is not None:
            self._good.move_to_end(digest)
            return claims
        claims = claims_of(token, keys)
        if claims is not None:
            self._good[digest] = claims
            if len(self._good) > self._remembered:
                self._good.popitem(last=False)
        return claims
