import pytest

from flow.rules import Rules
from ingest.switching.fitness import GONE, NEVER, RESTING, Fitness, Health, Sight

RULES = Rules()
FINE = Sight(alive=True)


def after(health: Health, sight: Sight, ticks: int) -> Health:
    for _ in range(ticks):
        health = health.after(sight, RULES)
    return health


def test_a_feed_that_never_came_is_lost_and_one_with_a_picture_is_fit() -> None:
    assert after(Health(), GONE, 3).fitness is Fitness.LOST
    assert after(Health(), GONE, 3).missing == NEVER
    assert after(Health(), FINE, 1).fitness is Fitness.FIT


def test_one_that_rests_is_neither_lost_nor_fit_to_show() -> None:
    resting = after(after(Health(), FINE, 10), RESTING, 1)
    assert (resting.fitness, resting.well, resting.missing) == (Fitness.COLD, 0, NEVER)
    assert not Fitness.COLD.bearable
    assert after(resting, GONE, 1).fitness is Fitness.LOST
    assert after(resting, FINE, 1).fitness is Fitness.FIT


def test_one_that_starts_does_so_until_it_has_a_picture_or_has_failed() -> None:
    starting = after(Health(), Sight(alive=False, starting=True), 3)
    assert (starting.starting, starting.fitness) == (True, Fitness.LOST)
    assert not after(starting, FINE, 1).starting
    assert not after(starting, GONE, 1).starting


def test_what_was_played_to_its_end_is_not_waited_for_and_has_a_word_of_its_own() -> None:
    over = after(after(Health(), FINE, 10), Sight(alive=False, over=True), 1)
    assert (over.fitness, over.missing, over.unfit) == (Fitness.LOST, 1, "played")
    assert (after(over, FINE, 1).unfit, after(Health(), GONE, 1).unfit) == ("", "lost")


def test_loss_is_noticed_after_a_second_and_not_before() -> None:
    """F-04: detected within 1.0 s of the first missing tick."""
    fine = after(Health(), FINE, 10)
    assert after(fine, GONE, RULES.loss).fitness is Fitness.FIT
    assert after(fine, GONE, RULES.loss + 1).fitness is Fitness.LOST


@pytest.mark.parametrize(("sight", "ticks", "fitness"), [
    (Sight(alive=True, black=True), RULES.black, Fitness.BLACK),
    (Sight(alive=True, frozen=True, silent=True), RULES.frozen, Fitness.FROZEN),
    (Sight(alive=True, lobby=True), RULES.lobby, Fitness.LOBBY),
    (Sight(alive=True, black=True, lobby=True, frozen=True, silent=True), RULES.lobby, Fitness.LOBBY),
])
def test_a_fact_counts_when_it_lasts(sight: Sight, ticks: int, fitness: Fitness) -> None:
    """F-18."""
    before = after(Health(), sight, ticks)
    assert before.fitness is Fitness.FIT
    assert before.well == ticks
    unfit = after(before, sight, 1)
    assert (unfit.fitness, unfit.well) == (fitness, 0)
    assert after(unfit, FINE, 1).fitness is Fitness.FIT


@pytest.mark.parametrize("sight", [Sight(alive=True, frozen=True), Sight(alive=True, silent=True)])
def test_slides_with_a_voice_and_silence_with_a_picture_are_healthy_for_ever(sight: Sight) -> None:
    """F-18: no false alarm."""
    assert after(Health(), sight, 10 * RULES.frozen).fitness is Fitness.FIT


def test_a_fact_begins_anew_after_a_loss_and_not_after_a_gap() -> None:
    black = Sight(alive=True, black=True)
    almost = after(Health(), black, RULES.black)
    assert after(after(almost, GONE, 3), black, 1).fitness is Fitness.BLACK
    assert after(after(almost, GONE, RULES.loss + 1), black, RULES.black).fitness is Fitness.FIT


def test_a_gap_ends_the_time_of_health() -> None:
    fine = after(Health(), FINE, 60)
    assert fine.well == 60
    assert after(after(fine, GONE, 1), FINE, 2).well == 2


def test_a_lost_feed_and_a_lobby_are_never_wanted_rather_than_the_slate() -> None:
    assert [one for one in Fitness if one.bearable] == [Fitness.BLACK, Fitness.FROZEN, Fitness.FIT]
