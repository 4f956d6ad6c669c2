"""What makes the pictures after a run has ended: a rule on values alone."""

from flow.encoder_kind import EncoderKind
from transcode.backlog import Taken


def next_kind(wanted: EncoderKind, ended: EncoderKind, why: str) -> EncoderKind:
    """The kind that follows a run of `ended`, which ended for this reason, where `wanted` is what to begin with.

    After hardware that failed comes x264, whatever the reason was: a card that hangs does not keep up before
    anything else shows it. It stays, since each change is a discontinuity to players, and what failed once may do
    so again. Only an x264 that does not keep up gives the place back: who wanted hardware has perhaps no cores for
    it, and a card that was late for a moment is better than no picture. A missing tick is nobody's fault.
    """
    if why == Taken.HOLE.value:
        return ended
    if ended is EncoderKind.X264:
        return wanted if why == Taken.FULL.value else ended
    return EncoderKind.X264
