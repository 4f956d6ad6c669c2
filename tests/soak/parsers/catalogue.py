"""Every reader that the hunt knows."""

from tests.soak.parsers.feeds import feed_targets
from tests.soak.parsers.media import media_targets
from tests.soak.parsers.packets import packet_targets
from tests.soak.parsers.target import Target
from tests.soak.parsers.words import word_targets


def targets() -> dict[str, Target]:
    """By name."""
    every = (*media_targets(), *packet_targets(), *feed_targets(), *word_targets())
    return {target.name: target for target in every}
