"""A card says all that a commune needs, in Vietnamese first, and nothing that somebody wrote runs in it."""

import re
from html.parser import HTMLParser
from string import Formatter

from desk.register.card import Card, card_words, page_of

LINK = "http://hop.example.vn/t/lDI0qKorUhCDhWKytIDiAAOU74w0Q4OmqiAC2fkeRec/"


def _card(**words: str) -> Card:
    given = {"name": "Hội trường UBND", "address": "Phường Ba Đình, Hà Nội", "contact": "Chị Hoa 0912"} | words
    return Card(site="s00004", link=LINK, channels=("hop",), call="Kỹ thuật 024 3333", **given)


class Seen(HTMLParser):
    """Tags and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_card_has_the_address_the_steps_and_whom_to_call() -> None:
    seen = Seen(page_of([_card()], card_words()))
    for words in (
        LINK, f"{LINK}live/hop/ts.m3u8", "Phiếu cài đặt", "Hội trường UBND", "Phường Ba Đình, Hà Nội",
        "Chị Hoa 0912", "Kỹ thuật 024 3333", "s00004", "http://hop.example.vn/",
    ):
        assert words in seen.text
    assert (seen.tags.count("li"), seen.tags.count("svg"), seen.tags.count("section")) == (3, 1, 1)


def test_each_site_has_a_page_of_its_own() -> None:
    assert Seen(page_of([_card(), _card()], card_words())).tags.count("section") == 2


def test_what_people_wrote_is_text() -> None:
    """T-31: also in a name that came with a list."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;{call}"
    seen = Seen(page_of([_card(name=attack, address=attack, contact=attack)], card_words()))
    assert seen.text.count(attack) == 3
    assert not {"script", "img"} & set(seen.tags)


def test_every_sentence_is_there_in_both_languages_with_the_same_words_to_fill_in() -> None:
    for words in card_words().values():
        vi, en = ([field for _, field, _, _ in Formatter().parse(words[key])] for key in ("vi", "en"))
        assert {*filter(None, vi)} == {*filter(None, en)}
    assert re.search("[ảấờ]", str(card_words()["first"]["vi"]))
