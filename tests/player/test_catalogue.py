"""Each sentence is there in both languages, once, and is used."""

import re
import unicodedata
from pathlib import Path

import pytest

import player
from player.catalogue import Catalogue, Language, catalogue

ROOM = Path(player.__file__).parent
SOURCES = [ROOM / "templates.py", ROOM / "pages.py", ROOM / "beside.py", *sorted((ROOM / "web").glob("*.js"))]


def test_each_entry_has_both_languages_and_the_same_values_to_fill_in() -> None:
    for key, entry in catalogue().words.items():
        assert set(entry) == set(Language), key
        vi, en = (sorted(re.findall(r"\{\w+\}", entry[one])) for one in Language)
        assert vi == en, key


def test_vietnamese_letters_are_composed() -> None:
    for entry in catalogue().words.values():
        for text in entry.values():
            assert text == unicodedata.normalize("NFC", text)


def test_each_entry_is_used_and_each_use_has_an_entry() -> None:
    source = "\n".join(path.read_text() for path in SOURCES)
    keys = set(catalogue().words)
    named = set(re.findall(r'data-t(?:-label)?="(\w+)"', source)) | set(re.findall(r"\$t_(\w+)", source))
    assert named <= keys
    phases = {f"state_{phase}" for phase in re.findall(r'"([a-z]+)"', source)}
    unused = {key for key in keys - named - phases if f'"{key}"' not in source}
    assert not unused


def test_no_vietnamese_sentence_stands_outside_the_catalogue() -> None:
    letters = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    for path in SOURCES:
        assert not letters.search(path.read_text()), path.name


@pytest.mark.parametrize(("asked", "given"), [("en", "en"), ("vi", "vi"), ("", "vi"), ("fr", "vi"), ("<b>", "vi")])
def test_a_language_that_is_not_known_is_vietnamese(asked: str, given: str) -> None:
    assert Language.of(asked) is Language(given)


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Catalogue({}).word("live", Language.VI)


def test_words_of_one_language_come_together() -> None:
    assert catalogue().in_language(Language.VI)["live"] == catalogue().word("live", Language.VI) == "TRỰC TIẾP"
