"""What a deployment needs, tier by tier. Pure.

The figures were measured on one core of a small virtual machine (docs/figures.md, docs/plan.md), so a machine of
today carries more.
"""

import math
from dataclasses import dataclass, replace

from desk.fit import SHARE
from desk.plan.deployment import Deployment, Line, Rung
from flow.timebase import SCALE

FILL = 0.85
"""Of a line that a rendition may take: players choose with as much caution."""
WIRE = 1.06
"""What TLS, TCP and IP add to the bytes of HTTP."""
PLAYLIST = 900
"""Bytes of an updated playlist, gzipped, with its headers."""
HEADERS = 450
"""Bytes of headers around a part."""
UTILISED = 0.5
"""Of an edge or an origin that a plan may use: the rest is for what nobody foresaw."""
ORIGIN_REQUEST = 1 / 12_000
"""Core-seconds of the origin for a request."""
EDGE_REQUEST, EDGE_BIT = 120e-6, 5e-10
"""Core-seconds of an edge (HAProxy and Varnish, token and log) for a request, and for a bit sent under TLS."""
WORKER_BESIDE = 0.28
"""Cores of a worker beside its encoder: the mixer, a feed, and another as a warm backup."""
HELD = 60
"""Seconds of every rendition that an edge holds in memory."""
EDGE_BASE = 256 << 20
"""Bytes of an edge's memory that are not media."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The places with one sort of line: how many, and what they watch; `rung` is None where nothing fits."""

    line: Line
    rung: Rung | None
    sites: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What one edge of the largest province does while no other helps it: bit/s sent and fetched, requests a
    second, cores, bytes of memory."""

    out: int
    fetched: int
    requests: float
    cores: int
    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """What the centre does for all edges: bit/s sent, requests a second, cores of the headend and of the workers,
    bytes of disk for the window."""

    out: int
    requests: float
    headend_cores: int
    worker_cores: int
    disk: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Hours on air in a month, the bytes they make, and those that are there when the oldest goes."""

    hours: float
    month: int
    whole: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """The whole plan; `viewers` streams are watched at once, `machines` are edges in all."""

    shares: tuple[Share, ...]
    viewers: int
    machines: int
    edge: Edge
    centre: Centre
    archive: Archive


def needs_of(plan: Deployment) -> Needs:
    """What it takes while a meeting of the whole country is on."""
    shares = tuple(
        Share(line=line, rung=rung_for(plan, line), sites=round(plan.sites * line.share)) for line in plan.lines
    )
    machines = plan.provinces * plan.edges
    hours = plan.meetings * plan.hours
    average = sum(rung.average for rung in plan.rungs)
    month = round(hours * 3600 * average / 8)
    edge = _edge(plan, shares)
    return Needs(
        shares=shares, viewers=plan.sites * plan.screens, machines=machines,
        edge=edge, centre=_centre(plan, machines) if machines else _alone(plan, shares),
        archive=Archive(hours=hours, month=month, whole=round(month * plan.months)),
    )


def rung_for(plan: Deployment, line: Line) -> Rung | None:
    """The heaviest rendition that a screen behind this line gets."""
    room = line.rate * FILL / plan.screens
    return next((rung for rung in plan.rungs if rung.peak <= room), None)


def wire_rate(plan: Deployment, rung: Rung) -> int:
    """Bit/s of a viewer's line while it watches `rung`, playlists included."""
    return round((rung.peak + _rounds(plan) * 2 * (PLAYLIST + HEADERS) * 8) * WIRE)


def _rounds(plan: Deployment) -> float:
    """How often a second a viewer asks for a playlist and what it names, for picture and for sound each."""
    return SCALE / (plan.profile.chunk if plan.profile.parts else plan.profile.segment)


def _fetched(plan: Deployment) -> int:
    """Bit/s that an edge fetches: each rendition once, however many watch it."""
    return sum(wire_rate(plan, rung) for rung in plan.rungs) * plan.channels


def _edge(plan: Deployment, shares: tuple[Share, ...]) -> Edge:
    out, requests = _watched(plan, shares, plan.largest)
    media = sum(rung.peak for rung in plan.rungs) * plan.channels * HELD // 8
    return Edge(
        out=out, fetched=_fetched(plan), requests=requests,
        cores=_cores((requests * EDGE_REQUEST + out * EDGE_BIT) / UTILISED), memory=EDGE_BASE + 2 * media,
    )


def _watched(plan: Deployment, shares: tuple[Share, ...], places: int) -> tuple[int, float]:
    """Bit/s and requests a second of so many places."""
    viewers = places * plan.screens
    watching = [(wire_rate(plan, share.rung), share.line.share) for share in shares if share.rung]
    out = round(viewers * sum(rate * part for rate, part in watching))
    return out, viewers * sum(part for _, part in watching) * 4 * _rounds(plan)


def _alone(plan: Deployment, shares: tuple[Share, ...]) -> Centre:
    """What the centre does without edges: it answers every place."""
    out, requests = _watched(plan, shares, plan.sites)
    busy = (requests * ORIGIN_REQUEST + out * EDGE_BIT) / UTILISED
    return replace(_centre(plan, 0), out=out, requests=requests, headend_cores=_cores(busy))


def _centre(plan: Deployment, machines: int) -> Centre:
    requests = machines * plan.channels * (len(plan.rungs) + plan.sounds) * 2 * _rounds(plan)
    kept = plan.window * sum(rung.average for rung in plan.rungs) // 8
    return Centre(
        out=_fetched(plan) * machines, requests=requests,
        headend_cores=_cores(requests * ORIGIN_REQUEST / UTILISED),
        worker_cores=_cores((plan.encode + WORKER_BESIDE) * plan.channels / SHARE), disk=kept * plan.channels,
    )


def _cores(busy: float) -> int:
    return max(1, math.ceil(busy))
