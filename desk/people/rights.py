"""What each route of the operators' listener asks of who calls it. No I/O.

Whatever is not in the table is nobody's: a route is refused until it has a right (T-28). HEAD is GET's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from desk.people.role import Role


class Scope(StrEnum):
    """What the caller's part of the country must hold.

    ANYBODY needs no name; MACHINE needs none of programs on this machine, else COUNTRY. NONE: the handler leaves
    out what is elsewhere. COUNTRY: an account of the whole country. The others name one thing, by the word of the
    address in `WORDS`: who is not its region's hears that there is none. NAME is one for a new channel, which no
    other region's has ever had.
    """

    ANYBODY = "anybody"
    MACHINE = "machine"
    NONE = "none"
    COUNTRY = "country"
    CHANNEL = "channel"
    PROGRAMME = "programme"
    SITE = "site"
    REGION = "region"
    ACCOUNT = "account"
    NAME = "name"


WORDS: Mapping[Scope, str] = MappingProxyType({
    Scope.CHANNEL: "name", Scope.PROGRAMME: "programme", Scope.SITE: "site", Scope.REGION: "region",
    Scope.ACCOUNT: "account",
})
"""The word of the address that names the thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """The role that is needed at least, and where.

    `sent` are words of the JSON body that name further things, with their kind; a list names each of its own. What
    a POST leaves out, or empty, is the handler's matter: the region of who asks.
    """

    role: Role = Role.VIEWER
    scope: Scope = Scope.NONE
    sent: Mapping[str, Scope] = field(default_factory=lambda: MappingProxyType({}))


def _looks(scope: Scope = Scope.NONE, role: Role = Role.VIEWER) -> Right:
    return Right(role=role, scope=scope)


def _does(role: Role, scope: Scope, **sent: Scope) -> Right:
    return Right(role=role, scope=scope, sent=MappingProxyType(sent))


