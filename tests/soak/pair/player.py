"""A player of one rendition that asks for every part and every segment, and notes what it may not find."""

import hashlib
import re
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

_PART = re.compile(r'#EXT-X-PART:DURATION=[\d.]+,URI="([^"]+)"')
_HINT = re.compile(r'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="(\d+)-\d+\.(\d+)\.')
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)"')
_PLACE = re.compile(r"(\d+)-\d+\.(\d+)")
_WHOLE = re.compile(r"(\d+)-\d+\.m4s")
SEGMENT = 92_160
"""Units; what the times of two segments one after another differ by."""


@dataclass
class Player:
    """Reads from one thread until `stop` is set; what is wrong is gathered in `wrong`."""

    base: str
    folder: Path
    stop: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)
    holes: dict[int, set[int]] = field(default_factory=dict)
    parts: int = 0
    wholes: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0
    _contents: dict[str, str] = field(default_factory=dict)
    _map: str = ""
    _expected: int | None = None

    def watch(self) -> None:
        """Ask for the playlist again and again, held until it has news."""
        news, ask = time.monotonic(), ""
        while not self.stop.is_set():
            try:
                text = self._get(f"index.m3u8{ask}").decode()
            except OSError as error:
                self.wrong.append(f"the playlist: {error}")
                time.sleep(0.2)
                continue
            self.read(text)
            now = time.monotonic()
            self.slowest, news = max(self.slowest, now - news) if ask else 0.0, now
            found = _HINT.search(text)
            ask = f"?_HLS_msn={found[1]}&_HLS_part={found[2]}" if found else ""

    def read(self, text: str) -> None:
        """Fetch what is new in a playlist, and compare the rest with what was seen."""
        if "EXT-X-DISCONTINUITY\n" in text:
            self.wrong.append("a discontinuity")
        self._init(_MAP.search(text))
        lost = False
        for line in text.splitlines():
            if found := _PART.match(line):
                self._part(found[1], gap="GAP=YES" in line)
            elif line == "#EXT-X-GAP":
                lost = True
            elif found := _WHOLE.fullmatch(line):
                self._whole(int(found[1]), line, lost=lost)
                lost = False

    def _init(self, found: re.Match[str] | None) -> None:
        if found and not self._map:
            self._map = found[1]
            (self.folder / "all.mp4").write_bytes(self._fetch(found[1]))
        elif found and found[1] != self._map:
            self.wrong.append(f"another init section: {found[1]}")

    def _part(self, uri: str, *, gap: bool) -> None:
        msn, part = (int(number) for number in _PLACE.findall(uri)[0])
        if gap:
            self.holes.setdefault(msn, set()).add(part)
        elif uri not in self._contents:
            if part in self.holes.get(msn, ()):
                self.wrong.append(f"{uri} takes a hole back")
            self._fetch(uri)
            self.parts += 1

    def _whole(self, msn: int, uri: str, *, lost: bool) -> None:
        known = self.wholes.setdefault(msn, uri)
        if lost:
            self.wrong.append(f"{uri} is a gap")
        elif known != uri:
            self.wrong.append(f"{known} became {uri}")
        elif uri not in self._contents:
            body = self._fetch(uri)
            at = body.find(b"tfdt")
            time_at = int.from_bytes(body[at + 8:at + 16], "big")
            if self._expected not in (None, msn):
                self.wrong.append(f"segment {msn} where {self._expected} was next")
            if abs(time_at - msn * SEGMENT) > 4 * 1_920:  # of pictures the first may be shown later than decoded
                self.wrong.append(f"{uri} begins at {time_at}, not {msn * SEGMENT}")
            self._expected = msn + 1
            with (self.folder / "all.mp4").open("ab") as file:
                file.write(body)

    def _fetch(self, uri: str) -> bytes:
        try:
            body = self._get(uri)
        except OSError as error:
            self.wrong.append(f"{uri}: {error}")
            return b""
        digest = hashlib.sha256(body).hexdigest()
        if self._contents.setdefault(uri, digest) != digest:
            self.wrong.append(f"{uri} has two contents")
        return body

    def _get(self, uri: str) -> bytes:
        with urllib.request.urlopen(f"{self.base}/{uri}", timeout=15) as answer:
            body: bytes = answer.read()
            return body
