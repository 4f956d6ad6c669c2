"""All that a viewer saw of one channel: values only, for the rules to judge."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.conformance.answer import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the channel was set up to be. `segment` and `part` are seconds, `part` 0 where none are listed;
    `patience` is how many target durations the origin lets a request wait; `slack` is what a real machine's
    scheduling may add to a time, in seconds; `key` how many seconds a key may serve (T-16); `losses` whether a
    disk that fails may turn what was listed into gaps."""

    segment: float
    part: float
    patience: float = 3.0
    slack: float = 0.0
    key: float = 300.0
    losses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A delta update between the full playlist that the client holds and a full one of the delta's own edge."""

    held: Answer
    delta: Answer
    full: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Media asked for `age` seconds after its playlist had let go of it; `owed` is how long it must be there."""

    answer: Answer
    age: float
    owed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A question with a point; `before` is the playlist known when it was asked."""

    before: Answer
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """The list of images and that of the seek bar, asked for at one time."""

    listing: Answer
    sprites: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """`reloads` are full playlists by rendition, in order; `moments` are all renditions asked at one time;
    `bodies` and `hinted` are media by path, `again` the same paths once more; `probes` go by their point; `keys`
    by their address, as playlists write it; `galleries` are in order, `images` by path."""

    terms: Terms
    multivariants: Mapping[str, Answer]
    reloads: Mapping[str, tuple[Answer, ...]]
    deltas: tuple[Delta, ...] = ()
    moments: tuple[Mapping[str, Answer], ...] = ()
    bodies: Mapping[str, Answer] = field(default_factory=dict)
    hinted: Mapping[str, Answer] = field(default_factory=dict)
    again: Mapping[str, Answer] = field(default_factory=dict)
    late: tuple[Late, ...] = ()
    probes: Mapping[str, Probe] = field(default_factory=dict)
    keys: Mapping[str, Answer] = field(default_factory=dict)
    galleries: tuple[Gallery, ...] = ()
    images: Mapping[str, Answer] = field(default_factory=dict)

    @property
    def playlists(self) -> Iterator[tuple[str, Answer]]:
        """Every full media playlist with its rendition."""
        return ((name, answer) for name, answers in self.reloads.items() for answer in answers)

    @property
    def texts(self) -> Iterator[tuple[str, Answer]]:
        """Every playlist: media, delta and multivariant."""
        yield from self.multivariants.items()
        yield from self.playlists
        yield from ((one.delta.path, one.delta) for one in self.deltas)

    @property
    def pairs(self) -> Iterator[tuple[str, Answer, Answer]]:
        """Two answers for the same playlist, one after the other."""
        for name, answers in self.reloads.items():
            yield from ((name, one, other) for one, other in itertools.pairwise(answers))

    @property
    def last(self) -> Mapping[str, Answer]:
        """The newest playlist of each rendition."""
        return {name: answers[-1] for name, answers in self.reloads.items() if answers}

    def body(self, rendition: str, uri: str) -> bytes | None:
        """Media that was fetched and was there."""
        found = self.bodies.get(f"{rendition}/{uri}")
        return found.body if found is not None and found.status == 200 else None
