import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rtmp.amf import encode
from ingest.rtmp.chunk_writer import ChunkWriter
from ingest.rtmp.handshake import RANDOM
from ingest.rtmp.message import Kind, Message, RtmpError, number, user
from ingest.rtmp.session import BEFORE, MOST_BEFORE, TURN, WINDOW, Asked, Event, Left, Media, PublisherSession
from tests.ingest.rtmp_talk import answers, codes, command, heads, messages, opening, picture, sound, talk

CONNECT = opening("geheim")[0]


def session() -> PublisherSession:
    return PublisherSession(bytes(RANDOM))


def live() -> tuple[PublisherSession, ChunkWriter]:
    """A session that has accepted, and a writer that has said what led there."""
    made, writer = session(), ChunkWriter()
    made.receive(talk())
    for message in opening("geheim"):
        made.receive(writer.write(message))
    made.accept()
    return made, writer


@given(st.lists(st.integers(1, 700), min_size=1, max_size=6))
def test_a_publish_is_understood_however_its_bytes_are_cut(cuts: list[int]) -> None:
    made, data, events, turn = session(), talk(*opening("geheim")), list[Event](), 0
    while data:
        size, turn = cuts[turn % len(cuts)], turn + 1
        events += made.receive(data[:size])
        data = data[size:]
    assert events == [Asked(path="live/geheim")]


def test_the_publisher_hears_what_it_waits_for() -> None:
    made = session()
    made.receive(talk(*opening("geheim")))
    made.accept()
    out = made.output()
    assert [(one.name, one.transaction) for one in answers(out)] == [
        ("_result", 1), ("_result", 2), ("_result", 3), ("_result", 4), ("onStatus", 0),
    ]
    assert answers(out)[3].values == (None, 1.0)
    assert codes(out) == ["NetConnection.Connect.Success", "NetStream.Publish.Start"]
    assert made.output() == b""


def test_media_that_came_ahead_waits_until_the_publisher_is_accepted() -> None:
    made = session()
    assert made.receive(talk(*opening("geheim"), *heads(), picture(0), sound(5))) == [Asked(path="live/geheim")]
    assert made.receive(b"") == []
    assert [event.message.kind for event in made.accept() if isinstance(event, Media)] == [18, 9, 8, 9, 8]


def test_a_refused_one_is_not_read_on() -> None:
    made = session()
    made.receive(talk(*opening("geheim"), picture(0)))
    made.refuse("NetStream.Publish.Rejected")
    assert codes(made.output())[-1] == "NetStream.Publish.Rejected"
    assert made.receive(bytes(10)) == []


@pytest.mark.parametrize("verb", ["play", "play2"])
def test_whoever_wants_to_play_asks_for_nothing_that_there_is(verb: str) -> None:
    """T-02: it is refused like a key that is wrong."""
    assert session().receive(talk(*opening("geheim", verb=verb))) == [Asked(path="")]


@pytest.mark.parametrize("app", ["live", "live/", "/live", "live?user=x"])
def test_an_application_is_the_same_however_it_is_written(app: str) -> None:
    assert session().receive(talk(*opening("geheim", app))) == [Asked(path="live/geheim")]


@pytest.mark.parametrize("asked", [
    [command("publish", 5, None, "geheim")], [command("connect", 1, None), command("publish", 5, None, "geheim")],
    [command("connect", 1, {"app": 3}), command("publish", 5, None, "geheim")],
])
def test_a_publish_without_an_application_has_an_empty_one(asked: list[Message]) -> None:
    assert session().receive(talk(*asked)) == [Asked(path="/geheim")]


def test_a_key_that_is_no_text_is_empty() -> None:
    assert session().receive(talk(CONNECT, command("publish", 5, None, 7))) == [Asked(path="live/")]


@pytest.mark.parametrize("word", ["FCUnpublish", "deleteStream", "closeStream"])
def test_leaving_is_heard_once(word: str) -> None:
    made, writer = live()
    said = writer.write(command(word, 6, None)) + writer.write(command("deleteStream", 7, None, 1))
    assert made.receive(said) == [Left()]


