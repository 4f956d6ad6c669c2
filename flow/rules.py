"""When a feed is fit to show, and how often the picture may change: one channel's rules."""

from dataclasses import dataclass

LONGEST_BLEND = 10
LONGEST = 90_000
"""Ticks: an hour. Whoever wants a rule never to hold sets it to this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Times are ticks of 40 ms; a condition has to hold for so long without a break.

    `loss`: no picture at all, the feed is lost. `held`: how long its last picture stands in when nothing else is
    fit. `black`: a black picture. `frozen`: the picture stands still *and* no sound comes; slides stand still for
    half an hour, so neither alone makes a feed unfit. `silent`: no sound, which is told and changes nothing.
    `lobby`: the picture that was taught as lobby or "no signal".
    `stays`: a feed that is black or frozen stays on air while no other is fit; without it the slate comes.
    `health`: how long a feed must have been fit before it is taken by choice; `pause`: between two automatic
    switches in one direction. `blend`: ticks of a cross-fade, 0 for a cut.

    Levels: a pixel is dark up to `dark` (luma; 16 is black), a picture is black when all but `bright_share` of its
    pixels are; it stands still while no more than `moved_share` of them differ by more than `moved` from what it
    was; sound below `quiet_dbfs` (RMS) is none; a picture is the lobby's when it differs from it by `lobby_level`
    at most (mean of absolute differences of luma).
    """

    loss: int = 25
    held: int = 25
    black: int = 50
    frozen: int = 250
    silent: int = 250
    lobby: int = 25
    health: int = 75
    pause: int = 250
    blend: int = 0
    stays: bool = False
    dark: int = 32
    bright_share: float = 0.002
    moved: int = 16
    moved_share: float = 0.005
    quiet_dbfs: float = -60.0
    lobby_level: float = 4.0

    def __post_init__(self) -> None:
        for name in ("loss", "held", "black", "frozen", "silent", "lobby", "health", "pause", "blend"):
            most = LONGEST_BLEND if name == "blend" else LONGEST
            if not 0 <= getattr(self, name) <= most:
                message = f"rule {name}: {getattr(self, name)} ticks is not between 0 and {most}"
                raise ValueError(message)


CONFERENCE = Rules()
"""What a channel has unless it says otherwise."""
