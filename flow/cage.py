"""What a child that works on bytes of strangers may read, and how much of the machine it may use."""

from dataclasses import dataclass

DOOR_PORT = 8_554
"""Of a loopback that nobody else has: no need to look for a free one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cage:
    """The bounds of one child (T-06, T-08, T-09). What is not named here it may not have.

    `read`: files and folders, absolute, that it may read besides its own program and the system's libraries; pipes
    it was given stay open and need no name here. `memory`: bytes of address space; `tasks`: threads, besides four
    for each core of the machine (it may start no process where the kernel can tell); `files`: open files;
    `written`: bytes of any one file that it may write, 0 for none at all (pipes are no files); `network`: whether
    it may open sockets of the Internet, `streams` (TCP) and `datagrams` (UDP) among them where the kernel can
    tell. `nice`: how far it stands behind us for the processor, as nice(2) counts. `door`: it has no network but a
    loopback of its own, and a listener there, at `DOOR_PORT`, is sent back by this Unix socket, which the child
    was given under this number; not at every level of cage.

    FFmpeg 9.0 decoding 2160p HEVC and 10-bit H.264 takes 0.7 GB of address space and 15 threads on 2 cores, and
    with 16 decoding and 32 filtering threads, as on a machine of 32 cores, 1.8 GB and 86 threads.
    """

    read: tuple[str, ...] = ()
    memory: int = 2 * 2**30
    files: int = 256
    tasks: int = 64
    written: int = 0
    nice: int = 5
    network: bool = False
    streams: bool = True
    datagrams: bool = True
    door: int | None = None

    def __post_init__(self) -> None:
        for path in self.read:
            if not path.startswith("/") or "\0" in path:
                problem = f"a cage names absolute paths, not {path!r}"
                raise ValueError(problem)
        if min(self.memory, self.files, self.tasks) <= 0 or self.written < 0:
            problem = "a cage's limits are positive numbers"
            raise ValueError(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class CageTrial:
    """The level of cage that decoders get ("bubblewrap", "limits", "off"; empty while unknown), and what came of
    trying it: how many attempts to get out, how many of them were refused, and which were not."""

    level: str = ""
    tried: int = 0
    refused: int = 0
    open: tuple[str, ...] = ()
