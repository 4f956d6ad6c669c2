"""A command of RTMP: a name, a number to answer to, and values (RTMP 1.0, section 7.2)."""

from dataclasses import dataclass, field
from typing import Any

from ingest.rtmp.amf import decode
from ingest.rtmp.message import Kind, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What was called. `values` are the command object and the arguments; they may hold a key."""

    name: str
    transaction: float = 0
    values: tuple[Any, ...] = field(default=(), repr=False)

    def text(self, place: int) -> str:
        """The value at `place` if it is text; else empty."""
        value = self.values[place] if place < len(self.values) else None
        return value if isinstance(value, str) else ""

    def words(self) -> dict[str, Any]:
        """The last value that is an object: in answers, level, code and description."""
        return next((value for value in reversed(self.values) if isinstance(value, dict)), {})


def command_of(message: Message) -> Command:
    """The command in a message; one without a name has an empty one. Raises RtmpError for what is no AMF0."""
    # A message of type 17 holds AMF0 behind a zero byte, as long as no AMF3 was agreed on (section 7.1.1).
    body = message.body[1:] if message.kind == Kind.COMMAND_AMF3 else message.body
    found = decode(body)
    name = found[0] if found and isinstance(found[0], str) else ""
    transaction = found[1] if len(found) > 1 and isinstance(found[1], float) else 0
    return Command(name=name, transaction=transaction, values=tuple(found[2:]))
