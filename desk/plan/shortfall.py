"""What of a plan does not fit, and the way out. Pure."""

from collections.abc import Iterator

from desk.plan.deployment import Deployment
from desk.plan.needs import FILL, Needs


def shortfalls(plan: Deployment, needs: Needs) -> Iterator[str]:
    """A sentence for each thing that is too small; nothing when all fits."""
    yield from _lines(plan, needs)
    if 0 < plan.province_line < (both := needs.edge.fetched * plan.edges):
        yield (f"the line to a province has {rate_text(plan.province_line)}, its edges fetch {rate_text(both)}: "
               "let one edge fetch from the other, take a lighter ladder, or a wider line")
    if 0 < plan.centre_line < needs.centre.out:
        who = "all edges fetch" if needs.machines else "all places fetch"
        yield (f"the centre's line has {rate_text(plan.centre_line)}, and {who} "
               f"{rate_text(needs.centre.out)}: put a tier of edges between, or take a wider line")
    if not needs.machines and needs.centre.headend_cores > 1:
        yield (f"a headend answers from one core, and {needs.viewers:,} screens without edges need "
               f"{needs.centre.headend_cores}: put edges between")
    whole = needs.centre.worker_cores + needs.centre.headend_cores
    if 0 < plan.cores < whole:
        yield (f"the centre's machine has {plan.cores} cores, and {whole} are needed: take a lighter ladder, or "
               "put workers on machines of their own")


def _lines(plan: Deployment, needs: Needs) -> Iterator[str]:
    lightest = min(plan.rungs, key=lambda rung: rung.peak)
    least = lightest.peak * plan.screens / FILL
    for share in needs.shares:
        if share.rung is None:
            yield (f"{share.sites} places have {rate_text(share.line.rate)}, and {lightest.name}, the lightest of "
                   f"{plan.ladder}, needs {rate_text(round(least))}: a lighter ladder (`xacast ladder list`), "
                   "sound alone (64 kb/s), or wider lines there")


def rate_text(rate: int) -> str:
    """Bit/s as people write them."""
    if rate >= 1_000_000_000:
        return f"{rate / 1e9:.1f} Gb/s"
    return f"{rate / 1e6:.1f} Mb/s" if rate >= 1_000_000 else f"{rate / 1e3:.0f} kb/s"
