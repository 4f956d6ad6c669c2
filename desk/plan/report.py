"""A plan as text and as plain values. Pure."""

from dataclasses import asdict
from typing import Any

from desk.plan.deployment import Deployment
from desk.plan.needs import FILL, Needs, wire_rate
from desk.plan.shortfall import rate_text, shortfalls
from desk.table import table
from desk.window_words import window_text

_CACHES = "(edges are caches before the centre, of your own making: this version does not set them up)"
_NO_CACHES = "(without edges every place asks the centre)"


def plan_text(plan: Deployment, needs: Needs) -> str:
    """Tier by tier, then what does not fit."""
    short = list(shortfalls(plan, needs))
    blocks = [_asked(plan), _places(plan, needs), _tiers(plan, needs), _kept(plan, needs)]
    ending = ["Does not fit:", *(f"  - {one}." for one in short)] if short else ["Everything that was told fits."]
    return "\n\n".join([*blocks, "\n".join(ending)])


def plan_json(plan: Deployment, needs: Needs) -> dict[str, Any]:
    """Bit/s, bytes, seconds, cores; what does not fit under `short`."""
    told = asdict(plan)
    told["profile"] = plan.profile.name.value
    return {"asked": told, "needs": asdict(needs), "short": list(shortfalls(plan, needs))}


def _asked(plan: Deployment) -> str:
    screens = f", {plan.screens} screens in each" if plan.screens > 1 else ""
    on_air = "one channel" if plan.channels == 1 else f"{plan.channels} channels"
    where = "one province" if plan.provinces == 1 else f"{plan.provinces} provinces"
    return f"{plan.sites:,} places in {where}{screens}; {on_air} on air, ladder {plan.ladder}, {plan.profile.name}"


def _places(plan: Deployment, needs: Needs) -> str:
    rows = [("LINE", "PLACES", "WATCH", "PICTURE AND SOUND", "ON THE LINE")]
    for share in needs.shares:
        if share.rung is None:
            rows.append((rate_text(share.line.rate), f"{share.sites:,}", "nothing fits", "", ""))
        else:
            rows.append((
                rate_text(share.line.rate), f"{share.sites:,}", share.rung.name, rate_text(share.rung.peak),
                rate_text(wire_rate(plan, share.rung) * plan.screens),
            ))
    return table(rows) + f"\n(a place gets the best that takes at most {FILL:.0%} of its line)"


def _tiers(plan: Deployment, needs: Needs) -> str:
    edge, centre = needs.edge, needs.centre
    edges = [
        ("edge of the largest province", f"{needs.machines} in all", f"{edge.cores}", size_text(edge.memory),
         rate_text(edge.out), rate_text(edge.fetched), f"{edge.requests:,.0f}"),
    ]
    return table([
        ("TIER", "MACHINES", "CORES EACH", "MEMORY", "SENDS", "FETCHES", "REQUESTS/s"),
        *(edges if needs.machines else []),
        ("centre: headend", "1", f"{centre.headend_cores}", "1 GB", rate_text(centre.out), "",
         f"{centre.requests:,.0f}"),
        ("centre: workers", f"{plan.channels}", f"{centre.worker_cores} in all", "0.4 GB each", "", "", ""),
    ]) + ("\n" + (_CACHES if needs.machines else _NO_CACHES))


def _kept(plan: Deployment, needs: Needs) -> str:
    archive = needs.archive
    return table([
        ("KEPT", "", "BYTES"),
        (f"window of {window_text(plan.window)}", "on the headend's disk", size_text(needs.centre.disk)),
        ("recordings", f"{archive.hours:g} hours a month", f"{size_text(archive.month)} a month"),
        ("", f"kept for {plan.months:g} months", size_text(archive.whole)),
    ])


def size_text(size: int) -> str:
    """Bytes as people write them, in powers of ten as disks are sold."""
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size / 1e3:.0f} kB"
