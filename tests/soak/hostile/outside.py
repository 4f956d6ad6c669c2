"""What lies outside the data directory, so that whatever is new there is seen."""

import os
from dataclasses import dataclass
from pathlib import Path

from desk.stranger import NOBODY

SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
"""Where everybody may write; others of this machine do so too, but not as a decoder's user."""
_STRANGERS = 1_879_048_192


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Folders of the machine's own, empty at first: where it stands, its HOME and its TMPDIR; and `feeds`, where
    the harness puts what feeds read."""

    stands: Path
    home: Path
    scratch: Path
    feeds: Path

    @classmethod
    def below(cls, folder: Path) -> "Grounds":
        """Made anew; decoders have users of their own, so everybody may enter."""
        folder.chmod(0o755)
        made = cls(**{name: folder / name for name in ("stands", "home", "scratch", "feeds")})
        for path in (made.stands, made.home, made.scratch, made.feeds):
            path.mkdir(mode=0o755)
        return made

    @property
    def environment(self) -> dict[str, str]:
        """What the machine is told of them."""
        return {"HOME": str(self.home), "TMPDIR": str(self.scratch)}

    def trespasses(self, placed: frozenset[str], shared: frozenset[str]) -> list[str]:
        """What is there now and should not be: anything beside the files that were `placed`, and in the shared
        folders what decoders' users own that was not there before."""
        own = [
            str(path) for folder in (self.stands, self.home, self.scratch) for path in folder.rglob("*")
        ]
        strange = [str(path) for path in self.feeds.iterdir() if path.name not in placed]
        return [f"{path} is new" for path in (*own, *strange, *sorted(strangers_files() - shared))]


def strangers_files() -> frozenset[str]:
    """Files of decoders' users in the folders that all share."""
    found = set()
    for folder in SHARED:
        with os.scandir(folder) as entries:
            found |= {entry.path for entry in entries if _strange(entry)}
    return frozenset(found)


def _strange(entry: "os.DirEntry[str]") -> bool:
    try:
        owner = entry.stat(follow_symlinks=False).st_uid
    except OSError:  # it has just gone
        return False
    return owner == NOBODY or owner >= _STRANGERS
