"""What the schedule wants of a channel's picture: the slate with words of its own, or none."""

from dataclasses import asdict, dataclass
from typing import Any, Self

LONGEST = 600
"""Letters of a line: a title and the words around it."""
_LINES = ("key", "title", "vi", "en")
_NUMBERS = ("known_s", "since_s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curtain:
    """`key` names state and programme, as `rehearsal:p12`; who has obeyed it does not have to again. Empty where
    the schedule says nothing of the channel.

    While it is `down` viewers see `title`, and a sentence in each language; `counts_to_s` is the time to which a
    countdown runs, None without one. With a `tone` a sound is heard now and then. Times are seconds since the
    epoch: what was known of the schedule at `known_s` says so from `since_s` on.
    """

    key: str = ""
    down: bool = False
    title: str = ""
    vi: str = ""
    en: str = ""
    counts_to_s: int | None = None
    tone: bool = False
    known_s: int = 0
    since_s: int = 0

    def __post_init__(self) -> None:
        texts = [getattr(self, name) for name in _LINES]
        # They stand on a picture, in logs and in status (T-13, T-33).
        if not all(text.isprintable() and len(text) <= LONGEST for text in texts):
            message = f"a curtain's words are lines of at most {LONGEST} letters"
            raise ValueError(message)

    @property
    def age(self) -> tuple[int, int]:
        """Of two of one channel the greater says what holds."""
        return self.known_s, self.since_s

    @property
    def state(self) -> str:
        """The state that the key names."""
        return self.key.partition(":")[0]

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, words: Any) -> Self:  # noqa: ANN401 - checked here, word by word
        """The value that `to_json` wrote, perhaps of another version; raises ValueError for what is none."""
        known: dict[str, Any] = words if isinstance(words, dict) else {"key": None}
        counts = known.get("counts_to_s")
        lines: dict[str, Any] = {name: known.get(name, "") for name in _LINES}
        numbers: dict[str, Any] = {name: known.get(name, 0) for name in _NUMBERS}
        given = (*lines.values(), *numbers.values(), 0 if counts is None else counts)
        if [type(value) for value in given] != [str] * len(lines) + [int] * (len(numbers) + 1):
            message = "no curtain"
            raise ValueError(message)
        return cls(
            **lines, **numbers, counts_to_s=counts, down=known.get("down") is True, tone=known.get("tone") is True,
        )
