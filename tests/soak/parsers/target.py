"""One reader of bytes, as the hunt knows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """`run` reads one input, and asserts what must be true of whatever it read. It may raise what is `declared`
    and nothing else. `modules` are those whose lines guide the hunt; `seeds` makes valid inputs to begin with, and
    `words` are pieces that chance would take long to find. `json` says that the inputs are JSON, which is changed
    value by value as well: of changed bytes most are no JSON."""

    name: str
    run: Callable[[bytes], object]
    declared: tuple[type[Exception], ...]
    modules: Sequence[ModuleType]
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[bytes] = ()
    json: bool = False


_PIECES = 48


def pieces(data: bytes, step: int) -> list[bytes]:
    """The bytes cut into pieces of so many, all in one for 0; of longer ones where there would be very many."""
    size = max(step, -(-len(data) // _PIECES)) if step else len(data)
    return [data[at : at + size] for at in range(0, len(data), max(1, size))]


def answer_of(declared: tuple[type[Exception], ...], run: Callable[[], object]) -> object:
    """What `run` returns, or the kind of the declared error that it raises: to compare two readings."""
    try:
        return run()
    except declared as error:
        return type(error)
