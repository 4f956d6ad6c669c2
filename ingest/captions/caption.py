"""What a decoder says of captions. Moments are samples since the decoder's zero."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """`text` stands from `start` until `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """At this moment the film begins again: no cue from before goes on."""

    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Caption bytes of the picture that is shown at `at`: triples as CTA-708 has them (cc_data, table 2)."""

    at: int
    triples: bytes


Caption = Cue | Cut | Coded
