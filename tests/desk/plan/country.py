"""A deployment for tests: the country with round figures."""

from desk.plan.deployment import Deployment, Line, Rung
from flow.profile import PROFILES, ProfileName

HEAVY = Rung(name="v720", peak=1_700_000, average=1_200_000)
LEAN = Rung(name="v540", peak=420_000, average=300_000)


def country(**changes: object) -> Deployment:
    """3,400 places in 34 provinces of 100 each."""
    words: dict[str, object] = {
        "sites": 3_400, "provinces": 34, "largest": 100, "screens": 1, "lines": (Line(rate=2_000_000, share=1.0),),
        "ladder": "two", "rungs": (HEAVY, LEAN), "sounds": 2, "profile": PROFILES[ProfileName.LOW], "encode": 1.4,
        "channels": 1, "meetings": 8.0, "hours": 3.0, "months": 12.0, "window": 7_200, "edges": 2,
        "province_line": 0, "centre_line": 0, "cores": 0,
    }
    return Deployment(**{**words, **changes})  # type: ignore[arg-type]
