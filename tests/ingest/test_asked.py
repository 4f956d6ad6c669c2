import sys

from ingest.asked import answer
from tests.ingest.spawning import spawn


def test_its_lines_are_told_until_it_ends() -> None:
    process = spawn([sys.executable, "-Sc", "import sys; sys.stderr.write('một\\nhai'); sys.exit(1)"])
    assert answer(process, 10) == (["một", "hai"], False)


def test_it_is_ended_when_the_time_is_over() -> None:
    """F-04."""
    process = spawn([sys.executable, "-Sc", "import time; time.sleep(60)"])
    assert answer(process, 0.2) == ([], True)
    assert process.poll() is not None


def test_whoever_talks_without_an_end_fills_no_memory() -> None:
    """T-09."""
    process = spawn([sys.executable, "-Sc", "import sys; sys.stderr.write('x\\n' * 100_000 + 'y' * 100_000)"])
    words, late = answer(process, 10)
    assert (len(words), late) == (10_000, False)
