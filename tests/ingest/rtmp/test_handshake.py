import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.rtmp.handshake import RANDOM, Handshake
from ingest.rtmp.message import RtmpError

SERVER, CLIENT = b"s" * RANDOM, b"c" * RANDOM


@given(st.lists(st.integers(1, 900), min_size=1, max_size=8))
def test_both_sides_agree_however_their_bytes_are_cut(cuts: list[int]) -> None:
    server, client = Handshake(SERVER), Handshake(CLIENT, client=True)
    to_server, to_client, turn = client.opening, b"", 0
    while not (server.done and client.done):
        size = cuts[turn % len(cuts)]
        turn += 1
        piece, to_server = to_server[:size], to_server[size:]
        to_client += server.receive(piece)
        piece, to_client = to_client[:size], to_client[size:]
        to_server += client.receive(piece)
    assert (server.rest, client.rest, to_server, to_client) == (b"", b"", b"", b"")


def test_each_side_repeats_what_the_other_has_chosen() -> None:
    client, server = Handshake(CLIENT, client=True), Handshake(SERVER)
    answer = server.receive(client.opening)
    assert answer[1:1537] == bytes(8) + SERVER
    assert answer[1537:] == bytes(8) + CLIENT
    assert client.receive(answer) == bytes(8) + SERVER


def test_what_follows_the_handshake_is_kept() -> None:
    server = Handshake(SERVER)
    server.receive(b"\3" + bytes(1536) + bytes(1536) + b"more")
    assert server.rest == b"more"


@pytest.mark.parametrize("first", [b"GET / HTTP/1.1", b"\x16\3\1", b"\6", b"\0"])
def test_what_is_no_rtmp_is_refused_at_its_first_byte(first: bytes) -> None:
    with pytest.raises(RtmpError, match="handshake"):
        Handshake(SERVER).receive(first)
