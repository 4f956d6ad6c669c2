"""The settings of a machine in a backup: the file as it is, or in clear without what may be secret."""

import json
import tomllib
from pathlib import Path

from desk.settings import SECRET


def settings_text(path: Path, *, secrets: bool) -> tuple[str, tuple[str, ...]]:
    """The file's text, and the keys left out of it. Raises OSError, ValueError for what cannot be read."""
    text = path.read_text("utf-8")
    values = tomllib.loads(text)
    left = () if secrets else tuple(key for key in values if key in SECRET)
    if secrets:
        return text, ()
    # Written anew: who looks for a secret line by line misses the one that goes over several.
    kept = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items() if key not in left}
    lines = [f"{key} = {value}\n" for key, value in kept.items()]
    return "".join(lines), left
