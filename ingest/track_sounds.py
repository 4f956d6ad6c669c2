"""Gives each track of the channel its sound of one feed. No I/O, no clock but the count of ticks."""

from collections.abc import Iterable, Sequence

from flow.tick import SILENCE, Picture
from ingest.playout.splice import crossed
from ingest.sound_plan import SoundPlan

SILENT = -1
"""What a track carries that is to be silent."""
GIVEN_UP = 25
"""Ticks without a sound until the tracks that carried it turn to the next they may carry. What is late or broken
for a moment is silent for it: a track that jumps between two languages is understood in neither."""


class TrackSounds:
    """One feed's. A track goes from one sound to another within 10 ms, and comes back when its own is heard: the
    silence that fills the hole before it is not."""

    def __init__(self, plan: SoundPlan) -> None:
        self._plan = plan
        self._missing = [0] * len(plan.streams)
        self._lacking: frozenset[int] = frozenset()
        self._carried: list[int | None] = [None] * len(plan.choices)

    @property
    def heard(self) -> tuple[int, ...]:
        """For each track the number of the sound that it carries, 0 for none."""
        streams, missing = self._plan.streams, self._missing
        return tuple(
            0 if at in (None, SILENT) or missing[at] == GIVEN_UP else streams[at] for at in self._carried
        )

    @property
    def astray(self) -> tuple[bool, ...]:
        """Which tracks have lost the sound that they are to carry; one that is to be silent never has."""
        return tuple(bool(choices) and self._missing[choices[0]] == GIVEN_UP for choices in self._plan.choices)

    def choose(self, plan: SoundPlan) -> None:
        """Carry other sounds from the next tick on; the streams are the same. From any thread."""
        self._plan = plan

    def lacks(self, numbers: Iterable[int]) -> None:
        """The feed is known not to have the sounds of these numbers: nobody waits for them. From any thread."""
        self._lacking = frozenset(numbers)

    def of(self, sounds: Sequence[Picture], there: Sequence[bool]) -> tuple[Picture, ...]:
        """One tick's sound of each track, from that of each stream; `there` says which were not made up."""
        for at, (number, came) in enumerate(zip(self._plan.streams, there, strict=True)):
            gone = GIVEN_UP if number in self._lacking else min(self._missing[at] + 1, GIVEN_UP)
            back = came and (self._missing[at] < GIVEN_UP or sounds[at] != SILENCE)
            self._missing[at] = 0 if back else gone
        return tuple(self._track(track, sounds) for track in range(len(self._carried)))

    def _track(self, track: int, sounds: Sequence[Picture]) -> Picture:
        choices = self._plan.choices[track]
        there = (at for at in choices if self._missing[at] < GIVEN_UP)
        now = next(there, choices[0]) if choices else SILENT
        before, self._carried[track] = self._carried[track], now
        if before in (None, now):
            return _of(sounds, now)
        return crossed(_of(sounds, before), _of(sounds, now))


def _of(sounds: Sequence[Picture], at: int) -> Picture:
    return SILENCE if at == SILENT else sounds[at]
