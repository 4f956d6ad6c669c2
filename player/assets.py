"""The page's own files, each under an address that holds the hash of its content."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from flow.errors import ToolError

DIST = Path(__file__).parent / "web" / "dist"
"""Where `scripts/build-player` puts what it made."""

TOOL = "the viewers' page"

CONTENT_TYPES: Mapping[str, str] = {
    "watch.js": "text/javascript; charset=utf-8",
    "wait.js": "text/javascript; charset=utf-8",
    "hls.worker.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml; charset=utf-8",
    "licences.txt": "text/plain; charset=utf-8",
}
"""All files there are. A request is looked up here and never becomes a path."""

MEASURE = "measure.bin"
"""What a site's line is measured with: nothing makes it smaller, and edges keep it as the page's files."""
MEASURE_BYTES = 256 << 10
"""Three and a half seconds at 600 kb/s."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes plain and gzipped, its type, and the hash that its address holds."""

    plain: bytes
    gzipped: bytes
    content_type: str
    digest: str

    @classmethod
    def of(cls, plain: bytes, content_type: str) -> Self:
        """The asset that holds `plain`; equal bytes give an equal asset."""
        digest = hashlib.blake2b(plain, digest_size=8).hexdigest()
        return cls(plain, gzip.compress(plain, 9, mtime=0), content_type, digest)


@dataclass(frozen=True, slots=True)
class Assets:
    """The page's files by name."""

    files: Mapping[str, Asset]

    def url(self, name: str) -> str:
        """The immutable address of a file: `/static/<hash>/<name>`."""
        return f"/static/{self.files[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Asset | None:
        """The file at an address; None unless both name and hash are known."""
        asset = self.files.get(name)
        return asset if asset is not None and asset.digest == digest else None

    @classmethod
    def load(cls, folder: Path = DIST) -> Self:
        """Read what was built; raises ToolError while there is nothing, or not all of it."""
        try:
            found = {name: Asset.of((folder / name).read_bytes(), kind) for name, kind in CONTENT_TYPES.items()}
        except FileNotFoundError as error:
            missing = Path(error.filename).name
            detail = f"{missing} has not been built; run `make player` and start again"
            raise ToolError(TOOL, detail) from error
        noise = hashlib.shake_128(MEASURE.encode()).digest(MEASURE_BYTES)
        return cls({**found, MEASURE: Asset.of(noise, "application/octet-stream")})
