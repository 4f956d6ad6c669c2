"""Who came in within this second, so that a player's ten questions of it are judged once. Pure.

What is remembered is gone with the second, tokens too, and at once when anything that says who is let in changes.
"""

from typing import NamedTuple

LASTS = 1_000_000_000
"""Nanoseconds: what changes by time alone, such as a token's end, may be noticed so much later."""
MOST = 32_768


class Pass(NamedTuple):
    """Whose request came in, and from when on it may have media (Unix seconds)."""

    site: str
    since: int


Key = tuple[str, str, str | None]
"""All that a request was judged by: token, channel and address."""


class Passes:
    """For one event loop."""

    def __init__(self) -> None:
        self._passes: dict[Key, Pass] = {}
        self._mark: object = None
        self._until_ns = 0

    def of(self, key: Key, mark: object, now_ns: int) -> Pass | None:
        """Who came in by the same (monotonic nanoseconds); `mark` is another when anybody may be shut out."""
        if now_ns >= self._until_ns or mark != self._mark or len(self._passes) > MOST:
            self._passes.clear()
            self._mark = mark
            self._until_ns = now_ns + LASTS
            return None
        return self._passes.get(key)

    def keep(self, key: Key, made: Pass) -> None:
        """Remember who came in."""
        self._passes[key] = made
