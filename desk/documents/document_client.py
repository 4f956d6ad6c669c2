"""The command line's end of what is handed out."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from desk.api_client import PATIENCE, ApiClient
from desk.documents.upload_routes import PATIENCE as UPLOAD
from desk.errors import RefusedError
from desk.way import Way


class DocumentClient(ApiClient):
    """As `ApiClient`; every call raises RefusedError when it is not done."""

    def documents(self, programme: str) -> dict[str, Any]:
        """All of a programme."""
        return self._ask("GET", _path(programme))

    def add_document(self, programme: str, file: Path, words: dict[str, str]) -> dict[str, Any]:
        """Hand a file out; it is sent as it is read."""
        path = f"{_path(programme)}?{urlencode(words)}"
        return self._by_some_way(lambda way: _sent(way, path, file))

    def remove_document(self, programme: str, number: int, words: dict[str, str]) -> dict[str, Any]:
        """Hand one out no more."""
        return self._ask("DELETE", f"{_path(programme)}/{number}", dict(words))


def _path(programme: str) -> str:
    return f"/api/v1/programmes/{quote(programme, safe='')}/documents"


def _sent(way: Way, path: str, file: Path) -> dict[str, Any]:
    connection = way.open(max(PATIENCE, UPLOAD))
    try:
        with file.open("rb") as body:
            headers = {
                **way.headers, "Content-Type": "application/octet-stream",
                "Content-Length": str(file.stat().st_size),
            }
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            words: dict[str, Any] = json.loads(answer.read())
    finally:
        connection.close()
    if answer.status >= 400:
        raise RefusedError(answer.status, words["problem"], words["remedy"])
    return words