_CHANNEL = "/api/v1/channels/{name}"
_PROGRAMME = "/api/v1/programmes/{programme}"
_SITE = "/api/v1/sites/{site}"
_ACCOUNT = "/api/v1/accounts/{account}"
RIGHTS: Mapping[tuple[str, str], Right] = MappingProxyType({
    ("GET", "/healthz"): _looks(Scope.ANYBODY),
    ("GET", "/metrics"): _looks(Scope.MACHINE),
    # Channels
    ("GET", "/api/v1/channels"): _looks(),
    ("POST", "/api/v1/channels"): _does(Role.DIRECTOR, Scope.NONE, region=Scope.REGION, name=Scope.NAME),
    ("GET", _CHANNEL): _looks(Scope.CHANNEL),
    ("PATCH", _CHANNEL): _does(Role.OPERATOR, Scope.CHANNEL),
    ("DELETE", _CHANNEL): _does(Role.DIRECTOR, Scope.CHANNEL),
    ("POST", f"{_CHANNEL}/commands"): _does(Role.OPERATOR, Scope.CHANNEL),
    ("GET", f"{_CHANNEL}/marks"): _looks(Scope.CHANNEL),
    ("POST", f"{_CHANNEL}/marks"): _does(Role.OPERATOR, Scope.CHANNEL),
    ("GET", f"{_CHANNEL}/timetable"): _looks(Scope.CHANNEL),
    ("POST", f"{_CHANNEL}/programme/start"): _does(Role.OPERATOR, Scope.CHANNEL),
    ("POST", f"{_CHANNEL}/programme/stop"): _does(Role.OPERATOR, Scope.CHANNEL),
    ("POST", f"{_CHANNEL}/programme/extend"): _does(Role.OPERATOR, Scope.CHANNEL),
    # Programmes
    ("GET", "/api/v1/programmes"): _looks(),
    ("POST", "/api/v1/programmes"): _does(Role.DIRECTOR, Scope.NONE, channel=Scope.CHANNEL),
    ("GET", _PROGRAMME): _looks(Scope.PROGRAMME),
    ("PATCH", _PROGRAMME): _does(Role.DIRECTOR, Scope.PROGRAMME),
    ("POST", f"{_PROGRAMME}/cancel"): _does(Role.DIRECTOR, Scope.PROGRAMME),
    ("GET", f"{_PROGRAMME}/readiness"): _looks(Scope.PROGRAMME),
    ("GET", f"{_PROGRAMME}/documents"): _looks(Scope.PROGRAMME),
    ("POST", f"{_PROGRAMME}/documents"): _does(Role.DIRECTOR, Scope.PROGRAMME),
    ("DELETE", f"{_PROGRAMME}/documents/{{document}}"): _does(Role.DIRECTOR, Scope.PROGRAMME),
    # News
    ("GET", "/api/v1/events"): _looks(),
    ("GET", "/api/v1/events/stream"): _looks(),
    # Sites and who is let in
    ("GET", "/api/v1/regions"): _looks(),
    ("GET", "/api/v1/regions/{region}"): _looks(Scope.REGION),
    ("GET", "/api/v1/regions/{region}/networks"): _looks(Scope.REGION, Role.OPERATOR),
    ("PUT", "/api/v1/regions/{region}/networks"): _does(Role.DIRECTOR, Scope.REGION),
    ("POST", "/api/v1/regions/load"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("POST", "/api/v1/regions/import"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("GET", "/api/v1/sites"): _looks(),
    ("POST", "/api/v1/sites"): _does(Role.DIRECTOR, Scope.NONE, region=Scope.REGION),
    ("GET", _SITE): _looks(Scope.SITE),
    ("PATCH", _SITE): _does(Role.OPERATOR, Scope.SITE, region=Scope.REGION),
    ("POST", f"{_SITE}/retire"): _does(Role.DIRECTOR, Scope.SITE),
    ("POST", f"{_SITE}/merge"): _does(Role.DIRECTOR, Scope.SITE, sites=Scope.SITE),
    ("POST", "/api/v1/sites/import"): _does(Role.DIRECTOR, Scope.COUNTRY),
    ("GET", "/api/v1/links"): _looks(),
    ("POST", "/api/v1/links"): _does(Role.DIRECTOR, Scope.NONE, sites=Scope.SITE),
    ("POST", "/api/v1/links/revoke"): _does(Role.DIRECTOR, Scope.NONE, sites=Scope.SITE),
    ("POST", "/api/v1/links/code"): _does(Role.DIRECTOR, Scope.NONE, sites=Scope.SITE),
    ("POST", "/api/v1/links/limit"): _does(Role.DIRECTOR, Scope.NONE, sites=Scope.SITE),
    # Who sits at the desk
    ("GET", "/api/v1/session"): _looks(),
    ("POST", "/api/v1/session"): _looks(Scope.ANYBODY),
    ("DELETE", "/api/v1/session"): _looks(),
    ("POST", "/api/v1/session/password"): _looks(),
    ("GET", "/api/v1/accounts"): _looks(role=Role.ADMINISTRATOR),
    ("POST", "/api/v1/accounts"): _does(Role.ADMINISTRATOR, Scope.NONE, region=Scope.REGION),
    ("GET", _ACCOUNT): _looks(Scope.ACCOUNT, Role.ADMINISTRATOR),
    ("PATCH", _ACCOUNT): _does(Role.ADMINISTRATOR, Scope.ACCOUNT, region=Scope.REGION),
    ("POST", f"{_ACCOUNT}/password"): _does(Role.ADMINISTRATOR, Scope.ACCOUNT),
    ("POST", f"{_ACCOUNT}/unlock"): _does(Role.ADMINISTRATOR, Scope.ACCOUNT),
    ("GET", "/api/v1/confirmations"): _looks(),
    ("POST", "/api/v1/confirmations/{number}"): _does(Role.OPERATOR, Scope.NONE),
    # The machine
    ("GET", "/api/v1/openapi.json"): _looks(),
    ("GET", "/api/v1/machines"): _looks(Scope.COUNTRY, Role.ADMINISTRATOR),
    ("POST", "/api/v1/machines"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("POST", "/api/v1/machines/{machine}/certificate"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("POST", "/api/v1/machines/{machine}/revoke"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("POST", "/api/v1/settings/reload"): _does(Role.ADMINISTRATOR, Scope.COUNTRY),
    ("POST", "/api/v1/rivals"): _does(Role.OPERATOR, Scope.COUNTRY),
    ("POST", "/api/v1/rtmp/unban"): _does(Role.OPERATOR, Scope.COUNTRY),
    ("GET", "/api/v1/audit"): _looks(Scope.COUNTRY, Role.ADMINISTRATOR),
})


def right_of(method: str, path: str) -> Right | None:
    """What a route asks, by its method and path template; None for one that is nobody's."""
    return RIGHTS.get(("GET" if method == "HEAD" else method, path))
