"""Which sites somebody asks for."""

from dataclasses import dataclass

from desk.register.region import RegionId
from desk.register.site import SiteId, SiteKind

MOST = 5_000
"""Sites in one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteQuery:
    """All of these together; what is None or empty asks for nothing.

    `region` stands for everything below it, too; `search` is words that must all be somewhere in the site's;
    `after` is the last id of the answer before.
    """

    region: RegionId | None = None
    kind: SiteKind | None = None
    label: str = ""
    search: str = ""
    retired: bool = False
    after: SiteId | None = None
    limit: int | None = None
