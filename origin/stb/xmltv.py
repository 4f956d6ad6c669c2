"""The guide as XMLTV (https://github.com/XMLTV/xmltv/blob/master/xmltv.dtd). Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo

from flow.listing import Item, Listed

TYPE = "application/xml"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_SPECIAL = re.compile('[&<>"\r]')
_NONE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def guide(channels: Iterable[Listed], items: Iterable[Item], zone: tzinfo) -> str:
    """The guide of these channels, with times on the clock of `zone`."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<tv generator-info-name="xacast">']
    for one in channels:
        name = f'<display-name lang="vi">{escaped(one.title)}</display-name>'
        lines.append(f'<channel id="{escaped(one.channel)}">{name}</channel>')
    lines += [_programme(item, zone) for item in items]
    return "".join(f"{text}\n" for text in [*lines, "</tv>"])


def escaped(text: str) -> str:
    """The text as an element or an attribute in quotes may hold it; what XML has no way to spell becomes U+FFFD
    (T-13)."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _NONE.sub("\ufffd", text))


def _programme(item: Item, zone: tzinfo) -> str:
    stop = "" if item.end_s is None else f' stop="{_time(item.end_s, zone)}"'
    texts = (("title", "vi", item.title), ("title", "en", item.title_en), ("desc", "vi", item.description))
    inside = "".join(f'<{tag} lang="{lang}">{escaped(text)}</{tag}>' for tag, lang, text in texts if text)
    channel = escaped(item.channel)
    return f'<programme start="{_time(item.start_s, zone)}"{stop} channel="{channel}">{inside}</programme>'


def _time(seconds: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(seconds, zone).strftime("%Y%m%d%H%M%S %z")
