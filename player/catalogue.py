"""Every sentence that a viewer can read, in Vietnamese first and English second."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Self


class Language(StrEnum):
    """A language of the pages, as `lang` attributes and `?lang=` spell it."""

    VI = "vi"
    EN = "en"

    @classmethod
    def of(cls, text: str) -> Self:
        """The language that `text` asks for; Vietnamese when it asks for none that is known."""
        return cls(text) if text in tuple(cls) else cls("vi")


LANGUAGE_NAMES: Mapping[Language, str] = {Language.VI: "Tiếng Việt", Language.EN: "English"}
"""What a language calls itself: the same in every language."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Words by key and language, as `web/strings.json` holds them; the page's script bundles the same file."""

    words: Mapping[str, Mapping[str, str]]

    def word(self, key: str, language: Language) -> str:
        """One entry, not escaped; raises KeyError for a key that the catalogue lacks."""
        return self.words[key][language]

    def in_language(self, language: Language) -> dict[str, str]:
        """All entries in one language, not escaped."""
        return {key: entry[language] for key, entry in self.words.items()}


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with this package, read once."""
    text = resources.files("player").joinpath("web/strings.json").read_text(encoding="utf-8")
    return Catalogue(json.loads(text))
