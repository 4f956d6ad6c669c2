"""What our own front is answered: a small RTSP server for one player, on this machine, that has one stream.

Pure. The front's FFmpeg hears nothing of the real server but the codecs of its tracks: no redirection, no other
address, no password (T-04, T-11).
"""

import hmac
from collections.abc import Sequence

from ingest.rtsp.message import RtspMessage, answer
from ingest.rtsp.tracks import Track, description

_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"
_SESSION = {"Session": "1;timeout=60"}


class FrontHalf:
    """`base` is the address by which the front asks; its path is a secret, so that nobody else is answered."""

    def __init__(self, base: str, tracks: Sequence[Track]) -> None:
        self.base = base
        self._tracks = tuple(tracks)

    def knows(self, asked: RtspMessage) -> bool:
        """Whether it is our front that asks."""
        return hmac.compare_digest(asked.url[:len(self.base)].encode(), self.base.encode())

    def answer(self, asked: RtspMessage, info: str = "") -> bytes:
        """What to say to a request. `info` are the times at which the tracks begin, for PLAY."""
        words = {"CSeq": str(max(0, asked.number))}
        match asked.method:
            case "OPTIONS":
                return answer("200 OK", {**words, "Public": _METHODS})
            case "DESCRIBE":
                described = {"Content-Type": "application/sdp", "Content-Base": f"{self.base}/"}
                return answer("200 OK", {**words, **described}, description(self._tracks).encode())
            case "SETUP" if (track := self._track(asked.url)) is not None:
                way = f"RTP/AVP/TCP;unicast;interleaved={2 * track}-{2 * track + 1}"
                return answer("200 OK", {**words, **_SESSION, "Transport": way})
            case "PLAY" | "GET_PARAMETER" | "TEARDOWN":
                return answer("200 OK", {**words, **_SESSION, **({"RTP-Info": info} if info else {})})
        return answer("400 Bad Request", words)

    def _track(self, url: str) -> int | None:
        word = url.removeprefix(self.base).strip("/")
        return int(word) if word.isascii() and word.isdigit() and int(word) < len(self._tracks) else None
