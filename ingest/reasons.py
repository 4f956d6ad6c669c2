"""FFmpeg's last words, turned into one plain sentence for status. No address appears in it, so no secret can."""

from ingest.facts import Facts

NO_PICTURE = "the feed has sound but no picture"
EMPTY = "the feed has neither picture nor sound that FFmpeg knows"
ENDED = "the feed has ended"

_KNOWN = (
    ("Connection refused", "the sender refuses the connection: nothing listens at that address"),
    ("No such file or directory", "there is no such file, or the server has no such stream"),
    ("404", "the server has no such stream (404)"),
    ("401", "the server asks for a user name and password (401)"),
    ("403", "the server refuses this machine (403)"),
    ("No route to host", "there is no route to the sender"),
    ("Network is unreachable", "the sender's network cannot be reached"),
    ("Name or service not known", "the sender's name is not known to DNS"),
    ("Failed to resolve hostname", "the sender's name is not known to DNS"),
    ("Address already in use", "the address to listen on is in use"),
    ("timed out", "nothing came from the sender in time"),
    ("Permission denied", "this machine may not read the feed"),
    ("not on whitelist", "the feed points to an address of a kind that is not allowed"),
    ("Invalid data found", "what comes in is no picture or sound that FFmpeg knows"),
    ("moov atom not found", "the file is cut off or damaged"),
    ("Input/output error", "the sender does not answer, or the connection broke"),
    ("End of file", "the sender closed the connection"),
)


def reason(lines: list[str], facts: Facts, pictures: int) -> str:
    """Why a decoder ended, from the last lines of its standard error and how many pictures came out."""
    text = "\n".join(lines)
    if not pictures:
        if facts.audio and not facts.video:
            return NO_PICTURE
        for words, sentence in _KNOWN:
            if words in text:
                return sentence
        return EMPTY if not facts.video else "the decoder ended before the first picture"
    for words, sentence in _KNOWN:
        if words in text and words != "Invalid data found":  # damaged pictures on the way are not the end's cause
            return sentence
    return ENDED