def test_what_is_sent_is_acknowledged_before_half_the_window_is_full() -> None:
    """Some senders stop when it is not."""
    made, writer = live()
    made.receive(writer.chunk_size(1 << 16) + writer.write(number(Kind.WINDOW, 20_000)))
    made.output()
    made.receive(writer.write(Message(kind=Kind.VIDEO, body=bytes(12_000), stream=1)))
    out = made.output()
    assert out
    assert int.from_bytes(out[-4:], "big") > 12_000
    assert WINDOW > 20_000


def test_a_ping_is_answered_with_its_own_number() -> None:
    made = session()
    made.receive(talk(user(6, 77)))
    assert [(one.kind, one.body) for one in messages(made.output())] == [(Kind.USER, user(7, 77).body)]


def test_strangers_may_send_little_at_once() -> None:
    """T-09: memory is for those who may publish."""
    with pytest.raises(RtmpError, match="too long"):
        session().receive(talk(Message(kind=Kind.VIDEO, body=bytes(BEFORE + 1))))


EMPTY = b"\x03" + bytes(6) + b"\x09" + bytes(4)
LONG = b"\x03" + bytes(3) + b"\0\x3f\0\x09" + bytes(4) + bytes(128)
"""The first piece of a message of 16,128 bytes."""


@pytest.mark.parametrize("said", [
    EMPTY + b"\xc3" * MOST_BEFORE, (LONG + (b"\xc3" + bytes(128)) * 125 + b"\x04" + LONG[1:])[:BEFORE + 1],
], ids=["messages", "bytes"])
def test_strangers_may_say_little_altogether(said: bytes) -> None:
    """T-09: an empty message takes one byte, and one that is never finished is not counted as a message."""
    made = session()
    made.receive(talk() + said[:-1])
    while made.more:
        made.go_on()
    with pytest.raises(RtmpError, match="point"):
        made.receive(said[-1:])


def test_media_behind_a_wish_to_publish_is_none_of_the_little_that_strangers_may_say() -> None:
    """Some encoders do not wait for an answer."""
    made = session()
    ahead = [picture(40 * one, bytes(1_000)) for one in range(2 * MOST_BEFORE)]
    assert made.receive(talk(*opening("geheim"), *ahead)) == [Asked(path="live/geheim")]
    found = made.accept()
    while made.more:
        found += made.go_on()
    assert [event.message for event in found if isinstance(event, Media)] == ahead


def test_no_more_than_a_turn_of_messages_is_read_at_once() -> None:
    """T-18: before the wish to publish and after it."""
    made = session()
    assert made.receive(talk() + EMPTY + b"\xc3" * (MOST_BEFORE - 1)) == []
    assert made.more
    made, writer = live()
    found = made.receive(b"".join(writer.write(sound(one)) for one in range(2 * TURN + 1)))
    sizes = [len(found)]
    while made.more:
        sizes.append(len(made.go_on()))
    assert sizes == [TURN, TURN, 1]


def test_who_leaves_after_a_long_talk_about_nothing_is_told_from_a_line_that_broke() -> None:
    """T-02: the one has failed, the other has not."""
    for said in (b"", talk(), talk(*opening("geheim")[:4]), talk(*opening("geheim"), *[sound(0)] * 50)):
        made = session()
        made.receive(said)
        made.leave()
    for said in (EMPTY + b"\xc3" * 20, LONG + (b"\xc3" + bytes(128)) * 40):
        made = session()
        made.receive(talk() + said)
        with pytest.raises(RtmpError, match="asks for nothing"):
            made.leave()


def test_what_means_nothing_is_passed_over() -> None:
    said = [command("_checkbw", 9, None), Message(kind=99, body=b"?"), command("deleteStream", 6, None, 1)]
    assert session().receive(talk(CONNECT, *said, picture(0))) == []


@given(st.binary(max_size=300), st.booleans())
def test_a_hostile_peer_raises_nothing_else_than_an_rtmp_error(data: bytes, greeted: bool) -> None:
    made = session()
    try:
        made.receive((talk(CONNECT) if greeted else b"") + data)
    except RtmpError:
        made.output()


def test_a_broken_command_shows_nothing_of_itself() -> None:
    """T-11."""
    body = encode("publish", 5, None) + b"\2\0\xffcanary"
    with pytest.raises(RtmpError) as caught:
        session().receive(talk(CONNECT, Message(kind=Kind.COMMAND, body=body)))
    assert "canary" not in str(caught.value)
    assert "canary" not in repr(Asked(path="live/canary"))
