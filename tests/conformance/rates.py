"""How much a rendition's media take of a line."""

from tests.conformance.recording import Recording

_BITS = 8


def peak_of(recording: Recording, rendition: str) -> float:
    """Bit/s of the heaviest run of segments from half to one and a half target durations (RFC 8216bis 4.1)."""
    sizes: dict[int, tuple[int, float]] = {}
    for answer in recording.reloads.get(rendition, ()):
        for segment in answer.playlist.segments:
            body = recording.body(rendition, segment.uri)
            if body is not None:
                sizes[segment.msn] = len(body) * _BITS, segment.duration
    target = next((a.playlist.target for a in recording.reloads.get(rendition, ())), 0.0)
    peak = 0.0
    for msn in sizes:
        bits, lasting, at = 0, 0.0, msn
        while at in sizes and lasting + sizes[at][1] <= 1.5 * target + 0.5:
            bits, lasting, at = bits + sizes[at][0], lasting + sizes[at][1], at + 1
            if lasting >= 0.5 * target:
                peak = max(peak, bits / lasting)
    return peak
