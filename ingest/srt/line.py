"""One decoder's share of what an SRT front brings: a pipe. Who writes waits for room: SRT itself loses nothing."""

import os

from ingest.pipes import wide_pipe


class SrtLine:
    """Not safe for threads: whoever writes also closes."""

    def __init__(self) -> None:
        self.reading, self._writing = wide_pipe()
        self.open = True
        self.bytes = 0
        self.trouble = ""

    def write(self, packets: bytes | bytearray) -> bool:
        """Hand packets on; False when nobody reads any more."""
        view = memoryview(packets)
        while view and self.open:
            try:
                count = os.write(self._writing, view)
            except BrokenPipeError:
                self.close()
                break
            self.bytes += count
            view = view[count:]
        return self.open

    def close(self, trouble: str = "") -> None:
        """No more comes; the reader sees the end."""
        if self.open:
            self.open = False
            self.trouble = trouble
            os.close(self._writing)
