"""How speaker and slides share the canvas."""

from enum import StrEnum


class Layout(StrEnum):
    """`speaker` and `slides`: one of them on the whole canvas; `side`: the slides large, the speaker small beside
    them; `pip`: the speaker small in a corner of the slides; `auto`: `side` while slides come, else `speaker`."""

    AUTO = "auto"
    SPEAKER = "speaker"
    SLIDES = "slides"
    SIDE = "side"
    PIP = "pip"


class Role(StrEnum):
    """What a feed is for: `main` carries the speaker and all sound, `slides` the presentation, without sound."""

    MAIN = "main"
    SLIDES = "slides"
