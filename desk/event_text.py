"""Events as people read them, in Vietnamese and English, from one catalogue of templates."""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, Self

from flow.event import Event
from flow.timebase import units_of_ns, utc_text

LANGUAGES = ("vi", "en")
_FEED = {"vi": "nguồn", "en": "feed"}
_NOBODY = {"vi": "Người điều khiển", "en": "An operator"}


class EventWords:
    """The catalogue: a sentence for each kind of event and language."""

    def __init__(self, templates: dict[str, Any]) -> None:
        self._templates = templates

    @classmethod
    def load(cls) -> Self:
        """The catalogue that comes with this package."""
        return cls(tomllib.loads(Path(__file__).with_name("event_words.toml").read_text("utf-8")))

    def sentence(self, event: Event, language: str) -> str:
        """One sentence without a full stop; a kind of a newer worker is its own word."""
        known = self._templates.get(event.kind, {})
        if how := event.data.get("how"):
            known = self._templates.get(f"{event.kind}-{how}", known)
        template = known.get(language, str(event.kind))
        words = self._words(event, language)
        text = str(template).format_map(defaultdict(str, words))
        named = bool(event.who) and text.startswith(event.who)  # a person is written as they write themselves
        return text if named else text[:1].upper() + text[1:]

    def _words(self, event: Event, language: str) -> dict[str, str]:
        data = event.data
        reason = str(data.get("reason", ""))
        said = str(data.get("why", ""))
        return {
            "who": event.who or _NOBODY[language],
            "named": _named(data.get("feed"), data.get("shown"), language),
            "origin": _named(data.get("from"), data.get("from_shown"), language),
            "next": _named(data.get("next"), data.get("next_shown"), language),
            "seconds": str(data.get("seconds", "")),
            "because": str(self._templates.get("reasons", {}).get(reason, {}).get(language, reason)),
            "address": str(data.get("address", "")),
            "site": str(data.get("site", "")),
            "layout": str(data.get("layout", "")),
            "worker": str(data.get("worker", "")),
            "left": str(data.get("left", "")),
            "changes": str(data.get("changes", "")),
            "mark": str(data.get("mark", "")),
            "programme": str(data.get("programme", "")),
            "count": str(data.get("count", "")),
            "more": f" (+{data['count']})" if data.get("count") else "",
            "text": f"“{data['text']}”" if data.get("text") else "…",
            "said": f": {said}" if said else "",
        }

    def record(self, event: Event) -> dict[str, Any]:
        """The event with its time in words and its sentences, ready for `json.dumps`."""
        return {
            "at": utc_text(units_of_ns(event.wall_ns)), **event.to_json(),
            **{language: self.sentence(event, language) for language in LANGUAGES},
        }


def _named(number: object, shown: object, language: str) -> str:
    return f"{_FEED[language]} {number} ({shown})" if number is not None else _FEED[language]
