"""The command line's end of the audit."""

from collections.abc import Iterator

from desk.api_client import ApiClient
from desk.audit.chain import Head


class AuditClient(ApiClient):
    """As `ApiClient`; raises RefusedError for who may not read it."""

    def newest(self) -> list[str]:
        """The last lines, oldest first."""
        return list(self._ask("GET", "/api/v1/audit?at=-1")["lines"])

    def head(self) -> Head | None:
        """What is kept apart from the lines; None when it is gone."""
        text = self._ask("GET", "/api/v1/audit?at=-1")["head"]
        return Head.parse(text) if text else None

    def lines(self) -> Iterator[str]:
        """All lines, the oldest first."""
        at = 0
        while True:
            found = self._ask("GET", f"/api/v1/audit?at={at}")
            if not found["lines"]:
                return
            yield from found["lines"]
            at = found["next"]
