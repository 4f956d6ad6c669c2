"""What the hostile server says."""

import socket
from contextlib import ExitStack

from tests.soak.threats.addresses import SHAPES, Canary, answer


def test_an_address_is_served_as_it_is_in_every_shape() -> None:
    """T-04."""
    said = [answer("http://127.0.0.1:9/x\uff11", shape, 7) for shape in range(len(SHAPES) + 1)]
    assert all("http://127.0.0.1:9/x\uff11".encode() in one for one in said)
    assert b"\r\nLocation: http" in said[-1]
    for one in said[:-1]:
        head, _, body = one.partition(b"\r\n\r\n")
        assert b"Content-Length: %d" % len(body) in head
        assert body.startswith(b"#EXTM3U\n")


def test_the_canary_counts_who_comes() -> None:
    """T-04: else nobody's coming would prove nothing."""
    with ExitStack() as stack:
        canary = Canary(stack)
        assert canary.visits() == 0
        stack.enter_context(socket.create_connection(("127.0.0.1", canary.port)))
        assert canary.visits() == 1
        assert canary.visits() == 0
