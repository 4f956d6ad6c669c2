"""The command line's end of the control API."""

import http.client
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from desk.errors import NotRunningError, RefusedError, SecondNeededError
from desk.machine_key import headers_with, key_for_reading
from desk.people.second import SECOND_NEEDED, WITHIN_S
from desk.people.session_file import SessionFile, Signed
from desk.ports import Ports
from desk.settings import Settings
from desk.tls.contexts import own
from desk.way import Way, far_way
from flow.errors import ToolError

PATIENCE = 10.0
"""Seconds; the headend answers from memory, a declaration waits for one disk write."""


class ApiClient:
    """Speaks to the headend of this machine, or to the desk that the settings name; each call raises
    NotRunningError when none answers.

    Who is signed in there is who asks; else, on this machine, who can read its key.
    """

    def __init__(self, settings: Settings) -> None:
        self._wish = settings.operators.reach()
        self._run = settings.run
        self._data = settings.data
        self._tls = settings.tls("operators")
        self.desk = settings.desk
        self.place = settings.desk or str(settings.data)
        """By what the file of sessions knows this desk."""
        self.tell: Callable[[str], None] = _to_the_terminal
        """Hears what is waited for."""
        self._signed = SessionFile(os.environ).get(self.place)

    def signed(self, signed: Signed | None) -> None:
        """Ask as somebody else from now on, or as nobody that is signed in."""
        self._signed = signed

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

    def give_codes(self, words: dict[str, Any]) -> dict[str, Any]:
        """Codes by which a browser of each site comes in, once (`desk.access.code_routes`)."""
        return self._ask("POST", "/api/v1/links/code", words)

    def limit_links(self, words: dict[str, Any]) -> None:
        """Let so many devices of sites watch at once; raises RefusedError for a site that is not registered."""
        self._ask("POST", "/api/v1/links/limit", words)

    def machines(self) -> list[dict[str, Any]]:
        """The machines that there are and were (`desk.machines.machine_routes`)."""
        return list(self._ask("GET", "/api/v1/machines")["machines"])

    def add_machine(self, words: dict[str, Any]) -> dict[str, Any]:
        """Let a machine in; by what it proves who it is. Raises RefusedError for a name that was used."""
        return self._ask("POST", "/api/v1/machines", words)

    def certify_machine(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Another certificate for an edge; raises RefusedError when there is none of that name."""
        return self._ask("POST", f"/api/v1/machines/{quote(name, safe='')}/certificate", words)

    def revoke_machine(self, name: str, words: dict[str, Any]) -> None:
        """Shut a machine out; raises RefusedError when there is none of that name."""
        self._ask("POST", f"/api/v1/machines/{quote(name, safe='')}/revoke", words)

    def unban(self, address: str, said: dict[str, Any]) -> list[str]:
        """Let an address knock at the RTMP door again, or all with an empty one; the places that were let in."""
        words = {"address": address, **said}
        return [str(place) for place in self._ask("POST", "/api/v1/rtmp/unban", words)["lifted"]]

    def rival(self, feed: str) -> dict[str, Any]:
        """Which channel has what the feed of that address needs, with the words of `desk.rival_routes`."""
        return self._ask("POST", "/api/v1/rivals", {"feed": feed})

    def session(self) -> dict[str, Any]:
        """Who asks (`desk.people.session_routes`)."""
        return self._ask("GET", "/api/v1/session")

    def sign_in(self, name: str, password: str) -> dict[str, Any]:
        """Who is signed in, with the token; raises RefusedError when that is not done."""
        return self._ask("POST", "/api/v1/session", {"name": name, "password": password})

    def sign_out(self, *, everywhere: bool) -> int:
        """End the session, or all of the account; how many."""
        return int(self._ask("DELETE", f"/api/v1/session?everywhere={int(everywhere)}")["ended"])

    def choose_password(self, old: str, new: str) -> dict[str, Any]:
        """Another password for who is signed in."""
        return self._ask("POST", "/api/v1/session/password", {"old": old, "new": new})

    def accounts(self) -> list[dict[str, Any]]:
        """All that the asker may see (`desk.people.account_routes`)."""
        return list(self._ask("GET", "/api/v1/accounts")["accounts"])

    def account(self, name: str) -> dict[str, Any]:
        """One of them."""
        return self._ask("GET", _account(name))

    def add_account(self, words: dict[str, Any]) -> dict[str, Any]:
        """A new one; its password is told this once."""
        return self._ask("POST", "/api/v1/accounts", words)

    def change_account(self, name: str, words: dict[str, Any]) -> dict[str, Any]:
        """Other words of one."""
        return self._ask("PATCH", _account(name), words)

    def renew_account(self, name: str, said: dict[str, Any]) -> dict[str, Any]:
        """A password to be used once, told this once."""
        return self._ask("POST", f"{_account(name)}/password", said)

    def unlock_account(self, name: str, said: dict[str, Any]) -> dict[str, Any]:
        """It may be tried again."""
        return self._ask("POST", f"{_account(name)}/unlock", said)

    def _ways(self) -> list[Way]:
        if self.desk:
            headers = headers_with(self._signed.token) if self._signed else {}
            return [far_way(self.desk, headers, self._signed.ca if self._signed else "")]
        # The file of a supervisor that was killed may name a port that is nobody's now.
        known = Ports.read(self._run)
        places = [*([known.operators.reach()] if known else []), *([self._wish] if self._wish.port else [])]
        token = self._signed.token if self._signed else key_for_reading(self._data)
        headers, files = headers_with(token) if token else {}, self._tls
        return [Way(place=place, headers=headers, tls=own(files) if files else None) for place in places]

    def confirmations(self) -> list[dict[str, Any]]:
        """What waits for a second operator (`desk.people.second_guard`)."""
        return list(self._ask("GET", "/api/v1/confirmations")["waiting"])

    def confirm(self, number: int, said: dict[str, Any]) -> dict[str, Any]:
        """Say yes to what another asked; raises RefusedError when one may not."""
        return self._ask("POST", f"/api/v1/confirmations/{number}", said)

    def reload(self, said: dict[str, Any]) -> dict[str, Any]:
        """Have settings read again; raises RefusedError for those that are wrong."""
        return self._ask("POST", "/api/v1/settings/reload", said)

    def _ask(self, method: str, path: str, words: dict[str, Any] | None = None) -> dict[str, Any]:
        try:
            return self._by_some_way(lambda way: _exchange(way, method, path, words))
        except SecondNeededError as error:
            self.tell(str(error))
            number = error.number
        return self._by_some_way(lambda way: _exchange(way, method, path, words, number))

    def _by_some_way(self, work: Callable[[Way], dict[str, Any]]) -> dict[str, Any]:
        """What `work` brings by the first way at the end of which somebody answers."""
        for way in self._ways():
            try:
                return work(way)
            except ConnectionRefusedError:
                continue
            except (OSError, http.client.HTTPException, ValueError) as error:
                tool = f"the headend at {way}"
                raise ToolError(tool, f"{error or type(error).__name__}") from error
        raise NotRunningError(self.desk or str(self._wish))


def _account(name: str) -> str:
    return f"/api/v1/accounts/{quote(name, safe='')}"


def _to_the_terminal(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def _exchange(
    way: Way, method: str, path: str, words: dict[str, Any] | None, confirmed: int = 0,
) -> dict[str, Any]:
    connection = way.open(PATIENCE + (WITHIN_S if confirmed else 0))
    try:
        body = None if words is None else json.dumps(words)
        headers = {**way.headers, **({"Content-Type": "application/json"} if body else {})}
        headers |= {"Xacast-Confirm": str(confirmed)} if confirmed else {}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        data = json.loads(answer.read())
    finally:
        connection.close()
    if answer.status == SECOND_NEEDED and "confirm" in data:
        raise SecondNeededError(data["confirm"], data["problem"], data["remedy"])
    if answer.status >= 400:
        raise RefusedError(answer.status, data["problem"], data["remedy"])
    if not isinstance(data, dict):
        message = "the answer is not an object"
        raise ValueError(message)  # noqa: TRY004 - to the caller it is one more malformed answer
    return data
