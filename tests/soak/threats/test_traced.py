"""What strace writes is read."""

import random

from tests.soak.threats.traced import called, name, opened

TRACE = rb"""7 execve("\x2f\x61", ["\x61"], 0x7ff) = 0
7 openat(AT_FDCWD, "\x2f\x73\x2f\x61\x22", O_RDONLY|O_CLOEXEC) = 3
8 openat(AT_FDCWD, "\x2f\x65", O_RDONLY) = -1 ENOENT
7 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 4
"""


def test_files_and_sockets_are_found_and_the_program_itself_is_none() -> None:
    """T-05."""
    assert opened(TRACE) == ['/s/a"', "/e"]
    assert called(TRACE) == ["socket"]


def test_names_can_be_had_by_files() -> None:
    chance = random.Random(2)
    made = [name(chance) for _ in range(300)]
    assert all(0 < len(one.encode()) <= 202 and "/" not in one and one not in {".", ".."} for one in made)
    assert any(one.startswith("-") for one in made)
