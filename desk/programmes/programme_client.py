"""The command line's end of the schedule."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from desk.api_client import ApiClient
from desk.errors import RefusedError

_PROGRAMMES = "/api/v1/programmes"


class ProgrammeClient(ApiClient):
    """As `ApiClient`; every call raises RefusedError when it is not done."""

    def programmes(self, **words: str) -> dict[str, Any]:
        """Those that are asked for."""
        return self._ask("GET", f"{_PROGRAMMES}?{urlencode({key: word for key, word in words.items() if word})}")

    def programme(self, name: str) -> dict[str, Any]:
        """One of them."""
        return self._ask("GET", _path(name))

    def runs(self, channel: str) -> bool:
        """Whether there is such a channel now."""
        try:
            self.channel(channel)
        except RefusedError as error:
            if error.status != HTTPStatus.NOT_FOUND:
                raise
            return False
        return True

    def off(self, programmes: Iterable[dict[str, Any]]) -> set[str]:
        """Those of their channels that do not run now."""
        running = {one["name"] for one in self.channels()["channels"]}
        return {one["channel"] for one in programmes} - running

    def add_programme(self, words: dict[str, Any]) -> dict[str, Any]:
        """A new one or a series, with the words of `desk/programmes/programme_words.py`."""
        return self._ask("POST", _PROGRAMMES, words)

    def change_programme(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Other words of one."""
        return self._ask("PATCH", _path(name), words)

    def cancel_programme(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """It does not come, or its series from it on."""
        return self._ask("POST", f"{_path(name)}/cancel", words)

    def timetable(self, channel: str) -> dict[str, Any]:
        """What the schedule says of a channel now."""
        return self._ask("GET", f"/api/v1/channels/{quote(channel, safe='')}/timetable")

    def on_air(self, channel: str, deed: str, words: dict[str, Any]) -> dict[str, Any]:
        """Begin, end or extend (`start`, `stop`, `extend`) what is on a channel."""
        return self._ask("POST", f"/api/v1/channels/{quote(channel, safe='')}/programme/{deed}", words)


def _path(name: str) -> str:
    return f"{_PROGRAMMES}/{quote(name, safe='')}"
