"""What of a request goes into the audit: who, why, on what, what was asked, and nothing secret. No I/O."""

import json
from collections.abc import Mapping
from typing import Any

from desk.said import LONGEST_WHO, LONGEST_WHY
from ingest.redact import shown

LONGEST = 512
"""Letters of one text (T-33)."""
MOST = 64
"""Values of one list, and words of one object."""
LARGEST = 16 * 1024
"""Bytes of what was asked, as it is written: an entry is found whole in one page of the audit."""
DEEPEST = 4
HIDDEN = "…"
_PLAIN = frozenset({
    "audience", "captions", "channel", "class", "description", "division", "do", "each", "end", "encoder", "every",
    "except", "exclude", "excluded", "id", "into", "invite", "key_period", "kind", "ladder", "labels", "layout",
    "loudness", "mark", "name", "networks", "note", "preset", "profile", "programme", "region", "regions",
    "rehearsal", "repeat", "role", "rules", "site", "sites", "start", "text", "title", "title_en", "title_vi",
    "to", "tracks", "until", "window",
})
"""Words whose texts may be read. An address of a feed may hold a password: what is not here is hidden."""


def entry_words(*, query: Mapping[str, str], match: Mapping[str, str], path: str, asked: object) -> dict[str, Any]:
    """`who`, `why`, `on` (what the address names), `channel`, and `asked`: what was sent, without secrets."""
    words = asked if isinstance(asked, dict) else {}
    said = {key: words.get(key, query.get(key, "")) for key in ("who", "why")}
    named = {key: _cut(text) for key, text in match.items()}
    of_channel = path.startswith("/api/v1/channels")
    channel = (named.get("name") or words.get("name", "")) if of_channel else words.get("channel", "")
    return {
        "who": _line(said["who"], LONGEST_WHO), "why": _line(said["why"], LONGEST_WHY), "on": named,
        "channel": _line(channel, LONGEST_WHO),
        "asked": _fitting({
            _cut(str(key)): _feeds(value) if key == "feeds" else _shown(value, plain=key in _PLAIN, depth=1)
            for key, value in list(words.items())[:MOST] if key not in said
        }),
    }


def _fitting(asked: dict[str, Any]) -> dict[str, Any]:
    """As many of the words as fit, the others hidden."""
    left = LARGEST
    found: dict[str, Any] = {}
    for key, value in asked.items():
        left -= len(json.dumps(key)) + len(json.dumps(HIDDEN))
        if left < 0:
            break
        size = len(json.dumps(value))
        found[key] = value if size <= left else HIDDEN
        left -= size if size <= left else 0
    return found


def _feeds(value: object) -> object:
    """Addresses as `xacast status` shows them, without their secrets."""
    feeds = value[:MOST] if isinstance(value, list) else []
    return [_feed(one) if isinstance(one, str) else HIDDEN for one in feeds]


def _feed(address: str) -> str:
    if "://" in address:  # the last element of an RTMP address is its stream key
        return _cut(shown(address, key_in_path=address.startswith("rtmp")))
    return HIDDEN if set(address) & set("@?=") else _cut(address)


def _line(text: object, longest: int) -> str:
    return text[:longest] if isinstance(text, str) else ""


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}{HIDDEN}"


def _shown(value: object, *, plain: bool, depth: int) -> object:
    """The value, its texts only if they are `plain`."""
    match value:
        case None | bool():
            return value
        case int():
            return value if abs(value) < 1 << 63 else HIDDEN
        case float():
            return f"{value:g}"  # one spelling on every machine
        case str():
            return _cut(value) if plain or not value else HIDDEN
        case list() if depth < DEEPEST:
            return [_shown(one, plain=plain, depth=depth + 1) for one in value[:MOST]]
        case dict() if depth < DEEPEST:
            return {
                _cut(str(key)): _shown(one, plain=plain, depth=depth + 1)
                for key, one in list(value.items())[:MOST]
            }
        case _:
            return HIDDEN
