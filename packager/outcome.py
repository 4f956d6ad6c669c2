"""What a timeline answers when something was put into it."""

from dataclasses import dataclass, field

from flow.ids import RenditionId
from flow.wire import Verdict
from packager.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The verdict, what each changed rendition asks of the store, and whether the notes must be kept again.

    Notes are kept when a run begins, a segment closes or something is listed as lost: a next life that did
    not know of it could give a name two contents.
    """

    verdict: Verdict = Verdict.KEPT
    steps: dict[RenditionId, Step] = field(default_factory=dict)
    noteworthy: bool = False
