"""How a front writes a transport stream whose clock goes back, as FFmpeg's options."""


def leaping() -> dict[str, str | int]:
    """FFmpeg writes no time below the last one: after a leap backwards it would give each packet the old time and
    one unit more, until the clock is where it was. So what goes back by more than 0.7 s is written as if the 33
    bits had been used up (ISO/IEC 13818-1, 2.4.2.2), which leaves the bits in the stream as they came (F-11).

    The filter keeps a picture until it has the next; with its length in its head, the decoder waits no more for
    the next one itself, which makes up for that (pictures over 64 KB have none).
    """
    wraps = r"8589934592*ceil(max(0\,(PREV_OUTDTS-DTS-63000)/8589934592))"
    return {"bsf": rf"setts=pts=PTS+{wraps}*gt(PTS\,-9e18):dts=DTS+{wraps}", "omit_video_pes_length": 0}
