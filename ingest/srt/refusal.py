"""That SRT refused a caller, read from what libsrt writes to standard error at any log level of FFmpeg's."""

import re

_REFUSED = re.compile(r"processConnectRequest: rsp\(REJECT\): (\d{4})\b")
_WRONG, _UNMATCHED = 1010, 1011
"""SRT_REJ_BADSECRET and SRT_REJ_UNSECURE of libsrt's srt.h, as the handshake carries them (1000 and more)."""
_SENTENCES = {
    "wrong-passphrase": "its passphrase is wrong",
    "no-passphrase": "it has no passphrase",
    "unasked-passphrase": "it has a passphrase, and the feed has none",
}


def refusal_of(line: str, *, keyed: bool) -> str:
    """Why a caller was refused, as the events' catalogue names it; empty when the line says nothing of that.

    `keyed` says that we ask for a passphrase. Who called is not told: libsrt writes no address here.
    """
    found = _REFUSED.search(line)
    if found is None:
        return ""
    match int(found[1]):
        case code if code == _WRONG:
            return "wrong-passphrase"
        case code if code == _UNMATCHED:
            return "no-passphrase" if keyed else "unasked-passphrase"
        case code:
            return f"SRT {code}"


def sentence_of(refusal: str) -> str:
    """What status says of the caller that was refused last, of a word that `refusal_of` gave."""
    return f"the last caller was refused: {_SENTENCES.get(refusal, refusal)}"
