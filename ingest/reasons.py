"""FFmpeg's last words, turned into one plain sentence for status. No address appears in it, so no secret can."""

import re

from flow.feed import Feed, FeedKind
from ingest.exposure import at_door, listens
from ingest.facts import Facts

NO_PICTURE = "the feed has sound but no picture"
EMPTY = "the feed has neither picture nor sound that FFmpeg knows"
ENDED = "the feed has ended"
UNDECODED = "the decoder ended before the first picture"
LATE = "nothing came from the sender in time"
STALLED = "no picture comes at the moment"
HUNG = "no picture has come for too long"
SPINS = "the decoder computed without an end and gave no picture"
TORN = "its sound had run away from its picture"
ANEW = "the stream began anew with another clock"
UNFRAMED = "its sound is of a kind that is read in another way"
COLOURLESS = "nothing is known of its colours"
FAILED = "the connection failed in a way that nobody foresaw; the log says how"

GUESSED = frozenset({UNFRAMED, COLOURLESS})
"""A decoder was begun on a guess that was wrong: nothing is wrong with the feed, and the next one knows better."""

_UNANSWERED = "the sender does not answer, or the connection broke"
_KEYED = "the sender does not answer, the connection broke, or the passphrase is wrong"

_DAMAGED = "Invalid data found"

_KNOWN = (
    # libsrt's words for SRT_REJ_BADSECRET and SRT_REJ_UNSECURE, where we call.
    ("Incorrect passphrase", "the sender refuses our passphrase: it is wrong"),
    ("Password required or unexpected", "the sender and this feed do not both have a passphrase"),
    ("Connection refused", "the sender refuses the connection: nothing listens at that address"),
    ("No such file or directory", "there is no such file, or the server has no such stream"),
    ("No route to host", "there is no route to the sender"),
    ("Network is unreachable", "the sender's network cannot be reached"),
    ("Name or service not known", "the sender's name is not known to DNS"),
    ("Failed to resolve hostname", "the sender's name is not known to DNS"),
    ("Address already in use", "the address to listen on is in use"),
    ("timed out", LATE),
    ("could not find codec parameters", "no picture or sound that FFmpeg knows came in time"),
    ("Permission denied", "this machine may not read the feed"),
    ("Format not on whitelist", "the file is of a kind that is not allowed"),
    (r"Codec \(.*\) not on whitelist", "its picture or sound is in a codec that is not allowed"),
    ("not on whitelist", "the feed points to an address of a kind that is not allowed"),
    ("moov atom not found", "the file is cut off or damaged"),
    (_DAMAGED, "what comes in is no picture or sound that FFmpeg knows"),
    ("Input/output error", _UNANSWERED),
    ("End of file", "the sender closed the connection"),
)


def names_fault(line: str) -> bool:
    """Whether a line of FFmpeg's standard error may say what is wrong: others inform, or tell how it works."""
    return "[info]" not in line and "[verbose]" not in line


def reason(lines: list[str], facts: Facts, pictures: int) -> str:
    """Why a decoder ended, from the last lines of its standard error and how many pictures came out."""
    text = "\n".join(lines)
    if not pictures and facts.audio and not facts.video:
        return NO_PICTURE
    for words, sentence in _KNOWN:
        # Damaged pictures on the way are not the end's cause.
        harmless = pictures and words == _DAMAGED
        if not harmless and re.search(words, text):
            return sentence
    if pictures:
        return ENDED
    return EMPTY if not facts.video else UNDECODED


def unanswered(why: str) -> str:
    """That reason where a passphrase is in use: SRT does not say whether it was the wrong one."""
    return _KEYED if why == _UNANSWERED else why


def waiting(feed: Feed) -> str:
    """What a decoder that has just begun waits for, when that may last; else empty."""
    if at_door(feed):
        return "it waits for a publisher to come"
    if listens(feed):
        return "it waits for the sender to call"
    return "it waits for packets to come" if feed.kind is FeedKind.UDP else ""
