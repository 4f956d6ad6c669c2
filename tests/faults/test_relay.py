"""The relay with real sockets: both ways, each sender for itself."""

import socket

from tests.faults.impairment import Impairment
from tests.faults.relay import Arrivals, Relay


def bound() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.settimeout(5)
    return made


def test_datagrams_go_both_ways_and_senders_are_told_apart() -> None:
    with bound() as target, bound() as one, bound() as other, Relay(target.getsockname()[1]) as relay:
        one.sendto(b"one", ("127.0.0.1", relay.port))
        data, of_one = target.recvfrom(100)
        assert data == b"one"
        other.sendto(b"other", ("127.0.0.1", relay.port))
        data, of_other = target.recvfrom(100)
        assert data == b"other"
        assert of_one != of_other
        target.sendto(b"to other", of_other)
        assert other.recv(100) == b"to other"
        target.sendto(b"to one", of_one)
        assert one.recv(100) == b"to one"
        assert len(relay.since(0)) == 2


def test_what_is_lost_one_way_comes_the_other() -> None:
    with bound() as target, bound() as sender, Relay(target.getsockname()[1]) as relay:
        sender.sendto(b"first", ("127.0.0.1", relay.port))
        _, back = target.recvfrom(100)
        relay.become(up=Impairment(loss=1.0))
        sender.sendto(b"gone", ("127.0.0.1", relay.port))
        target.sendto(b"answer", back)
        assert sender.recv(100) == b"answer"
        relay.become()
        sender.sendto(b"last", ("127.0.0.1", relay.port))
        assert target.recv(100) == b"last"
        up, down = relay.counts
        assert (up.taken, up.lost, down.taken, down.lost) == (3, 1, 1, 0)


def test_a_port_that_a_later_sender_was_given_again_is_a_new_arrival() -> None:
    arrivals = Arrivals()
    for now in (10.0, 10.5, 11.4, 14.0, 14.1):
        arrivals.hear(("127.0.0.1", 5000), now)
    assert arrivals.since(0) == [10.0, 14.0]
    assert arrivals.since(12) == [14.0]
