"""The command line's end of who is ready."""

from typing import Any
from urllib.parse import quote, urlencode

from desk.api_client import ApiClient


class ReadinessClient(ApiClient):
    """As `ApiClient`; every call raises RefusedError when it is not done."""

    def readiness(self, programme: str, **words: str) -> dict[str, Any]:
        """A programme's sites, counted and listed, all of them: an answer that goes on is asked on."""
        path = f"/api/v1/programmes/{quote(programme, safe='')}/readiness"
        given = {key: word for key, word in words.items() if word}
        found = self._ask("GET", f"{path}?{urlencode(given)}")
        more = found
        while more["next"]:
            more = self._ask("GET", f"{path}?{urlencode({**given, 'after': more['next']})}")
            found["sites"] += more["sites"]
        return {**found, "next": None}
