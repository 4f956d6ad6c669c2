from packager.step import Step


def test_a_new_step_asks_for_nothing_and_shares_nothing() -> None:
    one, two = Step(), Step()
    one.lost += 1
    one.puts.append(two.puts)  # type: ignore[arg-type]
    assert (two.puts, two.closed, two.removed, two.delisted, two.lost) == ([], [], [], [], 0)


def test_steps_are_joined_in_their_order() -> None:
    one, two = Step(lost=1), Step(listed=2, adopted=True)
    assert not Step().changed
    assert one.changed
    one.join(two)
    assert (one.lost, one.listed, one.adopted, one.noteworthy) == (1, 2, True, True)
