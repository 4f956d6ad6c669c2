"""JSON that a stranger wrote."""

import json
from typing import Any


def read_json(text: str | bytes) -> Any:  # noqa: ANN401 - whoever asks checks it word by word
    """What the text says; raises ValueError for what is no JSON, and for what is nested deeper than anybody means.

    Python's reader has an error of its own for that, which is no ValueError, and whoever forgot it was ended by
    three kilobytes of brackets (T-09).
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        message = "nested too deeply"
        raise ValueError(message) from error
