"""A bad network is the same one for the same seed, and does what it is told."""

from tests.faults.impairment import Impairment, Path

DATA = bytes(1_316)


def fates(path: Path, count: int = 2_000) -> list[list[tuple[float, bytes]]]:
    return [path.through(DATA, place / 100) for place in range(count)]


def test_the_same_seed_is_the_same_fate() -> None:
    bad = Impairment(loss=0.1, duplicate=0.1, reorder=0.1, jitter=0.1, delay=0.1, bit_errors=1e-5)
    assert fates(Path("a", bad)) == fates(Path("a", bad))
    assert fates(Path("a", bad)) != fates(Path("b", bad))


def test_losses_and_copies_come_as_often_as_asked() -> None:
    path = Path("a", Impairment(loss=0.1, duplicate=0.05))
    fates(path)
    assert 150 < path.counts.lost < 250
    assert 60 < path.counts.duplicated < 120


def test_a_burst_takes_all_of_its_datagrams() -> None:
    path = Path("a", Impairment(burst=0.01, burst_length=20))
    lost = "".join("x" if not fate else "." for fate in fates(path))
    runs = [len(run) for run in lost.strip("x").split(".") if run]
    assert runs
    assert all(run >= 20 for run in runs)


def test_bits_turn_over_one_in_a_datagram() -> None:
    path = Path("a", Impairment(bit_errors=1e-4))
    broken = [sent for (fate,) in zip(fates(path), strict=True) for _, sent in fate if sent != DATA]
    assert len(broken) == path.counts.damaged > 500
    assert all(sum(byte.bit_count() for byte in sent) == 1 for sent in broken)


def test_a_blackout_loses_and_a_freeze_holds_until_its_end() -> None:
    path = Path("a")
    path.become(Impairment(blackouts=((1.0, 1.0),), freezes=((3.0, 2.0),)), now=100.0)
    assert path.through(DATA, 100.5) == [(0.0, DATA)]
    assert path.through(DATA, 101.5) == []
    ((wait, _),) = path.through(DATA, 104.0)
    assert abs(wait - 1.0) < 1e-9
    assert path.through(DATA, 105.0) == [(0.0, DATA)]


def test_a_narrow_line_delays_and_then_loses() -> None:
    path = Path("a", Impairment(rate=13_160, queue=0.5))
    waits = [fate[0][0] if fate else None for fate in (path.through(DATA, 0.0) for _ in range(10))]
    assert [round(wait, 6) for wait in waits if wait is not None] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
    assert waits[6:] == [None] * 4
