"""An invited hall that watches all the while: every segment once, whatever happens behind it."""

import re
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urljoin

EACH_S = 0.5
ANEW_S = 20.0
"""It asks for a new token as often as a page that was just opened does."""


class Hall:
    """Watches in a thread of its own; `wrong` says what it did not get."""

    def __init__(self, link: str, channel: str) -> None:
        self._start = f"{link}live/{channel}/index.m3u8"
        self.numbers: list[int] = []
        self.wrong: list[str] = []
        self.stop = threading.Event()

    def watch(self) -> None:
        """Until it is told to stop."""
        media, asked = "", 0.0
        while not self.stop.wait(EACH_S):
            try:
                if time.monotonic() - asked > ANEW_S:
                    listed = _text(self._start).splitlines()
                    media = urljoin(self._start, next(one for one in listed if one and not one.startswith("#")))
                    asked = time.monotonic()
                self._take(media, _text(media))
            except (urllib.error.URLError, OSError, StopIteration) as error:
                self.wrong.append(f"after segment {self.numbers[-1] if self.numbers else '-'}: {error}")

    def _take(self, media: str, text: str) -> None:
        for mark in ("#EXT-X-GAP\n", "#EXT-X-DISCONTINUITY\n"):
            if mark in text:
                self.wrong.append(f"{mark.strip()} is listed")
        names = re.findall(r"^[^#\n].*\.m4s$", text, re.MULTILINE)
        # A player begins at the end of the list; what was before the programme is refused to this hall.
        for name in names if self.numbers else names[-1:]:
            number = int(name.partition("-")[0])
            if self.numbers and number <= self.numbers[-1]:
                continue
            if self.numbers and number != self.numbers[-1] + 1:
                self.wrong.append(f"segments {self.numbers[-1] + 1} to {number - 1} were never listed")
            self.numbers.append(number)
            _text(urljoin(media, name))


def _text(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as answer:
        body: bytes = answer.read()
    return body.decode("utf-8", "replace")
