"""A publisher's side of the door as a state machine: bytes in, events out, answers to send (RTMP 1.0, section 7).

It knows no key. It says what was asked for, waits for `accept` or `refuse`, and reads nothing on until then.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.rtmp.amf import encode
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import LARGEST_MESSAGE, ChunkReader
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.flv_tags import media
from ingest.rtmp.handshake import OPENING, Handshake
from ingest.rtmp.message import Kind, Message, bandwidth, broken, number, number_of, user

WINDOW = 2_500_000
"""Bytes after which each side acknowledges; what servers commonly ask for."""

BEFORE = 1 << 14
"""Bytes behind the handshake that somebody may send before a wish to publish; encoders need less than a tenth."""

MOST_BEFORE = 64
"""Messages until then; encoders need about ten."""

TURN = 32
"""Messages that are read at once: then it is another connection's turn (T-18)."""

_CHUNK = 4_096
_STREAM = 1
_PING, _PONG = 6, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody wants to publish to `path`, the application and the key; empty when it was another wish."""

    path: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture, sound or data for FLV."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """The publisher says that it is done."""


Event = Asked | Media | Left


class _State(Enum):
    TALKING = auto()
    ASKING = auto()
    LIVE = auto()
    OVER = auto()


class PublisherSession:
    """One connection. `nonce`: random bytes for the handshake."""

    def __init__(self, nonce: bytes) -> None:
        self._handshake = Handshake(nonce)
        self._reader = ChunkReader(BEFORE)
        self._writer = ChunkWriter()
        self._out = bytearray()
        self._state = _State.TALKING
        self._app = ""
        self._stream = _STREAM
        self._window = WINDOW
        self._received = 0
        self._acknowledged = 0
        self._said = 0
        self.more = False

    def receive(self, data: bytes) -> list[Event]:
        """What the bytes say, at most `TURN` messages of it: while `more` is set, `go_on` gives what follows.

        Raises RtmpError for what is no RTMP or goes beyond a limit.
        """
        self._received += len(data)
        if not self._handshake.done:
            self._out += self._handshake.receive(data)
            data = self._handshake.rest
            if not self._handshake.done:
                return []
        self._reader.feed(data)
        self._acknowledge()
        return self.go_on()

    def go_on(self) -> list[Event]:
        """What the bytes that are there say besides; as `receive`."""
        found: list[Event] = []
        for _ in range(TURN):
            message = self._reader.next() if self._state in (_State.TALKING, _State.LIVE) else None
            if message is None:
                self.more = False
                break
            self._said += 1
            found += self._handle(message)
        else:
            self.more = True
        self._come_to_the_point()
        return found

    def leave(self) -> None:
        """The other side has closed; raises RtmpError when it talked at length and asked for nothing.

        A line that breaks early is no offence; many short talks shall not make more work than a long one.
        """
        if self._state is _State.TALKING and (4 * self._said > MOST_BEFORE or 4 * self._spent > BEFORE):
            broken("it asks for nothing")

    def output(self) -> bytes:
        """What is to be sent; each byte is given once."""
        out = bytes(self._out)
        self._out.clear()
        return out

    def accept(self) -> list[Event]:
        """The publisher may send; gives what it has sent already."""
        self._reader.largest = LARGEST_MESSAGE
        self._state = _State.LIVE
        self._send(user(0, self._stream))
        self._tell("status", "NetStream.Publish.Start", "publishing")
        return self.go_on()

    def refuse(self, code: str) -> None:
        """Say no, in the same words whatever the reason was; nothing more is read."""
        self._state = _State.OVER
        self._tell("error", code, "publishing is refused")

    @property
    def _spent(self) -> int:
        return self._received - OPENING

    def _come_to_the_point(self) -> None:
        """Work is for those who may publish (T-09). What waits unread behind the wish does not count."""
        much = self._said > MOST_BEFORE or (self._spent > BEFORE and not self.more)
        if much and self._state is _State.TALKING:
            broken("it does not come to the point")

    def _handle(self, message: Message) -> list[Event]:
        match message.kind:
            case Kind.COMMAND | Kind.COMMAND_AMF3:
                return self._command(message)
            case Kind.WINDOW:
                self._window = max(1, number_of(message))
            case Kind.USER if message.body[:2] == bytes([0, _PING]):
                self._send(user(_PONG, int.from_bytes(message.body[2:6], "big")))
            case _ if self._state is _State.LIVE:
                return [Media(message=one) for one in media(message)]
        return []

    def _command(self, message: Message) -> list[Event]:
        command = command_of(message)
        match command.name:
            case "connect":
                self._connect(command)
            case "createStream":
                self._answer(command, None, _STREAM)
            case "releaseStream" | "FCPublish":
                self._answer(command, None, None)
            case "publish" | "play" | "play2" if self._state is _State.TALKING:
                self._state = _State.ASKING
                self._stream = message.stream
                name = command.text(1)
                return [Asked(path=f"{self._app}/{name}" if command.name == "publish" else "")]
            case "deleteStream" | "FCUnpublish" | "closeStream" if self._state is _State.LIVE:
                self._state = _State.OVER
                self._tell("status", "NetStream.Unpublish.Success", "unpublished")
                return [Left()]
        return []

    def _connect(self, command: Command) -> None:
        """Any application is fine so far: which one is wrong must not be told from a key that is wrong."""
        wishes = command.values[0] if command.values else None
        app = wishes.get("app") if isinstance(wishes, dict) else None
        self._app = app.partition("?")[0].strip("/") if isinstance(app, str) else ""
        self._send(number(Kind.WINDOW, WINDOW))
        self._send(bandwidth(WINDOW))
        self._out += self._writer.chunk_size(_CHUNK)
        self._answer(command, {"fmsVer": "FMS/3,0,1,123", "capabilities": 31}, {
            "level": "status", "code": "NetConnection.Connect.Success", "description": "connected",
            "objectEncoding": 0,
        })

    def _answer(self, command: Command, *values: object) -> None:
        self._send(Message(kind=Kind.COMMAND, body=encode("_result", command.transaction, *values)))

    def _tell(self, level: str, code: str, description: str) -> None:
        words = {"level": level, "code": code, "description": description}
        body = encode("onStatus", 0, None, words)
        self._send(Message(kind=Kind.COMMAND, body=body, stream=self._stream))

    def _acknowledge(self) -> None:
        """Some senders wait when half of what they may send stays unacknowledged."""
        if self._received - self._acknowledged >= self._window // 2:
            self._acknowledged = self._received
            self._send(number(Kind.ACK, self._received))

    def _send(self, message: Message) -> None:
        self._out += self._writer.write(message)
