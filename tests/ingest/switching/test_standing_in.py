"""What of a channel's switching outlives its worker."""

from dataclasses import replace

from flow.curtain import Curtain
from flow.standing import NOTHING, Standing
from ingest.switching.fitness import Fitness
from ingest.switching.standing_in import standing_in
from ingest.switching.switching import Switching

ORDER = Curtain(key="after:p1", down=True, title="Giao ban")


def test_what_the_rules_chose_stands_for_nothing() -> None:
    assert standing_in(Switching(feed=1)) == NOTHING


def test_what_operators_and_the_schedule_set_stands() -> None:
    pinned = Switching(feed=1, floor=Fitness.FIT)
    assert standing_in(pinned) == Standing(taken=1)
    assert standing_in(replace(pinned, awaited=2)) == Standing(taken=2)
    assert standing_in(Switching(cut=True, hold=True, feed=1)) == Standing(cut=True, held=1)
    assert standing_in(Switching(feed=0, order=ORDER)) == Standing(curtain=ORDER)
    assert standing_in(Switching(feed=0, order=ORDER, curtain=True)) == Standing(curtain=ORDER, down=True)
