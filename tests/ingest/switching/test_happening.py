from flow.event import EventKind
from flow.rules import Rules
from ingest.switching.fitness import Fitness, Health
from ingest.switching.happening import Happening, feed_news

RULES = Rules()
FIT = Health(missing=0, fitness=Fitness.FIT)


def told(before: Health, after: Health) -> list[EventKind]:
    return [one.kind for one in feed_news((before,), (after,), RULES)]


def test_each_change_of_fitness_is_told_once_of_its_feed() -> None:
    """F-18."""
    black = Health(missing=0, fitness=Fitness.BLACK)
    assert feed_news((FIT, FIT), (FIT, black), RULES) == (Happening(kind=EventKind.BLACK, feed=1),)
    assert told(black, black) == []
    assert told(black, FIT) == [EventKind.CLEAR]


def test_a_loss_a_return_and_the_end_of_a_film_are_three_things() -> None:
    """F-04."""
    lost = Health(missing=RULES.loss + 1)
    assert told(FIT, lost) == [EventKind.FEED_LOST]
    assert told(lost, FIT) == [EventKind.FEED_BACK]
    assert told(FIT, Health(missing=1, over=True)) == [EventKind.PLAYED]


def test_a_feed_that_is_put_to_rest_is_no_news() -> None:
    assert told(FIT, Health(fitness=Fitness.COLD)) == []


def test_silence_is_told_after_its_time_and_sound_only_after_silence_was() -> None:
    """F-18."""
    def silent(ticks: int) -> Health:
        return Health(missing=0, fitness=Fitness.FIT, silent=ticks)

    assert told(silent(RULES.silent), silent(RULES.silent + 1)) == [EventKind.SILENT]
    assert told(silent(RULES.silent + 1), FIT) == [EventKind.SOUND_BACK]
    assert told(silent(RULES.silent), FIT) == []
