"""A machine that a headend knows. No I/O."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from desk.machines.certified import Certified

LOCAL = "local"
"""The name of the processes of the headend's own machine, who share its key."""


class Kind(StrEnum):
    """What a machine is for, and so what it may ask."""

    WORKER = "worker"
    EDGE = "edge"
    LOCAL = "local"

    def may(self, path: str) -> bool:
        """Whether that is its business: a stolen key of an edge puts nothing on air (T-24)."""
        return path.startswith(_PATHS[self])


_PATHS = {
    Kind.WORKER: ("/ingest/", "/worker/"),
    Kind.EDGE: ("/live/", "/access/"),
    Kind.LOCAL: ("/",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`key` is what it signs with; an edge has `certificates` in its place, the newest last. Times are in seconds
    since the epoch, `revoked` 0 while it is not."""

    name: str
    kind: Kind
    key: str
    made: int
    revoked: int = 0
    certificates: tuple[Certified, ...] = ()

    @property
    def ends(self) -> int:
        """When its newest certificate ends; 0 for one that has none."""
        return self.certificates[-1].ends if self.certificates else 0

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Of `to_json`; raises KeyError, TypeError or ValueError."""
        return cls(
            name=str(data["name"]), kind=Kind(data["kind"]), key=str(data["key"]), made=int(data["made"]),
            revoked=int(data["revoked"]),
            certificates=tuple(map(Certified.from_json, data.get("certificates", ()))),
        )

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the key."""
        return {
            "name": self.name, "kind": self.kind.value, "key": self.key, "made": self.made,
            "revoked": self.revoked, "certificates": [one.to_json() for one in self.certificates],
        }
