"""Conditional requests: entity tags against If-None-Match and If-Range (RFC 9110 13.1). Pure."""


def none_match_fails(if_none_match: str | None, etag: str) -> bool:
    """Whether If-None-Match says that the viewer has `etag` already, so that 304 is the answer.

    Compares weakly, as 13.1.2 asks: an intermediary may have weakened the tag.
    """
    if if_none_match is None:
        return False
    return any(tag.strip().removeprefix("W/") in {"*", etag} for tag in if_none_match.split(","))


def range_applies(if_range: str | None, etag: str) -> bool:
    """Whether Range may be obeyed: no If-Range, or the very same strong tag (13.1.5)."""
    return if_range is None or if_range.strip() == etag
