"""What stands on the pages beside channels and picture: what comes, and what is handed out. Pure."""

import json
from collections.abc import Sequence
from datetime import datetime, tzinfo
from html import escape
from string import Template

from flow.listing import Document, Item
from flow.occasion import Occasion
from player.catalogue import Language, catalogue
from player.templates import COMING, DOCUMENT, DOCUMENTS, HANDED, ITEM, SAID, SITE

MOST_COMING = 20
"""Programmes that a page names; the guide has them all."""


def documents_part(documents: Sequence[Document], language: Language) -> str:
    """What is handed out: title, kind and size, each with its address; nothing when there is nothing."""
    return _part("documents", DOCUMENTS, language, [
        _escaped(
            DOCUMENT, address=f"/doc/{one.channel}/{one.number}", kind=one.ending.upper(),
            title=_titled(one.title, one.title_en, language), size=_size(one.size, language),
        )
        for one in documents
    ])


def handed_part(documents: Sequence[Document], occasion: Occasion, language: Language) -> str:
    """The same below the picture, with the times by which the page says what it shows: of a rehearsal, live, over.
    They are seconds since the epoch, empty while nobody knows them."""
    start, end = (occasion.now.start_s, occasion.now.end_s) if occasion.now else (None, None)
    times = {"start": "" if start is None else str(start), "end": "" if end is None else str(end)}
    return Template(HANDED).substitute(times, documents=documents_part(documents, language))


def said_part(occasion: Occasion, coming: Item | None, zone: tzinfo, language: Language) -> str:
    """What the page of a channel says that is not there for a site: that the meeting is over, or when it begins;
    nothing when nothing is known of one."""
    over = occasion.now is None or occasion.now == occasion.ended
    if over and occasion.ended is not None:
        item, key, hint = occasion.ended, "has_ended", "has_ended_hint"
    elif (item_ := occasion.now or coming) is not None:
        item, key, hint = item_, "will_begin", "will_begin_hint"
    else:
        return ""
    when, words = _when(item, zone), catalogue()
    return _escaped(
        SAID, title=_titled(item.title, item.title_en, language), key=key, hint=hint,
        values=json.dumps({"when": when}), words=words.word(key, language).replace("{when}", when),
        hint_words=words.word(hint, language),
    )


def site_part(site: str, language: Language) -> str:
    """Which site this is, for who is asked by telephone; nothing for who is none."""
    if not site:
        return ""
    return _escaped(SITE, t_site=catalogue().word("site", language), site=site)


def coming_part(items: Sequence[Item], zone: tzinfo, language: Language) -> str:
    """What comes: when, on the clock of `zone`, and what it is called; nothing when nothing comes."""
    return _part("coming", COMING, language, [
        _escaped(ITEM, when=_when(one, zone), title=_titled(one.title, one.title_en, language))
        for one in items[:MOST_COMING]
    ])


def _part(key: str, template: str, language: Language, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    words = {f"t_{key}": escape(catalogue().word(key, language))}
    return Template(template).substitute(words, lines="\n".join(lines))


def _escaped(template: str, **values: str) -> str:
    return Template(template).substitute({name: escape(text) for name, text in values.items()})


def _titled(title: str, title_en: str, language: Language) -> str:
    return title_en if title_en and language is Language.EN else title


def _when(one: Item, zone: tzinfo) -> str:
    start = datetime.fromtimestamp(one.start_s, zone)
    end = f"-{datetime.fromtimestamp(one.end_s, zone):%H:%M}" if one.end_s is not None else ""
    return f"{start:%d/%m/%Y, %H:%M}{end}"


def _size(size: int, language: Language) -> str:
    """In kB, or MB with one place."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    text = f"{size / 1_000_000:.1f} MB"
    return text.replace(".", ",") if language is Language.VI else text
