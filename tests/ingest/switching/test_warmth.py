"""A cold feed is decoded while it is needed, and a while longer."""

from collections.abc import Collection, Sequence

from flow.rules import Rules
from ingest.switching.fitness import RESTING, Fitness, Sight
from ingest.switching.switching import Switching, step
from ingest.switching.warmth import COMING, LINGER, SOON, Warmth, warmed
from ingest.switching.wish import Do, Wish

RULES = Rules()


class Air:
    """Feeds that have a picture (`there`), those among them that are cold, and what becomes of them tick by tick.

    A cold one brings its first picture `takes` ticks after it was started.
    """

    def __init__(self, *there: bool, cold: Collection[int], takes: int = 50) -> None:
        self.there = list(there)
        self.takes = takes
        self.warmth: tuple[Warmth, ...] = tuple(Warmth.of(cold=at in cold) for at in range(len(there)))
        self.state = Switching()

    def run(self, ticks: int, *there: bool, asked: Sequence[int] = (), wish: Wish | None = None) -> list[bool]:
        """Which feeds are decoded after so many ticks."""
        self.there = list(there) or self.there
        for _ in range(ticks):
            alive = [
                there and one.running and (not one.cold or one.age >= self.takes)
                for there, one in zip(self.there, self.warmth, strict=True)
            ]
            sights = tuple(
                RESTING if one.resting and not here else Sight(alive=here)
                for one, here in zip(self.warmth, alive, strict=True)
            )
            self.state, _ = step(self.state, sights, RULES, wish)
            self.warmth = warmed(self.warmth, self.state, alive, asked)
            wish, asked = None, ()
        return [one.running for one in self.warmth]


def test_while_the_first_is_fit_a_cold_one_behind_it_rests() -> None:
    air = Air(True, True, cold=(1,))
    assert air.run(1_000) == [True, False]
    assert air.state.health[1].fitness is Fitness.COLD


def test_it_is_started_when_the_first_is_lost_and_takes_over_when_its_picture_comes() -> None:
    """F-04."""
    air = Air(True, True, cold=(1,))
    air.run(100)
    assert air.run(RULES.loss, False, True) == [True, False]
    assert air.run(1) == [True, True]
    assert air.state.feed == 0
    air.run(air.takes + 2)
    assert (air.state.feed, air.state.health[1].fitness) == (1, Fitness.FIT)


def test_it_rests_half_a_minute_after_the_first_is_on_air_again() -> None:
    air = Air(True, True, cold=(1,))
    air.run(100)
    air.run(300, False, True)
    assert air.state.feed == 1
    air.run(RULES.health + RULES.pause, True, True)
    assert air.state.feed == 0
    assert air.run(LINGER - RULES.pause - 5) == [True, True]
    assert air.run(10) == [True, False]
    assert air.state.health[1].fitness is Fitness.COLD


def test_at_the_start_the_first_has_five_seconds_to_come() -> None:
    air = Air(False, True, cold=(1,))
    assert air.run(SOON - 1) == [True, False]
    assert air.run(2) == [True, True]


def test_one_that_does_not_come_lets_the_next_one_be_started_and_is_lost() -> None:
    air = Air(True, False, True, cold=(1, 2))
    air.run(100)
    assert air.run(RULES.loss + SOON, False, False, True) == [True, True, False]
    assert air.run(3) == [True, True, True]
    assert air.state.health[1].fitness is Fitness.COLD
    air.run(air.takes + 2)
    assert air.state.feed == 2
    air.run(COMING)
    assert air.state.health[1].fitness is Fitness.LOST


def test_a_warm_one_behind_it_keeps_a_cold_one_from_nothing() -> None:
    """The better one is wanted; until it has come, the worse one is on air."""
    air = Air(True, True, True, cold=(1,))
    air.run(300)
    assert air.run(RULES.loss + 2, False, True, True) == [True, True, True]
    assert air.state.feed == 2
    air.run(air.takes + RULES.health + RULES.pause)
    assert air.state.feed == 1


def test_one_that_an_operator_takes_or_looks_at_is_started() -> None:
    air = Air(True, True, True, cold=(1, 2))
    air.run(100)
    assert air.run(1, asked=[2]) == [True, False, True]
    assert air.run(1, wish=Wish(do=Do.TAKE, feed=1, patient=True)) == [True, True, True]
    air.run(air.takes + 1)
    assert air.state.feed == 1
    assert air.run(LINGER) == [True, True, False]


def test_a_cold_feed_alone_is_started_at_once() -> None:
    assert Air(True, cold=(0,)).run(1) == [True]


def test_what_is_made_cold_rests_when_it_is_not_needed_and_what_is_made_warm_is_cold_until_it_comes() -> None:
    warm = Warmth.of(cold=False)
    for _ in range(LINGER + 2):
        warm = warm.after(needed=False, alive=True)
    cold = warm.told(cold=True)
    assert (cold.running, cold.resting) == (True, False)
    assert cold.after(needed=True, alive=True).running
    rests = cold.after(needed=False, alive=True)
    assert (rests.running, rests.resting) == (False, True)
    begun = rests.told(cold=False).after(needed=True, alive=False)
    assert (begun.running, begun.resting) == (True, True)
    come = begun.after(needed=True, alive=True).told(cold=False)
    assert (come.cold, come.running) == (False, True)


def test_what_becomes_warm_and_never_comes_is_a_fault_in_the_end() -> None:
    one = Warmth.of(cold=True)
    for _ in range(COMING + 1):
        one = one.told(cold=False).after(needed=True, alive=False)
    assert not one.told(cold=False).resting
