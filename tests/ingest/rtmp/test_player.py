import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rtmp.address import address_of
from ingest.rtmp.amf import encode
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.chunks import ChunkReader
from ingest.rtmp.command import Command, command_of
from ingest.rtmp.handshake import RANDOM
from ingest.rtmp.message import Kind, Message, RtmpError, number, user
from ingest.rtmp.player import AuthAsked, PlayerSession
from tests.ingest.rtmp_server import result, status
from tests.ingest.rtmp_talk import HELLO, picture, sound

ADDRESS = address_of("rtmp://ann:geheim@h/live/canary")


class Talk:
    """A session that has shaken hands, and the server's side of it."""

    def __init__(self) -> None:
        self.session = PlayerSession(ADDRESS, bytes(RANDOM))
        self.writer = ChunkWriter()
        self.reader = ChunkReader()
        assert self.session.output() == b"\3" + bytes(1536)
        self.session.receive(HELLO)
        self.session._out = self.session._out[1536:]

    def said(self) -> list[Message]:
        self.reader.feed(self.session.output())
        return list(iter(self.reader.next, None))

    def commands(self) -> list[Command]:
        return [command_of(message) for message in self.said() if message.kind == Kind.COMMAND]

    def hear(self, *messages: Message) -> list[Message]:
        return self.session.receive(b"".join(map(self.writer.write, messages)))


def asked(talk: Talk) -> Command:
    """Go as far as `play`."""
    [connect] = talk.commands()
    talk.hear(result(connect, None, {"code": "NetConnection.Connect.Success"}))
    [create] = talk.commands()
    talk.hear(result(create, None, 7))
    [play] = talk.commands()
    return play


def test_it_connects_makes_a_stream_and_asks_for_the_name() -> None:
    talk = Talk()
    [connect] = talk.commands()
    assert (connect.name, connect.values[0]["app"], connect.values[0]["tcUrl"]) == (
        "connect", "live", "rtmp://h:1935/live",
    )
    talk = Talk()
    play = asked(talk)
    assert (play.name, play.text(1)) == ("play", "canary")
    assert not talk.session.playing


def test_picture_and_sound_come_once_it_plays() -> None:
    talk = Talk()
    asked(talk)
    assert talk.hear(status("NetStream.Play.Start")) == []
    assert talk.session.playing
    assert talk.hear(picture(0), number(Kind.ACK, 7), sound(5)) == [picture(0), sound(5)]


def test_a_server_that_begins_without_a_word_plays_too() -> None:
    talk = Talk()
    asked(talk)
    talk.hear(picture(0))
    assert talk.session.playing


@pytest.mark.parametrize("last", [
    status("NetStream.Play.UnpublishNotify"), status("NetStream.Play.Stop"),
    Message(kind=Kind.COMMAND, body=encode("close", 0, None)),
])
def test_the_end_of_the_stream_is_the_end(last: Message) -> None:
    talk = Talk()
    asked(talk)
    assert talk.hear(picture(0), last, picture(40)) == [picture(0)]
    assert talk.session.over


def test_pings_are_answered_and_bytes_acknowledged() -> None:
    """Without either a server ends the connection."""
    talk = Talk()
    asked(talk)
    talk.hear(user(6, 77), number(Kind.WINDOW, 1_000), sound(1))
    talk.hear(Message(kind=Kind.VIDEO, body=bytes(600), stream=1))
    first = talk.said()[0]
    assert (first.kind, first.body) == (Kind.USER, user(7, 77).body)
    talk.hear(sound(2))
    assert talk.session._acknowledged > 0


@pytest.mark.parametrize(("code", "why"), [
    ("NetStream.Play.StreamNotFound", "has no such stream"),
    ("NetStream.Play.Failed", "refuses to let it be played"),
    (7, "refuses to let it be played"),
])
def test_a_refusal_is_a_sentence_of_ours_never_the_server_s(code: object, why: str) -> None:
    """T-31."""
    talk = Talk()
    asked(talk)
    words = {"level": "error", "code": code, "description": "<script>canary"}
    with pytest.raises(RtmpError, match=why) as caught:
        talk.hear(Message(kind=Kind.COMMAND, body=encode("onStatus", 0, None, words), stream=1))
    assert "canary" not in str(caught.value)


def test_a_refused_connection_says_so() -> None:
    talk = Talk()
    [connect] = talk.commands()
    with pytest.raises(RtmpError, match="no such application"):
        talk.hear(result(connect, None, {"code": "NetConnection.Connect.InvalidApp"}, name="_error"))


def test_an_error_about_something_that_was_not_asked_is_passed_over() -> None:
    talk = Talk()
    [connect] = talk.commands()
    other = Command(name="x", transaction=connect.transaction + 50)
    assert talk.hear(result(other, None, {"code": "x"}, name="_error")) == []


def test_a_server_that_wants_a_proof_is_told_apart() -> None:
    talk = Talk()
    [connect] = talk.commands()
    words = {"level": "error", "code": "x", "description": "[ code=403 need auth; authmod=adobe ] : "}
    with pytest.raises(AuthAsked) as caught:
        talk.hear(result(connect, None, words, name="_error"))
    assert "authmod" in caught.value.description
    assert "authmod" not in str(caught.value)


@given(st.binary(max_size=300))
def test_a_hostile_server_raises_nothing_else_than_an_rtmp_error(data: bytes) -> None:
    talk = Talk()
    try:
        talk.session.receive(data)
    except RtmpError:
        talk.session.output()
