"""Every error that xacast raises on purpose, grouped by who can act on it.

    XacastError
    ├── OperatorError    the command or the configuration is wrong: say what to do, exit 2, no traceback
    ├── FeedError        a source misbehaved: show the slate, say why, try again
    ├── ToolError        FFmpeg, disk or another tool failed: say which, keep its last words
    │   └── MediaError   what an encoder wrote cannot be read
    └── ViewerError      a request is wrong: an HTTP status, nothing else

Rooms add their own kinds in their `errors.py`. An error carries data and writes its sentence in `__str__`;
the sentence names the way out and never holds a secret.
"""


class XacastError(Exception):
    """Base of every error raised on purpose."""


class OperatorError(XacastError):
    """The operator can mend it: `problem` says what is wrong, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """One line: what is wrong, and the way out."""
        return f"{self.problem}. {self.remedy}."


class FeedError(XacastError):
    """A feed cannot be shown just now: `reason` is one sentence for status."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        """The reason, as status shows it."""
        return self.reason


class ToolError(XacastError):
    """A tool failed: `tool` names it, `detail` holds its last words, already without secrets."""

    def __init__(self, tool: str, detail: str) -> None:
        super().__init__(tool, detail)
        self.tool = tool
        self.detail = detail

    def __str__(self) -> str:
        """Name of the tool and what it said last."""
        return f"{self.tool} failed: {self.detail}"


class MediaError(ToolError):
    """What an encoder wrote is no CMAF that is understood here."""

    def __init__(self, detail: str) -> None:
        super().__init__("encoder", detail)
        # pickling and copying call the class with `args`
        self.args = (detail,)


class ViewerError(XacastError):
    """A viewer's request cannot be answered: `status` is the HTTP status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason

    def __str__(self) -> str:
        """Status and reason."""
        return f"{self.status} {self.reason}"
