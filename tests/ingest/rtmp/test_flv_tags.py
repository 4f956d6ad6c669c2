import pytest

from ingest.rtmp.amf import encode
from ingest.rtmp.flv_tags import HEADER, MOST_PARTS, FlvStream, is_key, media, opens, tag
from ingest.rtmp.message import Kind, Message, RtmpError
from tests.ingest.rtmp_talk import AAC, AVC, META, Tag, data, heads, picture, sound, tags


def message(kind: int, body: bytes, timestamp: int = 0) -> Message:
    return Message(kind=kind, body=body, timestamp=timestamp)


def test_a_tag_carries_all_32_bits_of_the_time() -> None:
    """F-15."""
    [found] = tags(HEADER + tag(sound(0xFEDC_BA98)))
    assert found == Tag(8, 0xFEDC_BA98, b"\xaf\1data")


def test_an_order_to_the_server_is_left_out_of_the_metadata() -> None:
    assert [one.body for one in media(heads()[0])] == [META]
    assert [one.body for one in media(message(Kind.DATA_AMF3, b"\0" + encode("@setDataFrame") + META))] == [META]


def test_other_data_is_passed_as_it_is() -> None:
    text = encode("onTextData", {"text": "chào"})
    assert [one.body for one in media(data(text))] == [text]


@pytest.mark.parametrize("kind", [Kind.COMMAND, Kind.ACK, 19, 99])
def test_nothing_else_goes_into_flv(kind: int) -> None:
    assert media(message(kind, b"x")) == []


@pytest.mark.parametrize("kind", [Kind.AUDIO, Kind.VIDEO, Kind.DATA, Kind.DATA_AMF3, Kind.AGGREGATE])
def test_an_empty_message_is_left_out(kind: Kind) -> None:
    assert media(message(kind, b"")) == []


def test_an_aggregate_is_taken_apart_and_timed_from_its_first_part() -> None:
    body = tag(picture(500)) + tag(sound(520)) + tag(message(Kind.AGGREGATE, tag(sound(1)))) + tag(sound(540))[:-6]
    found = media(message(Kind.AGGREGATE, body, 9_000))
    assert [(one.kind, one.timestamp) for one in found] == [(Kind.VIDEO, 9_000), (Kind.AUDIO, 9_020)]


def test_an_aggregate_of_too_many_parts_is_refused() -> None:
    """T-09: one message would be the work of half a million."""
    empty = tag(message(Kind.AUDIO, b""))
    assert media(message(Kind.AGGREGATE, empty * MOST_PARTS)) == []
    with pytest.raises(RtmpError, match="too many parts"):
        media(message(Kind.AGGREGATE, empty * (MOST_PARTS + 1)))


@pytest.mark.parametrize(("kind", "body", "what"), [
    (Kind.DATA, META, "metadata"), (Kind.DATA, encode("onCuePoint"), ""),
    (Kind.AUDIO, AAC, "sound"), (Kind.AUDIO, b"\xaf\1x", ""), (Kind.AUDIO, b"\x90Opus", "sound"),
    (Kind.AUDIO, b"\x2fmp3", ""), (Kind.VIDEO, AVC, "picture"), (Kind.VIDEO, b"\x17\1", ""),
    (Kind.VIDEO, b"\x1c\0", "picture"), (Kind.VIDEO, b"\x90hvc1", "picture"), (Kind.VIDEO, b"\x91hvc1", ""),
])
def test_what_a_decoder_must_know_first_is_recognised(kind: Kind, body: bytes, what: str) -> None:
    assert opens(message(kind, body)) == what


@pytest.mark.parametrize(("body", "key"), [
    (b"\x17\1", True), (b"\x27\1", False), (AVC, False), (b"\x91hvc1", True), (b"\xa1hvc1", False),
    (b"\x90hvc1", False),
])
def test_decoding_begins_at_a_key_picture(body: bytes, key: bool) -> None:
    assert is_key(message(Kind.VIDEO, body)) is key


def test_a_late_reader_begins_with_header_metadata_and_the_last_sequence_headers() -> None:
    stream = FlvStream()
    assert stream.opening == HEADER
    for sent in (*heads()[::-1], picture(0), message(Kind.VIDEO, AVC + b"new", 40)):
        for one in media(sent):
            stream.add(one)
    assert [one.body for one in tags(stream.opening)] == [META, AVC + b"new", AAC]
    assert stream.has_picture
