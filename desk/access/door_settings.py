"""The settings of the viewers' gate, as somebody wrote them. No I/O."""

from ipaddress import IPv4Network, IPv6Network, ip_network

from flow.errors import OperatorError

DEVICES = 4
"""Of a site that may watch at once, where nobody says another number."""
MOST_DEVICES = 1_000


def proxies_of(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks in which proxies are believed; raises ValueError for what is no network."""
    return tuple(ip_network(word.strip()) for word in text.split(",") if word.strip())


def check_proxies(text: str) -> None:
    """Raises OperatorError for what is no list of networks, and for one that has everybody in it."""
    try:
        networks = proxies_of(text)
    except ValueError as error:
        problem = f"trusted_proxies: {error}"
        raise OperatorError(problem, 'Write it as "10.0.0.5/32, 10.1.0.0/24"') from error
    if any(not network.prefixlen for network in networks):
        problem = "trusted_proxies: everybody would be believed to be whom he says"
        raise OperatorError(problem, "Name the proxies' own addresses alone")


def devices_of(text: str) -> int:
    """How many devices; raises OperatorError for what is no such number."""
    if not text:
        return DEVICES
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= MOST_DEVICES):
        problem = f"devices: “{text[:40]}” is no number of devices"
        raise OperatorError(problem, f'Write 1 to {MOST_DEVICES}, as devices = "{DEVICES}"')
    return int(text)
