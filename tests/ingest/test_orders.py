import pytest

from flow.errors import OperatorError
from ingest.orders import ROOM, Order, Orders
from ingest.switching import Do, Wish


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
