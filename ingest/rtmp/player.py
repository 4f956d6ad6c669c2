"""The player's side of RTMP as a state machine: bytes in, messages out, what to send (RTMP 1.0, section 7.2)."""

from ingest.rtmp.address import RtmpAddress
from ingest.rtmp.amf import encode
from ingest.rtmp.auth import asks
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import ChunkReader
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.flv_tags import media
from ingest.rtmp.handshake import Handshake
from ingest.rtmp.message import Kind, Message, RtmpError, number, number_of, user

_CONNECT, _CREATE, _PLAY = 1, 2, 3
_WINDOW = 2_500_000
_BUFFER = 1_000
_ANY = -2_000
"""Live when there is something live; else what is recorded under that name."""

_PING, _PONG = 6, 7
_CODECS = ["av01", "hvc1", "vp09"]
_OVER = frozenset({"NetStream.Play.UnpublishNotify", "NetStream.Play.Stop", "NetConnection.Connect.Closed"})
_SENTENCES = {
    "NetStream.Play.StreamNotFound": "the RTMP server has no such stream",
    "NetConnection.Connect.InvalidApp": "the RTMP server has no such application",
}
_REFUSED = "the RTMP server refuses to let it be played"


class AuthAsked(RtmpError):  # noqa: N818 - no failure yet: the next connection answers
    """The server wants to know who plays; `description` holds its challenge."""

    def __init__(self, description: str) -> None:
        super().__init__("the RTMP server asks for a user name and password")
        self.description = description


class PlayerSession:
    """One connection. `proof` is the query that answers a server's challenge."""

    def __init__(self, address: RtmpAddress, nonce: bytes, proof: str = "") -> None:
        self._address = address
        self._proof = proof
        self._handshake = Handshake(nonce, client=True)
        self._reader = ChunkReader()
        self._writer = ChunkWriter()
        self._out = bytearray(self._handshake.opening)
        self._window = _WINDOW
        self._received = 0
        self._acknowledged = 0
        self.playing = False
        self.over = False

    def output(self) -> bytes:
        """What is to be sent; each byte is given once."""
        out = bytes(self._out)
        self._out.clear()
        return out

    def receive(self, data: bytes) -> list[Message]:
        """Picture, sound and data that the bytes complete.

        Raises RtmpError for what is no RTMP, and with a sentence for what the server refuses; AuthAsked when it
        wants a proof.
        """
        self._received += len(data)
        if not self._handshake.done:
            data = self._greet(data)
        self._reader.feed(data)
        if self._received - self._acknowledged >= self._window // 2:
            self._acknowledged = self._received
            self._send(number(Kind.ACK, self._received))
        found: list[Message] = []
        while not self.over and (message := self._reader.next()):
            found += self._handle(message)
        self.playing |= bool(found)  # some servers begin without a word
        return found

    def _greet(self, data: bytes) -> bytes:
        """Go on with the handshake, and connect when it is done; what came after it."""
        self._out += self._handshake.receive(data)
        if not self._handshake.done:
            return b""
        self._connect()
        return self._handshake.rest

    def _handle(self, message: Message) -> list[Message]:
        match message.kind:
            case Kind.COMMAND | Kind.COMMAND_AMF3:
                self._command(command_of(message))
            case Kind.WINDOW:
                self._window = max(1, number_of(message))
            case Kind.USER if message.body[:2] == bytes([0, _PING]):
                self._send(user(_PONG, int.from_bytes(message.body[2:6], "big")))
            case _:
                return media(message)
        return []

    def _command(self, command: Command) -> None:
        match command.name, command.transaction:
            case "_result", 1.0:
                self._send(number(Kind.WINDOW, _WINDOW))
                self._call("createStream", _CREATE, None)
            case "_result", 2.0:
                self._play(command)
            case "_error", _:
                self._refused(command)
            case "onStatus", _:
                self._status(command)
            case "close", _:
                self.over = True

    def _connect(self) -> None:
        self._call("connect", _CONNECT, {
            "app": self._address.app + self._proof, "flashVer": "LNX 9,0,124,2",
            "tcUrl": self._address.tc_url + self._proof, "fpad": False, "capabilities": 15, "audioCodecs": 4_071,
            "videoCodecs": 252, "videoFunction": 1, "fourCcList": _CODECS,
        })

    def _play(self, command: Command) -> None:
        """The stream that was made has a number; on it, ask for the name."""
        made = command.values[-1] if command.values else None
        stream = int(made) if isinstance(made, float) and 0 <= made < 1 << 32 else 1
        body = encode("play", _PLAY, None, self._address.name, _ANY)
        self._send(Message(kind=Kind.COMMAND, body=body, stream=stream))
        self._out += self._writer.write(_buffer(stream))

    def _status(self, command: Command) -> None:
        words = command.words()
        code = words.get("code")
        if words.get("level") == "error":
            self._refused(command)
        if code == "NetStream.Play.Start":
            self.playing = True
        elif code in _OVER:
            self.over = True

    def _refused(self, command: Command) -> None:
        """The server's own words may hold anything; status shows a sentence of ours."""
        words = command.words()
        description = words.get("description")
        if isinstance(description, str) and asks(description):
            raise AuthAsked(description)
        if command.name == "_error" and command.transaction not in (_CONNECT, _CREATE, _PLAY):
            return
        code = words.get("code")
        raise RtmpError(_SENTENCES.get(code, _REFUSED) if isinstance(code, str) else _REFUSED)

    def _call(self, name: str, transaction: int, *values: object) -> None:
        self._send(Message(kind=Kind.COMMAND, body=encode(name, transaction, *values)))

    def _send(self, message: Message) -> None:
        self._out += self._writer.write(message)


def _buffer(stream: int) -> Message:
    """How much the player keeps, in milliseconds: servers send so much ahead (section 7.1.7)."""
    return Message(kind=Kind.USER, body=user(3, stream).body + _BUFFER.to_bytes(4, "big"))
