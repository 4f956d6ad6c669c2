"""A plan as a picture: the tiers below each other, with what passes between them, as SVG. Pure."""

from html import escape
from textwrap import wrap

from desk.plan.deployment import Deployment
from desk.plan.needs import Needs
from desk.plan.report import size_text
from desk.plan.shortfall import rate_text, shortfalls

_WIDTH, _BOX, _GAP, _TOP, _LINE = 860, 84, 64, 60, 20
_GOOD, _BAD = "#0b6e4f", "#b3261e"


def plan_picture(plan: Deployment, needs: Needs) -> str:
    """The whole picture, in a page's worth of SVG; it needs no file beside it."""
    edge, centre = needs.edge, needs.centre
    boxes = [
        ("Centre", f"cores: {centre.worker_cores} for workers, {centre.headend_cores} for the headend",
         f"window {size_text(centre.disk)} · recordings {size_text(needs.archive.month)} a month"),
        (f"{needs.machines} edges in {plan.provinces} provinces",
         f"each with cores: {edge.cores}, memory: {size_text(edge.memory)}",
         f"{edge.requests:,.0f} requests/s in the largest province"),
        (f"{plan.sites:,} places", " · ".join(
            f"{share.sites:,} at {rate_text(share.line.rate)}: {share.rung.name if share.rung else 'nothing fits'}"
            for share in needs.shares), ""),
    ]
    links = [
        (f"{rate_text(centre.out)} in all, {rate_text(edge.fetched)} to each edge, "
         f"{centre.requests:,.0f} requests/s"),
        f"{rate_text(edge.out)} from the edge of the largest province",
    ]
    if not needs.machines:
        boxes, links = [boxes[0], boxes[2]], [f"{rate_text(centre.out)} in all, {centre.requests:,.0f} requests/s"]
    tall = _TOP + len(boxes) * _BOX + len(links) * _GAP
    short = [line for one in shortfalls(plan, needs) for line in wrap(one, 112)]
    height = tall + 30 + _LINE * max(1, len(short)) + 20
    size = f'viewBox="0 0 {_WIDTH} {height}"'
    asked = f"xacast: ladder {escape(plan.ladder)}, profile {plan.profile.name}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="14">',
        '<rect width="100%" height="100%" fill="white"/>', f'<text x="30" y="34" font-size="18">{asked}</text>',
    ]
    for at, (title, *lines) in enumerate(boxes):
        parts += _box(_TOP + at * (_BOX + _GAP), title, lines)
    for at, said in enumerate(links):
        parts += _link(_TOP + _BOX + at * (_BOX + _GAP), said)
    below = tall + 34
    told = short or ["Everything that was told fits."]
    parts += [
        f'<text x="30" y="{below + at * _LINE}" fill="{_BAD if short else _GOOD}">{escape(said)}</text>'
        for at, said in enumerate(told)
    ]
    return "\n".join([*parts, "</svg>\n"])


def _box(top: int, title: str, lines: list[str]) -> list[str]:
    side = f'width="{_WIDTH - 60}" height="{_BOX}" rx="8"'
    parts = [f'<rect x="30" y="{top}" {side} fill="#eef4f1" stroke="{_GOOD}"/>',
             f'<text x="50" y="{top + 28}" font-size="16" font-weight="bold">{escape(title)}</text>']
    return parts + [
        f'<text x="50" y="{top + 50 + at * _LINE}">{escape(line)}</text>' for at, line in enumerate(lines) if line
    ]


def _link(top: int, said: str) -> list[str]:
    middle = 110
    return [
        f'<path d="M{middle} {top}v{_GAP - 8}m-7 -9l7 9l7 -9" fill="none" stroke="{_GOOD}" stroke-width="2"/>',
        f'<text x="{middle + 16}" y="{top + _GAP // 2 + 5}">{escape(said)}</text>',
    ]
