"""The command line's end of the control API."""

import http.client
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from desk.errors import NotRunningError, RefusedError
from desk.listener import Listener
from desk.machine_key import headers_with, key_for_reading
from desk.ports import Ports
from desk.settings import Settings
from flow.errors import ToolError

PATIENCE = 10.0
"""Seconds; the headend answers from memory, a declaration waits for one disk write."""


class ApiClient:
    """Speaks to the headend of this machine; each call raises NotRunningError when none answers."""

    def __init__(self, settings: Settings) -> None:
        self._wish = settings.operators.reach()
        self._run = settings.run
        self._data = settings.data

    def channels(self) -> dict[str, Any]:
        """All channels, and the viewers' address."""
        return self._ask("GET", "/api/v1/channels")

    def channel(self, name: str) -> dict[str, Any]:
        """One channel; raises RefusedError when there is none."""
        return self._ask("GET", f"/api/v1/channels/{name}")

    def declare(self, *, feeds: Sequence[str], **words: object) -> dict[str, Any]:
        """Put a channel on air, with the words of `desk.control_api`; raises RefusedError when it may not be."""
        return self._ask("POST", "/api/v1/channels", {**words, "feeds": list(feeds)})

    def change(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Change settings of a channel, with the words of `desk.change_words`; its report."""
        return self._ask("PATCH", f"/api/v1/channels/{name}", words)

    def remove(self, name: str, said: dict[str, Any] | None = None) -> None:
        """Take a channel off, with who and why (`desk.said`); raises RefusedError when there is none."""
        self._ask("DELETE", f"/api/v1/channels/{name}", said)

    def order(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Order something of a channel's worker; raises RefusedError when it is not done."""
        return self._ask("POST", f"/api/v1/channels/{name}/commands", words)

    def marks(self, name: str) -> dict[str, Any]:
        """The marks of a channel; raises RefusedError when there is none."""
        return self._ask("GET", f"/api/v1/channels/{name}/marks")

    def mark(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Set or end a mark, with the words of `desk.mark_words`; raises RefusedError when it cannot be."""
        return self._ask("POST", f"/api/v1/channels/{name}/marks", words)

    def events(self, channel: str = "", *, after: int | None = None) -> dict[str, Any]:
        """What happened, on one channel or on all: the newest, or what is newer than an id."""
        query = {"channel": channel} if after is None else {"channel": channel, "after": after}
        return self._ask("GET", f"/api/v1/events?{urlencode(query)}")

    def links(self) -> dict[str, Any]:
        """Which sites have a link, and which were shut out (`desk.access.link_routes`)."""
        return self._ask("GET", "/api/v1/links")

    def give_links(self, words: dict[str, Any]) -> dict[str, str]:
        """New links, by site; raises RefusedError for a site that is not registered."""
        return {str(site): str(link) for site, link in self._ask("POST", "/api/v1/links", words)["links"].items()}

    def revoke_links(self, words: dict[str, Any]) -> None:
        """Shut sites out; raises RefusedError for a site that is not registered."""
        self._ask("POST", "/api/v1/links/revoke", words)

    def unban(self, address: str, said: dict[str, Any]) -> list[str]:
        """Let an address knock at the RTMP door again, or all with an empty one; the places that were let in."""
        words = {"address": address, **said}
        return [str(place) for place in self._ask("POST", "/api/v1/rtmp/unban", words)["lifted"]]

    def rival(self, feed: str) -> dict[str, Any]:
        """Which channel has what the feed of that address needs, with the words of `desk.rival_routes`."""
        return self._ask("POST", "/api/v1/rivals", {"feed": feed})

    def _places(self) -> list[Listener]:
        # The file of a supervisor that was killed may name a port that is nobody's now.
        known = Ports.read(self._run)
        return [*([known.operators.reach()] if known else []), *([self._wish] if self._wish.port else [])]

    def _ask(self, method: str, path: str, words: dict[str, Any] | None = None) -> dict[str, Any]:
        for place in self._places():
            try:
                return _exchange(place, method, path, words, key_for_reading(self._data))
            except ConnectionRefusedError:
                continue
            except (OSError, http.client.HTTPException, ValueError) as error:
                tool = f"the headend at {place}"
                raise ToolError(tool, f"{error or type(error).__name__}") from error
        raise NotRunningError(str(self._wish))


def _exchange(
    place: Listener, method: str, path: str, words: dict[str, Any] | None, key: str,
) -> dict[str, Any]:
    connection = http.client.HTTPConnection(place.host, place.port, timeout=PATIENCE)
    try:
        body = None if words is None else json.dumps(words)
        headers = headers_with(key) if key else {}
        connection.request(method, path, body, headers | ({"Content-Type": "application/json"} if body else {}))
        answer = connection.getresponse()
        data = json.loads(answer.read())
    finally:
        connection.close()
    if answer.status >= 400:
        raise RefusedError(answer.status, data["problem"], data["remedy"])
    if not isinstance(data, dict):
        message = "the answer is not an object"
        raise ValueError(message)  # noqa: TRY004 - to the caller it is one more malformed answer
    return data
