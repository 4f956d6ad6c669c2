"""What a disk was told to do, in order, and what may be left of it when the power fails.

A model of what POSIX promises and no more: bytes are there once their file was synced, names once their folder
was. Of what was not, any part may be there: names in the order in which they were changed, up to any of them; of a
file's bytes none, the first ones, zeros, or all.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`kind` is make, create, write, sync, sync-folder, rename or unlink; paths are relative to the root."""

    kind: str
    path: str
    to: str = ""
    data: bytes = b""


@dataclass(slots=True)
class _File:
    """What was written since the file was made, and how much of it was synced."""

    data: bytearray = field(default_factory=bytearray)
    synced: int = 0


@dataclass(slots=True)
class _Folder:
    """Its names now, and since its last sync: the names then, and each state since."""

    names: dict[str, "_File | _Folder"] = field(default_factory=dict)
    states: list[dict[str, "_File | _Folder"]] = field(default_factory=lambda: [{}])

    def changed(self) -> None:
        self.states.append(dict(self.names))

    def synced(self) -> None:
        self.states = [dict(self.names)]


class Disk:
    """A disk with all that is in `root` now, synced."""

    def __init__(self, root: Path) -> None:
        self._root = _found(root)

    def do(self, operations: Sequence[Operation]) -> None:
        """Do these."""
        for operation in operations:
            self._do(operation)

    def image(self, chance: random.Random, root: Path) -> None:
        """Put into `root` what may be left when the power fails now."""
        _left(self._root, chance, root)

    def _do(self, operation: Operation) -> None:
        path = PurePosixPath(operation.path)
        if operation.kind == "sync-folder":
            self._folder(path).synced()
            return
        folder = self._folder(path.parent)
        match operation.kind:
            case "make":
                folder.names[path.name] = _Folder()
            case "create":
                folder.names[path.name] = _File()
            case "rename":
                folder.names[PurePosixPath(operation.to).name] = folder.names.pop(path.name)
            case "unlink":
                del folder.names[path.name]
            case _:
                self._fill(folder.names[path.name], operation)
                return
        folder.changed()

    def _folder(self, path: PurePosixPath) -> _Folder:
        here = self._root
        for step in path.parts:
            below = here.names[step]
            assert isinstance(below, _Folder)
            here = below
        return here

    @staticmethod
    def _fill(file: _File | _Folder, operation: Operation) -> None:
        assert isinstance(file, _File)
        if operation.kind == "write":
            file.data += operation.data
        else:
            file.synced = len(file.data)


def _found(place: Path) -> _Folder:
    folder = _Folder()
    for path in sorted(place.iterdir()):
        if path.is_dir():
            folder.names[path.name] = _found(path)
        else:
            data = path.read_bytes()
            folder.names[path.name] = _File(bytearray(data), len(data))
    folder.synced()
    return folder


def _left(folder: _Folder, chance: random.Random, place: Path) -> None:
    place.mkdir(parents=True, exist_ok=True)
    for name, what in chance.choice(folder.states).items():
        if isinstance(what, _Folder):
            _left(what, chance, place / name)
        else:
            (place / name).write_bytes(_bytes_left(what, chance))


def _bytes_left(file: _File, chance: random.Random) -> bytes:
    whole, sure = bytes(file.data), file.synced
    match chance.randrange(4):
        case 0:
            return whole[:sure]
        case 1:
            return whole[: chance.randint(sure, len(whole))]
        case 2:
            return whole[:sure] + bytes(len(whole) - sure)
        case _:
            return whole
