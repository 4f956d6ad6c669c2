"""The command line's end of the register."""

import http.client
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from desk.api_client import ApiClient
from desk.errors import RefusedError
from desk.way import Way

PATIENCE = 120.0
"""Seconds without a word while a list is read."""
Tell = Callable[[dict[str, Any]], None]


class RegisterClient(ApiClient):
    """As `ApiClient`; every call raises RefusedError when it is not done."""

    def regions(self, *, below: str = "", search: str = "") -> dict[str, Any]:
        """Regions right below one, or all that have those words."""
        return self._ask("GET", f"/api/v1/regions?{urlencode({'below': below, 'search': search})}")

    def region(self, name: str) -> dict[str, Any]:
        """One region, by code or name."""
        return self._ask("GET", f"/api/v1/regions/{quote(name, safe='')}")

    def networks(self, name: str) -> dict[str, Any]:
        """Where the sites of a region may watch from."""
        return self._ask("GET", f"/api/v1/regions/{quote(name, safe='')}/networks")

    def put_networks(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Have them watch from elsewhere."""
        return self._ask("PUT", f"/api/v1/regions/{quote(name, safe='')}/networks", words)

    def load_regions(self, division: str, said: dict[str, Any]) -> dict[str, Any]:
        """Put official units in."""
        return self._ask("POST", "/api/v1/regions/load", {"division": division, **said})

    def import_regions(self, file: Path, levels: str, *, dry: bool, said: dict[str, Any]) -> dict[str, Any]:
        """Put a tree of one's own in; raises RefusedError when the file is none."""
        path = f"/api/v1/regions/import?{urlencode({'levels': levels, 'dry': int(dry), **said})}"
        return self._by_some_way(lambda way: _sent(way, path, file, lambda _words: None))

    def sites(self, **words: object) -> dict[str, Any]:
        """Sites that are asked for, some at a time: `next` is what to give as `after`."""
        return self._ask("GET", f"/api/v1/sites?{urlencode({key: str(word) for key, word in words.items()})}")

    def site(self, name: str) -> dict[str, Any]:
        """One site."""
        return self._ask("GET", f"/api/v1/sites/{quote(name, safe='')}")

    def add_site(self, words: dict[str, Any]) -> dict[str, Any]:
        """A new one, with the words of `desk/register/site_words.py`."""
        return self._ask("POST", "/api/v1/sites", words)

    def change_site(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Other words of one."""
        return self._ask("PATCH", f"/api/v1/sites/{quote(name, safe='')}", words)

    def retire_site(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """It watches no more, or again."""
        return self._ask("POST", f"/api/v1/sites/{quote(name, safe='')}/retire", words)

    def merge_sites(self, into: str, words: dict[str, Any]) -> dict[str, Any]:
        """One takes the place of others."""
        return self._ask("POST", f"/api/v1/sites/{quote(into, safe='')}/merge", words)

    def import_sites(self, file: Path, *, dry: bool, said: dict[str, Any], tell: Tell) -> dict[str, Any]:
        """Send a list of places; `tell` hears how far it is. Raises RefusedError when the file is none."""
        path = f"/api/v1/sites/import?{urlencode({'dry': int(dry), **said})}"
        return self._by_some_way(lambda way: _sent(way, path, file, tell))


def _sent(way: Way, path: str, file: Path, tell: Tell) -> dict[str, Any]:
    connection = way.open(PATIENCE)
    try:
        with file.open("rb") as body:
            headers = {
                **way.headers, "Content-Type": "application/octet-stream",
                "Content-Length": str(file.stat().st_size),
            }
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return _heard(answer, tell)
    finally:
        connection.close()


def _heard(answer: http.client.HTTPResponse, tell: Tell) -> dict[str, Any]:
    """The last word of an answer that comes line by line."""
    for line in answer:
        words = json.loads(line)
        if "problem" in words:
            raise RefusedError(max(answer.status, 400), words["problem"], words["remedy"])
        if "result" in words:
            result: dict[str, Any] = words["result"]
            return result
        tell(words)
    message = "the answer has no end"
    raise ValueError(message)
