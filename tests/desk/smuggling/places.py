"""Where vectors are sent: each listener of a headend, with and without what opens it."""

from pathlib import Path

from desk.headend import Headend
from desk.machine_key import headers_with, machine_key
from tests.desk.smuggling.vectors import Place

SECRET = "sEcRet-of-a-token-in-an-address"
MEDIA = "/live/mo/index.m3u8"


def places_of(headend: Headend, folder: Path) -> dict[str, tuple[int, Place]]:
    """By listener its port, and what is asked for there. A machine's requests are signed one by one, so there is
    nothing on that listener that a hidden one could open."""
    ports = headend.ports
    assert ports is not None
    key = tuple(f"{name}: {value}" for name, value in headers_with(machine_key(folder)).items())
    host = "Host: 127.0.0.1"

    def hidden(path: str, *more: str) -> bytes:
        return ("\r\n".join([f"GET {path} HTTP/1.1", host, *more]) + "\r\n\r\n").encode()

    return {
        "viewers": (ports.viewers.port, Place(carrier=f"/s/{SECRET}{MEDIA}", hidden=hidden(MEDIA))),
        "operators": (
            ports.operators.port, Place(carrier=f"/t/{SECRET}/x", hidden=hidden("/healthz"), bodies=True),
        ),
        "operators, with a key": (ports.operators.port, Place(
            carrier="/api/v1/channels/none/commands", hidden=hidden("/healthz"), bodies=True, reads=True,
            more=(*key, "Content-Type: application/json"),
        )),
        "machines": (ports.machines.port, Place(carrier=f"/s/{SECRET}/x", hidden=hidden(MEDIA), bodies=True)),
    }
