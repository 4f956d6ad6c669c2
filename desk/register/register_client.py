"""The command line's end of the register."""

from typing import Any
from urllib.parse import quote, urlencode

from desk.api_client import ApiClient


class RegisterClient(ApiClient):
    """As `ApiClient`; every call raises RefusedError when it is not done."""

    def regions(self, *, below: str = "", search: str = "") -> dict[str, Any]:
        """Regions right below one, or all that have those words."""
        return self._ask("GET", f"/api/v1/regions?{urlencode({'below': below, 'search': search})}")

    def region(self, name: str) -> dict[str, Any]:
        """One region, by code or name."""
        return self._ask("GET", f"/api/v1/regions/{quote(name, safe='')}")

    def load_regions(self, division: str, said: dict[str, Any]) -> dict[str, Any]:
        """Put official units in."""
        return self._ask("POST", "/api/v1/regions/load", {"division": division, **said})

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
