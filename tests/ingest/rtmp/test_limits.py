from ingest.rtmp.limits import DoorLimits


def test_the_door_opens_within_what_is_promised() -> None:
    """T-18: nobody holds a place for longer than this without publishing."""
    limits = DoorLimits()
    assert (limits.connections, limits.opening, limits.silent, limits.stalled) == (128, 10, 10, 5)
    assert limits.knocking < limits.connections
