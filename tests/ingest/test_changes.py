from dataclasses import replace

from ingest.changes import Changes
from ingest.switching.fitness import Fitness, Health
from ingest.switching.switching import Show, Switching

BEGUN = Switching(show=Show.LIVE, feed=0, health=(Health(fitness=Fitness.FIT), Health(fitness=Fitness.LOST)))


def test_a_change_is_dated_and_what_stays_keeps_its_date() -> None:
    first = Changes(feeds_ns=(0, 0, 0)).after(Switching(), BEGUN, 100)
    assert first == Changes(since_ns=100, feeds_ns=(100, 100, 0))
    assert first.after(BEGUN, BEGUN, 200) == first
    back = replace(BEGUN, health=(BEGUN.health[0], Health(fitness=Fitness.FIT)))
    assert first.after(BEGUN, back, 300) == Changes(since_ns=100, feeds_ns=(100, 300, 0))


def test_a_picture_that_is_held_is_still_its_feed_s_and_the_slate_is_not() -> None:
    first = Changes(since_ns=100, feeds_ns=(100, 100))
    held, slate = replace(BEGUN, show=Show.HELD), replace(BEGUN, show=Show.SLATE)
    assert first.after(BEGUN, held, 200).since_ns == 100
    assert first.after(held, slate, 300).since_ns == 300
