"""A front without a process: a pipe that a test writes into."""

import os

from flow.errors import FeedError
from ingest.carrier import Carried
from ingest.facts import Facts


class PipeFront:
    """As `Front`; `stopped` says whether somebody has ended it."""

    def __init__(self, why: str = "") -> None:
        self.reading, self.writing = os.pipe()
        self.stopped = False
        self.trouble = ""
        self.facts = Facts()
        self.carried = Carried()
        self._why = why

    def start(self) -> list[int]:
        if self._why:
            self.stop()
            os.close(self.reading)
            raise FeedError(self._why)
        return [self.reading]

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            os.close(self.writing)

    def send(self, *packets: bytes) -> None:
        os.write(self.writing, b"".join(packets))
