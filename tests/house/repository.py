"""The repository as the house tests read it."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("flow", "ingest", "transcode", "packager", "origin", "player", "desk")


def tracked(*patterns: str) -> list[Path]:
    """Files that git tracks, or would: what is ignored does not count."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )
    return [ROOT / line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def sources() -> list[Path]:
    """Python files of the rooms."""
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in ROOMS]
