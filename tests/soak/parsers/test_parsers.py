"""The hunt itself: it finds what it is for, and what it found is read again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.soak.parsers import planted
from tests.soak.parsers.catalogue import targets
from tests.soak.parsers.hunt import Hunt, fall_of
from tests.soak.parsers.target import Target

TARGETS = targets()
_LETTERS = (b"x", b"a", b"c", b"y", b"b", b"d")
FOUND = sorted((Path(__file__).parent / "found").glob("*/*"))


@pytest.mark.parametrize("name", TARGETS)
def test_each_reader_stands_what_it_is_for_and_a_few_broken_inputs(name: str) -> None:
    """T-09; `make soak WHAT=parsers` reads a million."""
    target = TARGETS[name]
    seeds = target.seeds()
    catch = Hunt(target, "tests").run(len(seeds) + 8)
    assert catch.falls == ()
    assert catch.arcs > 5


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_a_hunt_once_found_is_mended(path: Path) -> None:
    assert fall_of(TARGETS[path.parent.name], path.read_bytes(), lambda run: run()) is None


def _hunt(run: Callable[[bytes], object], words: tuple[bytes, ...] = ()) -> Hunt:
    target = Target(
        name="planted", run=run, declared=(ValueError,), modules=(planted,), seeds=lambda: [b"...."], words=words,
    )
    return Hunt(target, "1")


def test_new_lines_guide_to_a_planted_error_that_chance_alone_would_not_find() -> None:
    falls = _hunt(planted.deep, _LETTERS).run(3_000).falls
    assert [fall.how for fall in falls] == ["ZeroDivisionError in hunt.py:<lambda> > planted.py:deep"]
    assert falls[0].data[:3] == b"xac"


def test_equal_seeds_hunt_alike() -> None:
    one, other = (_hunt(planted.deep, _LETTERS).run(300) for _ in range(2))
    assert (one.corpus, one.falls, one.arcs) == (other.corpus, other.falls, other.arcs)


def test_an_input_that_never_ends_is_a_fall_and_the_next_one_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.soak.parsers.hunt.ALLOWED", 0.02)
    catch = _hunt(planted.endless, (b"xh",)).run(40)
    assert [fall.how for fall in catch.falls] == ["longer than 0.02 s"]
    assert catch.runs == 40
