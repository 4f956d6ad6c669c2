"""Which encoder a channel gets on this machine: what was wished for, if its trial succeeds, else x264."""

from collections.abc import Callable
from dataclasses import dataclass

from flow.encoder_kind import AUTO, EncoderKind, to_try
from flow.errors import OperatorError
from flow.nearest import remedy_for

Try = Callable[[EncoderKind], str]
"""Why this machine cannot use an encoder, after a trial; empty when it can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderChoice:
    """The encoder that is taken, and what is said of those that were tried before it and are not."""

    wish: str
    kind: EncoderKind
    refused: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Why those that would have been better are not taken; empty when there are none."""
        return "; ".join(self.refused)

    @property
    def denied(self) -> bool:
        """Whether a certain one was wished for and is not taken."""
        return self.wish not in {AUTO, self.kind}


def untried(_kind: EncoderKind) -> str:
    """Where nothing can be tried nothing is taken."""
    return "nobody has tried it"


def encoder_of(word: str) -> str:
    """The wish; raises OperatorError for a word that is no kind of encoder."""
    known = (*EncoderKind, AUTO)
    if word not in known:
        problem = f"there is no encoder “{word[:40]}”"
        raise OperatorError(problem, remedy_for(word[:40], known))
    return word


def choose(wish: str, try_one: Try) -> EncoderChoice:
    """Try what is wished for, the best first, and no more than is needed."""
    refused: list[str] = []
    for kind in to_try(wish):
        why = try_one(kind)
        if not why:
            return EncoderChoice(wish=wish, kind=kind, refused=tuple(refused))
        refused.append(f"{kind}: {why}")
    return EncoderChoice(wish=wish, kind=EncoderKind.X264, refused=tuple(refused))
