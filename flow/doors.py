"""The shapes of the doors between rooms: plain calls that never block."""

from collections.abc import Callable

from flow.chunk import Packet
from flow.tick import Tick

TickSink = Callable[[Tick], None]
"""Takes one tick each 40 ms. Called from the mixer's thread; must return at once."""

PacketSink = Callable[[Packet], None]
"""Takes init sections and chunks. Called from the encoder's reader threads; must return at once."""
