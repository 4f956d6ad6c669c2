"""A channel's sound tracks: the original, an interpretation, an ethnic language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_TRACKS = 4
LONGEST_NAME = 60

_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"  # language, with what narrows it
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"  # script, region
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",  # extensions, private use
    re.ASCII | re.IGNORECASE,
)
"""RFC 5646 (BCP 47), 2.1, without the tags from before it: `vi`, `en-GB`, `tyz` (Tày), `zh-Hant`."""
_LONGEST_LANGUAGE = 35
_VARIABLE = "{$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One sound of a channel, as viewers choose it: its language as a tag of BCP 47, its name in that language.

    Raises ValueError, with a sentence, for what is none. A name stands in a quoted string of a playlist (RFC
    8216bis 4.2), which has no way to write a quotation mark, and in which players look for variables (4.3).
    """

    language: str
    name: str

    def __post_init__(self) -> None:
        if len(self.language) > _LONGEST_LANGUAGE or _LANGUAGE.fullmatch(self.language) is None:
            message = f"“{self.language[:_LONGEST_LANGUAGE]}” is no language tag"
            raise ValueError(message)
        if not 0 < len(self.name.strip()) <= len(self.name) <= LONGEST_NAME or not self.name.isprintable():
            message = f"a track's name is one line of 1 to {LONGEST_NAME} letters"
            raise ValueError(message)
        if '"' in self.name or _VARIABLE in self.name:
            message = f'a track\'s name has neither " nor {_VARIABLE} in it'
            raise ValueError(message)


VIETNAMESE = Track(language="vi", name="Tiếng Việt")
"""What a channel has unless it says otherwise."""


def check_tracks(tracks: Sequence[Track]) -> None:
    """Raises ValueError unless a channel can have these: some, not too many, each with a name of its own (RFC
    8216bis 4.4.6.1.1)."""
    if not 1 <= len(tracks) <= MOST_TRACKS:
        message = f"a channel has 1 to {MOST_TRACKS} sound tracks"
        raise ValueError(message)
    if len({track.name for track in tracks}) < len(tracks):
        message = "two sound tracks have the same name"
        raise ValueError(message)
