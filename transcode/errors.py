"""Errors of this room."""

from flow.errors import ToolError


class MediaError(ToolError):
    """What an encoder wrote is no CMAF that this room understands: the run is worth nothing and ends."""

    def __init__(self, detail: str) -> None:
        super().__init__("encoder", detail)
        # pickling and copying call the class with `args`
        self.args = (detail,)
