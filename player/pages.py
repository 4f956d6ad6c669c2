"""The pages as text: values in, HTML out. Every value is escaped, nothing is inline that could run (T-31).

An element with `data-t` shows the catalogue's entry of that key, one with `data-t-label` is named by it for
screen readers and tooltips; the script changes both when the viewer changes the language.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from hashlib import sha256
from html import escape
from string import Template
from types import MappingProxyType

from flow.ids import ChannelId
from flow.listing import Document, Item
from flow.occasion import Occasion
from player.assets import MEASURE, Assets
from player.beside import coming_part, documents_part, handed_part, said_part, site_part
from player.catalogue import LANGUAGE_NAMES, Language, catalogue
from player.templates import (
    CHANNEL,
    CODE_LATER,
    CODE_WRONG,
    ELSEWHERE,
    ELSEWHERE_SAID,
    FRAME,
    INDEX,
    NO_CHANNELS,
    TRIAL,
    TRIES,
    UNKNOWN,
    UNKNOWN_SAID,
    WATCH,
)

CODES = {"wrong": CODE_WRONG, "later": CODE_LATER}
"""What may have become of a code that was typed in: it is none, or codes are tried too often just now."""
_UNTOLD = Occasion()
_NOTHING: Mapping[str, str] = MappingProxyType({})


def watch_page(
    channel: ChannelId, title: str, assets: Assets, language: Language = Language.VI, *,
    documents: Sequence[Document] = (), tries: bool = False, occasion: Occasion = _UNTOLD,
) -> str:
    """The page that plays `/live/<channel>/index.m3u8`, with what is handed out; who `tries` has a button that
    tells the organiser how picture, line and sound are."""
    home = f"/{_query(language)}"
    told, measure = f"/test/{channel}", assets.url(MEASURE)
    made = {
        "tries": _fill(TRIES, language) if tries else "",
        "trial": _fill(TRIAL, language, told=told, measure=measure) if tries else "",
    }
    body = _fill(
        WATCH, language, title=title, home=home, channel=channel, playlist=f"/live/{channel}/index.m3u8",
        worker=assets.url("hls.worker.js"), made=made,
    )
    body += handed_part(documents, occasion, language) + site_part(occasion.site, language)
    return _frame(title, body, "watch", "watch.js", assets, language)


def index_page(
    channels: Sequence[tuple[ChannelId, str]], assets: Assets, language: Language = Language.VI, code: str = "",
    *, coming: Sequence[Item] = (), zone: tzinfo = UTC, site: str = "",
    elsewhere: bool = False,
) -> str:
    """The list of channels, each with a link; a sentence when there are none. A site's code can be typed in, and
    `code` says how that went: one of CODES, or nothing. What comes is told on the clock of `zone`."""
    links = [
        _fill(CHANNEL, language, title=title, address=f"/watch/{channel}{_query(language)}")
        for channel, title in channels
    ]
    nothing = _fill(ELSEWHERE if elsewhere else NO_CHANNELS, language)
    listed = "<ul class=\"channels\">\n" + "\n".join(links) + "\n</ul>" if links else nothing
    said = _fill(CODES[code], language) if code in CODES else ""
    body = _fill(INDEX, language, made={"listed": listed, "said": said})
    body += coming_part(coming, zone, language) + site_part(site, language)
    return _frame(catalogue().word("channels", language), body, "wait", "wait.js", assets, language)


def unknown_page(
    assets: Assets, language: Language = Language.VI, *, occasion: Occasion = _UNTOLD,
    documents: Sequence[Document] = (), coming: Sequence[Item] = (), channel: str = "", zone: tzinfo = UTC,
    elsewhere: bool = False,
) -> str:
    """What an address shows while no channel has it; its script shows the channel once it is there.

    A site that asks from `elsewhere` hears that; else that what it was invited to there is over, with what is
    handed out, or when it begins.
    """
    next_ = next((one for one in coming if one.channel == channel), None)
    said = said_part(occasion, next_, zone, language) or _fill(UNKNOWN_SAID, language)
    if elsewhere:
        said = _fill(ELSEWHERE_SAID, language)
    body = _fill(UNKNOWN, language, home=f"/{_query(language)}", made={"said": said})
    if occasion.ended:
        body += documents_part(documents, language)
    body += coming_part(coming, zone, language) + site_part(occasion.site, language)
    return _frame(catalogue().word("unknown_channel", language), body, "wait", "wait.js", assets, language)


def _frame(title: str, body: str, kind: str, script: str, assets: Assets, language: Language) -> str:
    return Template(FRAME).substitute(
        language=language, title=escape(title), body=body, kind=kind, switch=_switch(language),
        script=assets.url(script), style=assets.url("page.css"), icon=assets.url("icon.svg"),
        shows=_digest(title, body, assets.url(script)),
    )


def _digest(*parts: str) -> str:
    """What tells a page from the same address's page at another time: a waiting page compares it with its own."""
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


def _switch(language: Language) -> str:
    """Links to this same page in each language; they work without a script too."""
    label = escape(catalogue().word("language", language))
    links = "".join(
        f'<a href="?lang={one}" lang="{one}" hreflang="{one}"{_current(one is language)}>{escape(name)}</a>'
        for one, name in LANGUAGE_NAMES.items()
    )
    return f'<nav class="language" data-t-label="language" aria-label="{label}">{links}</nav>'


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""


def _query(language: Language) -> str:
    """What a link carries so that the choice of language goes along; nothing for the first language."""
    return "" if language is Language.VI else f"?lang={language}"


def _fill(template: str, language: Language, made: Mapping[str, str] = _NOTHING, **values: str) -> str:
    """The template with the catalogue's words (as `$t_<key>`) and the values, all escaped; what is `made` is
    markup already."""
    words = {f"t_{key}": escape(text) for key, text in catalogue().in_language(language).items()}
    return Template(template).substitute(words, **made, **{name: escape(text) for name, text in values.items()})
