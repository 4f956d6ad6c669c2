import pytest

from flow.errors import OperatorError
from flow.layout import Layout
from ingest.switching.fitness import Fitness
from ingest.switching.orders import ROOM, Order, Orders, allowed
from ingest.switching.wish import Do, Wish


def order(do: Do = Do.HOLD) -> Order:
    return Order(wish=Wish(do=do), who="lan")


def test_orders_are_obeyed_one_after_the_other() -> None:
    line, first, second = Orders(), order(), order(Do.CUT)
    line.add(first)
    line.add(second)
    assert [line.next(), line.next(), line.next()] == [first, second, None]


def test_an_order_that_was_given_up_is_passed_over() -> None:
    line, given_up, wanted = Orders(), order(), order(Do.CUT)
    line.add(given_up)
    line.add(wanted)
    assert given_up.done.cancel()
    assert line.next() is wanted
    assert not wanted.done.cancel()


def test_a_flood_is_refused() -> None:
    line = Orders()
    for _ in range(ROOM):
        line.add(order())
    with pytest.raises(OperatorError, match="wait already"):
        line.add(order())


def test_a_take_of_a_cold_feed_waits_for_it_and_any_other_wish_is_as_it_was() -> None:
    fitness, shown = [Fitness.FIT, Fitness.COLD, Fitness.LOST], ["a", "b", "c"]
    assert allowed(Wish(do=Do.TAKE, feed=1), fitness, shown) == Wish(do=Do.TAKE, feed=1, patient=True)
    for wish in (Wish(do=Do.TAKE), Wish(do=Do.CUT), Wish(do=Do.TAKE, feed=2, patient=True)):
        assert allowed(wish, fitness, shown) is wish


@pytest.mark.parametrize("layout", Layout)
def test_a_layout_needs_slides(layout: Layout) -> None:
    wish = Wish(do=Do.LAYOUT, layout=layout)
    assert allowed(wish, [Fitness.FIT], ["a", "b"]) is wish
    with pytest.raises(OperatorError, match="no slides") as caught:
        allowed(wish, [Fitness.FIT], ["a"])
    assert "--slides" in caught.value.remedy


@pytest.mark.parametrize(("feed", "sentence"), [
    (2, "feed 3 .c. has no picture"), (3, "feed 4 .d. brings the slides"), (4, "no feed 5"), (-1, "no feed 0"),
])
def test_a_take_of_what_cannot_be_shown_is_refused(feed: int, sentence: str) -> None:
    with pytest.raises(OperatorError, match=sentence):
        allowed(Wish(do=Do.TAKE, feed=feed), [Fitness.FIT, Fitness.COLD, Fitness.LOST], ["a", "b", "c", "d"])
