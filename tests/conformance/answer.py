"""One request and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from tests.conformance.playlist import Playlist, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """As a viewer has it.

    `path` is below `/live/<channel>/` and has the query; header names are in lower case; `body` is unpacked.
    Times are seconds of the channel's clock: when it was `asked`, when the headers `began`, when all of the
    body `came`.
    """

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    asked: float
    began: float
    came: float

    @property
    def text(self) -> str:
        """The body as text, whatever is in it."""
        return self.body.decode("utf-8", "replace")

    @property
    def playlist(self) -> Playlist:
        """The body as a media playlist."""
        return read(self.body)

    @property
    def waited(self) -> float:
        """Seconds from question to answer."""
        return self.came - self.asked

    @property
    def directives(self) -> dict[str, str]:
        """The query."""
        return dict(parse_qsl(urlsplit(self.path).query))

    @property
    def place(self) -> str:
        """The path without its query."""
        return urlsplit(self.path).path
