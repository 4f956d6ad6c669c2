"""What a database that is not there, or not ours, means for an operator."""

from desk.errors import RefusedError
from flow.errors import OperatorError


class DatabaseGoneError(RefusedError):
    """The database cannot be reached or written just now; `detail` holds its own words, without secrets."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            503, f"the database does not answer: {detail}",
            "What is on air stays on air; nothing can be changed until the database is back. See `database_url`",
        )
        self.detail = detail


class DatabaseNewerError(OperatorError):
    """A newer xacast wrote the schema, `revision` is its name for it."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database was written by a newer xacast (its schema is “{revision[:64]}”)",
            "Use that version, or restore the copy that was made before the upgrade",
        )
        self.revision = revision


class NoSuchValueError(OperatorError):
    """The database has no such value, a null letter for one: it was asked for what cannot be there."""

    def __init__(self) -> None:
        super().__init__(
            "what was sent has letters or numbers that no database keeps", "Leave out what cannot be printed",
        )
