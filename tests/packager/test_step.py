from packager.step import Step


def test_a_new_step_asks_for_nothing_and_shares_nothing() -> None:
    one, two = Step(), Step()
    one.lost += 1
    one.puts.append(two.puts)  # type: ignore[arg-type]
    assert (two.puts, two.closed, two.removed, two.delisted, two.lost) == ([], [], [], [], 0)
