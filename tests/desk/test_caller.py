"""A viewer's connection, on a stepped clock."""

import asyncio
from typing import Any

from desk.caller import Caller, Callers, Patience

PATIENCE = Patience()


class Wire(asyncio.Transport):
    """A transport that notes how it ended; `left` bytes wait to be taken."""

    def __init__(self, address: str = "192.0.2.1") -> None:
        super().__init__({"peername": (address, 1)})
        self.aborted = False
        self.left = 0

    def abort(self) -> None:
        self.aborted = True

    def get_write_buffer_size(self) -> int:
        return self.left


class Server(asyncio.Protocol):
    """Notes what reaches it."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.heard.append("made")

    def data_received(self, data: bytes) -> None:
        self.heard.append(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self.heard.append("lost")


class House:
    """Callers, and a clock that is set by hand."""

    def __init__(self, peer_limit: int = 9) -> None:
        self.now = 0.0
        self.callers = Callers(PATIENCE, peer_limit=peer_limit)

    def come(self, address: str = "192.0.2.1") -> tuple[Caller, Wire, Server]:
        wire, server = Wire(address), Server()
        caller = Caller(server, self.callers, lambda: self.now)
        caller.connection_made(wire)
        return caller, wire, server

    def after(self, seconds: float) -> None:
        self.now += seconds
        self.callers.look(self.now)


def test_a_question_has_its_time_from_its_first_byte() -> None:
    """T-18."""
    house = House()
    caller, wire, _ = house.come()
    caller.heard()
    house.after(1000)
    caller.data_received(b"GET ")
    house.after(PATIENCE.question_s - 1)
    caller.data_received(b"/")
    assert not wire.aborted
    house.after(1)
    assert wire.aborted


def test_who_takes_enough_of_an_answer_gets_more_time() -> None:
    """T-18."""
    house = House()
    caller, wire, _ = house.come()
    caller.heard()
    wire.left = 1_000_000
    caller.pause_writing()
    wire.left -= PATIENCE.answer_bytes
    house.after(PATIENCE.answer_s)
    assert not wire.aborted
    wire.left -= PATIENCE.answer_bytes - 1
    house.after(PATIENCE.answer_s)
    assert wire.aborted


def test_an_answer_that_went_on_is_no_longer_looked_at() -> None:
    house = House()
    caller, wire, _ = house.come()
    caller.heard()
    caller.pause_writing()
    caller.resume_writing()
    house.after(1000)
    assert not wire.aborted


def test_one_address_has_its_share_and_others_have_theirs() -> None:
    """T-18."""
    house = House(peer_limit=2)
    first, *_ = house.come()
    house.come()
    late, wire, server = house.come()
    assert wire.aborted
    late.data_received(b"GET / HTTP/1.1")
    late.connection_lost(None)
    assert server.heard == []
    assert not house.come("192.0.2.2")[1].aborted
    first.connection_lost(None)
    assert not house.come()[1].aborted


def test_loopback_speaks_for_many() -> None:
    house = House(peer_limit=1)
    assert not any(house.come("127.0.0.1")[1].aborted for _ in range(3))


def test_nothing_is_kept_of_who_has_gone() -> None:
    house = House()
    caller, _, server = house.come()
    caller.data_received(b"GET ")
    caller.pause_writing()
    caller.connection_lost(None)
    assert server.heard == ["made", b"GET ", "lost"]
    assert not any((house.callers.of, house.callers.asking, house.callers.reading))
