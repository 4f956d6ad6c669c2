"""What a worker tells about itself, and its form on the wire."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from flow.cage import CageTrial
from flow.feed import FeedKind, FeedState, FeedStatus
from flow.standing import NOTHING, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadendLink:
    """One headend as the worker sees it: connected or not, what waits, what was lost to the 30 s limit."""

    address: str
    connected: bool
    waiting: int
    lost: int
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerStatus:
    """State of one channel's worker; `on_air` is "live", "held" (last good picture), "slate" or "slides" (they
    have the canvas while the speaker is lost). `layout` is how speaker and slides share the picture now,
    `layout_ns` the wall time since when; empty without slides.

    `mode` says who chooses the feed: "auto", "pinned" (an operator's take), "hold", "cut" or "schedule".
    `since_ns` is the
    wall time since when this feed or the slate is on air, 0 while unknown; `switches` counts automatic ones.
    `standing` is what an operator has set, `cage` what decoders run in, `worker` its index of two.
    `encoder` is the kind that makes the pictures, empty while unknown; `encoder_tried` is what was said of better
    ones before the start, `encoder_fallen` of one that should make them and failed.
    """

    channel: str
    pid: int
    wall_ns: int
    on_air: str
    ticks: int
    ticks_held: int
    ticks_slate: int
    ticks_late: int
    run: int
    encoder_restarts: int
    encoder_depth: int
    encoder_why: str
    feeds: tuple[FeedStatus, ...]
    headends: tuple[HeadendLink, ...]
    mode: str = "auto"
    since_ns: int = 0
    switches: int = 0
    layout: str = ""
    layout_ns: int = 0
    standing: Standing = NOTHING
    cage: CageTrial = field(default_factory=CageTrial)
    worker: int = 0
    encoder: str = ""
    encoder_tried: str = ""
    encoder_fallen: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value that `to_json` wrote, perhaps of a newer version: unknown keys are passed over.

        Raises KeyError, TypeError or ValueError on anything else.
        """
        feeds = tuple(
            FeedStatus(**{
                **_known(FeedStatus, feed), "kind": FeedKind(feed["kind"]), "state": FeedState(feed["state"]),
                "heard": tuple(feed.get("heard", ())), "sounds": tuple(feed.get("sounds", ())),
            })
            for feed in data["feeds"]
        )
        headends = tuple(HeadendLink(**_known(HeadendLink, link)) for link in data["headends"])
        standing = Standing.from_json(data.get("standing"))
        cage = _known(CageTrial, data.get("cage", {}))
        trial = CageTrial(**{**cage, "open": tuple(cage.get("open", ()))})
        known = {**_known(cls, data), "feeds": feeds, "headends": headends, "standing": standing, "cage": trial}
        return cls(**known)


def _known(kind: type, data: Any) -> dict[str, Any]:  # noqa: ANN401 - checked here
    if not isinstance(data, dict):
        message = "what a worker tells is made of objects"
        raise TypeError(message)
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
