"""Which content encoding a viewer takes (RFC 9110 12.5.3). Pure."""


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header allows gzip: named, or by `*`, and not with a weight of 0."""
    weights: dict[str, bool] = {}
    for item in accept_encoding.split(","):
        coding, _, parameters = item.partition(";")
        weights[coding.strip().lower()] = _has_weight(parameters)
    named = weights.get("gzip", weights.get("x-gzip"))
    return weights.get("*", False) if named is None else named


def _has_weight(parameters: str) -> bool:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return True
    return value.strip().strip("0.") != ""  # "0", "0.0" and "0.000" are the ways to write none
