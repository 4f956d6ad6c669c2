"""Captions as WebVTT documents: a part's or a segment's cue blocks in, a whole document out. Pure.

What a worker sends as captions are cue blocks with the media's own times, counted from the epoch, so the blocks of
a segment's parts make up the segment's.
"""

from flow.timebase import hours_text

_PTS_WRAP = 1 << 33


def document(blocks: bytes, origin: int, *, cut: bool) -> bytes:
    """The blocks below a header that says what their time is in that of the media, at `origin`, in units since the
    epoch.

    X-TIMESTAMP-MAP (RFC 8216bis 3.1.4) counts at 90 kHz in 33 bits, whatever the media's own scale; 8 units are 15
    of its ticks, so it is exact. FFmpeg does not read it and takes the cues' times as they are: so they are the
    media's. Without `cut`, a cue that was cut between two chunks is one again.
    """
    head = f"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:{hours_text(origin)},MPEGTS:{origin * 15 // 8 % _PTS_WRAP}\n\n"
    each = [block for block in blocks.decode().split("\n\n") if block.strip()]
    return (head + "".join(f"{block}\n\n" for block in (each if cut else _mended(each)))).encode()


def readable(blocks: bytes) -> bool:
    """Whether they are text: WebVTT is UTF-8 (https://www.w3.org/TR/webvtt1/, 4.1)."""
    try:
        blocks.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended(blocks: list[str]) -> list[str]:
    made: list[str] = []
    for block in blocks:
        times, _, text = block.lstrip("\n").partition("\n")
        start, _, end = times.partition(" --> ")
        if made:
            before, _, said = made[-1].partition("\n")
            began, _, ended = before.partition(" --> ")
            if (ended, said) == (start, text):
                made[-1] = f"{began} --> {end}\n{text}"
                continue
        made.append(f"{times}\n{text}")
    return made
