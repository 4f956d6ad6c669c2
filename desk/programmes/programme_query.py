"""Which programmes somebody asks for."""

from dataclasses import dataclass

from flow.ids import ChannelId

MOST = 1_000
"""Programmes in one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeQuery:
    """All of these together: of a channel, of a series, not over at `from_s`, begun before `to_s`; None asks for
    nothing."""

    channel: ChannelId | None = None
    series: int | None = None
    from_s: int | None = None
    to_s: int | None = None
    cancelled: bool = False
    limit: int | None = MOST
