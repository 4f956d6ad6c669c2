"""Where a feed's captions are taken from, decided from what is known of it before it is decoded. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.caption import Cue
from ingest.facts import Facts

TEXTS = {
    "subrip": "subrip,srt", "ass": "ass,ssa", "webvtt": "webvtt", "mov_text": "mov_text", "text": "text",
    "eia_608": "cc_dec",
}
"""Codecs of caption streams that are text, with all names that FFmpeg's decoders for them may have."""
WORDS = {
    "dvb_subtitle": "DVB subtitles", "dvb_teletext": "teletext", "hdmv_pgs_subtitle": "Blu-ray subtitles",
    "dvd_subtitle": "DVD subtitles", "arib_caption": "ARIB captions", "xsub": "DivX subtitles",
}
"""What else FFmpeg finds, by its name and as people call it."""
_BITMAPS = frozenset({"dvb_subtitle", "hdmv_pgs_subtitle", "dvd_subtitle", "xsub"})


class CaptionSource(StrEnum):
    """Where the text comes from."""

    NONE = "none"
    SIDECAR = "sidecar"
    STREAM = "stream"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionPlan:
    """`stream` is the wanted caption stream among the feed's, from 0, and `decoder` what FFmpeg calls its decoder;
    `cues` are a sidecar's, `length` the film's in samples, 0 while unknown; `shown` says in a few words what is
    taken, empty where only the feed itself will show whether there is any."""

    source: CaptionSource = CaptionSource.NONE
    stream: int = 0
    decoder: str = ""
    cues: tuple[Cue, ...] = ()
    length: int = 0
    shown: str = ""


NO_CAPTIONS = CaptionPlan()
IN_PICTURES = CaptionPlan(source=CaptionSource.PICTURES)
"""Bytes beside the pictures: nobody knows before they come."""


def of_streams(facts: Facts) -> CaptionPlan:
    """For a film without captions beside it: its first text stream, one in Vietnamese before all others; without
    any, what its pictures carry."""
    texts = [(at, codec, language) for at, (codec, language) in enumerate(facts.captions) if codec in TEXTS]
    if not texts:
        return IN_PICTURES
    at, codec, language = next((text for text in texts if text[2] in ("vie", "vi")), texts[0])
    return CaptionPlan(
        source=CaptionSource.STREAM, stream=at, decoder=TEXTS[codec], shown=f"{codec} {language}".strip(),
    )


def verdicts(facts: Facts) -> tuple[str, ...]:
    """What a feed's captions are, and whether they can be taken: a sentence for each kind."""
    said = []
    for codec, language in facts.captions:
        name = f"{WORDS.get(codec, codec)}{f' ({language})' if language else ''}"
        if codec in TEXTS:
            said.append(f"{name}: text, taken")
        elif codec in _BITMAPS:
            said.append(f"{name}: pictures of letters, cannot be taken as text")
        else:
            said.append(f"{name}: cannot be taken")
    return tuple(dict.fromkeys(said))
