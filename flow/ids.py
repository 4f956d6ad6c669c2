"""Ids of channels and renditions: short, lower case, safe in any path or file name."""

import re
from typing import NewType

from flow.errors import OperatorError

ChannelId = NewType("ChannelId", str)
RenditionId = NewType("RenditionId", str)

_PATTERN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def is_id(text: str) -> bool:
    """Whether `text` may be an id: `[a-z0-9][a-z0-9-]{0,63}`."""
    return _PATTERN.fullmatch(text) is not None


def channel_id(text: str) -> ChannelId:
    """`text` as a channel's id; raises OperatorError when it is none."""
    if not is_id(text):
        problem = f"“{text}” cannot be a channel's name"
        raise OperatorError(problem, "Use a-z, 0-9 and -, starting with a letter or digit, at most 64")
    return ChannelId(text)
