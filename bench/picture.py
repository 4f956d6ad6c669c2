"""The rate-quality picture: VMAF over what a line must carry, one curve for each ladder, as SVG."""

import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _HEIGHT = 860, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 50, 56
_FONT = 'font-family="sans-serif"'
_ACROSS = "peak over any 2 s, sound included, kbit/s (logarithmic)"
_COLOURS = ("#0b6e4f", "#c8553d", "#3d5a98", "#8a6d1d")
_RATES = (100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000)

Curve = Sequence[tuple[str, int, float]]
"""Names of rungs, their bit/s, their VMAF."""


def drawn(title: str, curves: Mapping[str, Curve]) -> str:
    """The whole picture."""
    points = [point for curve in curves.values() for point in curve]
    low = min(rate for _, rate, _ in points) / 1_000 * 0.85
    high = max(rate for _, rate, _ in points) / 1_000 * 1.2
    floor = math.floor((min(score for _, _, score in points) - 5) / 10) * 10

    def x(kilobits: float) -> float:
        return _LEFT + math.log(kilobits / low) / math.log(high / low) * (_WIDTH - _LEFT - _RIGHT)

    def y(score: float) -> float:
        return _TOP + (100 - score) / (100 - floor) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_FONT} font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="{_LEFT}" y="22" font-size="16">{escape(title)}</text>',
    ]
    for rate in (rate for rate in _RATES if low <= rate <= high):
        at = f"{x(rate):.1f}"
        parts.append(f'<path d="M{at} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{at}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{rate}</text>')
    for score in range(floor, 101, 10):
        at = f"{y(score):.1f}"
        parts.append(f'<path d="M{_LEFT} {at}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{at}" text-anchor="end" dy="4">{score}</text>')
    parts.append(f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 14}" text-anchor="middle">{_ACROSS}</text>')
    parts.append(f'<text transform="translate(16 {_HEIGHT / 2}) rotate(-90)" text-anchor="middle">VMAF</text>')
    for at, (name, curve) in enumerate(curves.items()):
        places = [(x(rate / 1_000), y(score), rung) for rung, rate, score in sorted(curve, key=lambda one: one[1])]
        parts += _line(name, places, _COLOURS[at % len(_COLOURS)], at)
    return "\n".join([*parts, "</svg>\n"])


def _line(name: str, places: Sequence[tuple[float, float, str]], colour: str, at: int) -> list[str]:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in places)
    parts = [f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    for x, y, rung in places:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        where = f'x="{x + 6:.1f}" y="{y + 16:.1f}"'
        if at == 0:  # the first curve lies above the others, and so do its words
            where = f'x="{x - 6:.1f}" y="{y - 8:.1f}" text-anchor="end"'
        parts.append(f'<text {where} font-size="10" fill="{colour}">{escape(rung)}</text>')
    height = _HEIGHT - _BOTTOM - 20 - 20 * at
    parts.append(f'<circle cx="{_WIDTH - 290}" cy="{height - 4}" r="5" fill="{colour}"/>')
    parts.append(f'<text x="{_WIDTH - 278}" y="{height}" fill="{colour}">{escape(name)}</text>')
    return parts
