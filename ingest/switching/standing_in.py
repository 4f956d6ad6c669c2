"""What of a channel's switching outlives its worker."""

from flow.standing import Standing
from ingest.switching.switching import Switching


def standing_in(state: Switching) -> Standing:
    """What an operator has set, as far as it matters to which feed is shown."""
    pinned = state.feed if state.floor is not None else None
    return Standing(
        cut=state.cut, held=(state.feed or 0) if state.hold else None,
        taken=pinned if state.awaited is None else state.awaited, curtain=state.order, down=state.curtain,
    )
