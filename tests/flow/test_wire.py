"""Packets on the wire come out as they went in, and nothing malformed comes in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId
from flow.wire import (
    H_CODECS,
    H_DURATION,
    H_INDEPENDENT,
    H_WORKER,
    Position,
    Positions,
    headers_of,
    packet_of,
    path_of,
    worker_of,
)

_NUMBERS = st.integers(0, 10**15)
_CHUNK_HEADERS = {H_DURATION: "30720", H_INDEPENDENT: "1"}


def _through(packet: Packet) -> Packet:
    _, rendition, run, last = path_of(packet).split("/")
    return packet_of(rendition, run, last, headers_of(packet), packet.body)


@given(_NUMBERS, _NUMBERS, _NUMBERS, st.booleans(), st.binary(max_size=20))
def test_a_chunk_survives_the_wire(run: int, start: int, duration: int, independent: bool, body: bytes) -> None:
    chunk = Chunk(
        rendition=RenditionId("v240"), run=run, start=start, duration=duration, independent=independent, body=body,
    )
    assert _through(chunk) == chunk


def test_an_init_section_survives_the_wire() -> None:
    init = Init(rendition=RenditionId("audio"), run=3, codecs="mp4a.40.2", body=b"ftypmoov")
    assert _through(init) == init


@pytest.mark.parametrize("codecs", ['avc1"', "avc1\n#EXT", "á", "a" * 65])
def test_codecs_that_could_break_a_playlist_are_refused(codecs: str) -> None:
    """T-13."""
    with pytest.raises(ValueError, match="codecs"):
        packet_of("v240", "1", "init", {H_CODECS: codecs}, b"")


@pytest.mark.parametrize("number", ["", "-1", "1.5", "٣", "1e3", "9" * 17, "0x1", " 1"])
def test_numbers_are_digits(number: str) -> None:
    """T-12."""
    with pytest.raises(ValueError, match="not a number"):
        packet_of("v240", number, "5", _CHUNK_HEADERS, b"")
    with pytest.raises(ValueError, match="not a number"):
        packet_of("v240", "1", number, _CHUNK_HEADERS, b"")


def test_a_missing_header_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        packet_of("v240", "1", "5", {}, b"")


def test_positions_survive_the_wire() -> None:
    positions = Positions(floor=92_160, last_run=7, renditions={RenditionId("v240"): Position(7, 92_160)})
    assert Positions.from_json(json.loads(json.dumps(positions.to_json()))) == positions


@pytest.mark.parametrize("text", [
    "[]", '{"floor": 1e999, "last_run": 1, "renditions": {}}',
    '{"floor": 1, "last_run": 1, "renditions": {"a": [1]}}',
    '{"floor": true, "last_run": 1, "renditions": {}}', '{"floor": 1, "last_run": 1, "renditions": []}',
])
def test_positions_that_are_none_are_refused(text: str) -> None:
    """A headend that answers with rubbish is one that is away, and the worker asks again."""
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        Positions.from_json(json.loads(text))


def test_a_worker_is_the_first_unless_it_says_so() -> None:
    assert (worker_of({}, 1), worker_of({H_WORKER: "1"}, 2)) == (0, 1)
    for words, workers in (({H_WORKER: "1"}, 1), ({H_WORKER: "-1"}, 2), ({H_WORKER: "2"}, 2)):
        with pytest.raises(ValueError, match=r"worker|number"):
            worker_of(words, workers)
