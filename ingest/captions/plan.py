"""Where a feed's captions are taken from, decided from what is known of it before it is decoded. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.captions.caption import Cue
from ingest.facts import Facts

TELETEXT = "libzvbi_teletextdec"
"""FFmpeg's decoder of teletext, where it was built with it."""
TEXTS = {
    "subrip": "subrip,srt", "ass": "ass,ssa", "webvtt": "webvtt", "mov_text": "mov_text", "text": "text",
    "eia_608": "cc_dec", "dvb_teletext": TELETEXT,
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
    CUES = "cues"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionPlan:
    """`cues` are a film's, and may still grow; `length` is the film's in samples, 0 while unknown; `shown` says in
    a few words what is taken, empty where only the feed itself will show whether there is any."""

    source: CaptionSource = CaptionSource.NONE
    cues: Sequence[Cue] = ()
    length: int = 0
    shown: str = ""


NO_CAPTIONS = CaptionPlan()
IN_PICTURES = CaptionPlan(source=CaptionSource.PICTURES)
"""Bytes beside the pictures: nobody knows before they come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStream:
    """A caption stream that is text: its number among the film's caption streams, from 0, what FFmpeg calls its
    decoder, and what people call it."""

    number: int
    decoder: str
    shown: str


def text_stream(facts: Facts) -> TextStream | None:
    """The one to take of a film: the first, but one in Vietnamese before all others; None where there is none."""
    texts = [(at, codec, language) for at, (codec, language) in enumerate(facts.captions) if codec in TEXTS]
    if not texts:
        return None
    at, codec, language = next((text for text in texts if text[2] in ("vie", "vi")), texts[0])
    return TextStream(number=at, decoder=TEXTS[codec], shown=f"{WORDS.get(codec, codec)} {language}".strip())


def verdicts(facts: Facts, *, film: bool) -> tuple[str, ...]:
    """What the caption streams of a film, or of anything else, are, and whether they can be taken: a sentence for
    each kind."""
    said = []
    for codec, language in facts.captions:
        name = f"{WORDS.get(codec, codec)}{f' ({language})' if language else ''}"
        if codec in TEXTS:
            said.append(f"{name}: text, taken" if film else f"{name}: text, taken from files only")
        elif codec in _BITMAPS:
            said.append(f"{name}: pictures of letters, cannot be taken as text")
        else:
            said.append(f"{name}: cannot be taken")
    return tuple(dict.fromkeys(said))
