"""T-05: whatever a name, a title or a secret says, FFmpeg gets it in its one place, or not at all.

20,000 strings for each field. The list of arguments, or the script of a front, is as long as with a harmless one,
differs from that in the field's own place alone, and there it is the string and nothing else. What an operator's
words may not hold is refused with a sentence.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from flow.canvas import Canvas
from flow.errors import OperatorError
from flow.feed import Feed, FeedKind
from ingest.command import Wiring, decoder_argv, look_argv, probe_argv, text_argv
from ingest.front_script import script_of
from ingest.kinds import feed_of
from ingest.pictures.sheet import Sheet
from tests.soak.threats.row import Outcome, Row, Turn, Wishes

STRINGS = 20_000
HARMLESS = "harmless-0123456789-words"
_SHEET = Sheet(Canvas(width=426, height=240))
_WIRING = Wiring(pictures=5, sounds={1: 6}, media=(7,))
_BITS = (
    "-", "--", "-i", "-f", "-vf", "-y", " ", "\t", "\n", "\r", "'", '"', "\\", "`", "$(id)", "${HOME}", ";", "|",
    "&", "<", ">", "*", "?", "#", "%", "%d", "%03d", "%%", "%{pts}", ":", ",", "[", "]", "[in]", "=", "@", "/",
    "//", "..", "../", "~", "concat:", "concatf:", "subfile,,start,0,end,9,,:", "data:", "file:", "pipe:0",
    "pipe:", "fd:", "tee:", "crypto:", "cache:", "async:", "http://127.0.0.1/", "srt://h:1", "rtmp://", "movie=",
    "amovie=", "drawtext=textfile=/etc/passwd", "lavfi", "/etc/passwd", "ffconcat version 1.0", "file 'x'",
    "option safe 0", "passphrase", "&passphrase=", "?mode=listener", "\u202e", "\u2028", "\uff07", "ộ", "họp",
    "\U0001f600", "a", "0", "\x00", "\x1b[2J", "\x7f", "\u0085", "\ufeff",
)


def hostile(chance: random.Random) -> str:
    """A string of pieces that mean something to somebody."""
    some = chance.choices(_BITS, k=chance.randrange(1, 12))
    if chance.randrange(4) == 0:
        some.append("".join(chr(chance.choice((chance.randrange(1, 0xD800), chance.randrange(1, 128))))
                            for _ in range(chance.randrange(1, 30))))
    chance.shuffle(some)
    return "".join(some)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`words` makes the arguments, or the lines of a script, with a string in it; `said` is how the string stands
    there. Raises OperatorError for one that is refused."""

    words: Callable[[str], Sequence[str]]
    said: Callable[[str], str]


def _of(kind: FeedKind, text: str, sound: str = "") -> Feed:
    return Feed(address=text, kind=kind, shown="", sound=sound)


def _decoder(feed: Feed, title: str = "") -> list[str]:
    return decoder_argv("ffmpeg", feed, _SHEET, title, _WIRING)


def _script(setting: str, text: str) -> list[str]:
    feed = feed_of(f"srt://h:9000?{setting}={quote(text, safe='', errors='surrogatepass')}")
    return script_of(feed, "10.0.0.9").split("\n")


def token(text: str) -> str:
    """As a script has it: in quotes, by the rules of FFmpeg's `av_get_token`."""
    return "'" + text.replace("'", "'\\''") + "'"


FIELDS: Mapping[str, Field] = {
    "title of a test card": Field(
        words=lambda text: _decoder(feed_of("testcard:"), text), said=lambda text: f"--title={text}"),
    "path of a film": Field(
        words=lambda text: _decoder(_of(FeedKind.FILE, text)), said=lambda text: f"file:{text}"),
    "path of a still": Field(
        words=lambda text: _decoder(_of(FeedKind.STILL, text)), said=lambda text: f"file:{text}"),
    "path of a still's sound": Field(
        words=lambda text: _decoder(_of(FeedKind.STILL, "/srv/a.png", text)), said=lambda text: f"file:{text}"),
    "path of a film that is probed": Field(
        words=lambda text: probe_argv("ffmpeg", _of(FeedKind.FILE, text), _WIRING, 1),
        said=lambda text: f"file:{text}"),
    "path of a film that is looked at": Field(
        words=lambda text: look_argv("ffmpeg", _of(FeedKind.FILE, text)), said=lambda text: f"file:{text}"),
    "path of a film with captions": Field(
        words=lambda text: text_argv("ffmpeg", _of(FeedKind.FILE, text), 0, "subrip", 9),
        said=lambda text: f"file:{text}"),
    "passphrase of SRT": Field(
        words=lambda text: _script("passphrase", text), said=lambda text: f"option passphrase {token(text)}"),
    "stream id of SRT": Field(
        words=lambda text: _script("streamid", text), said=lambda text: f"option streamid {token(text)}"),
}


def strayed(found: Sequence[str], wanted: Sequence[str], said: str, harmless: str) -> str:
    """What is wrong with words that have `said` where the others have `harmless`; empty when nothing is."""
    if len(found) != len(wanted):
        return f"{len(found)} words in place of {len(wanted)}"
    for one, other in zip(found, wanted, strict=True):
        if one != (said if other == harmless else other):
            return f"{one!r} in place of {other!r}"
    return ""


def tried(field: Field, chance: random.Random, count: int) -> Outcome:
    """So many strings in one field."""
    wanted, harmless = field.words(HARMLESS), field.said(HARMLESS)
    assert harmless in wanted, "the field has no place of its own"
    refused, faults = 0, list[str]()
    for _ in range(count):
        text = hostile(chance)
        try:
            found = field.words(text)
        except OperatorError:
            refused += 1
            continue
        if why := strayed(found, wanted, field.said(text), harmless):
            faults.append(f"{text!r}: {why}")
    counts = {"strings": count, "refused": refused, "strayed": len(faults)}
    return Outcome(counts=counts, faults=tuple(faults[:20]))


@contextmanager
def stringing(wishes: Wishes) -> Iterator[Turn]:
    """A turn for each field."""
    def turn(number: int) -> Outcome:
        name = list(FIELDS)[number]
        outcome = tried(FIELDS[name], random.Random(f"strings/{wishes.seed}/{name}"), STRINGS)
        return Outcome(counts=outcome.counts, faults=tuple(f"{name}: {fault}" for fault in outcome.faults))

    yield turn


WORDS = Row(threat="T-05", name="strings", turns=len(FIELDS), open=stringing)
