"""What each changing route of the operators' listener does, in words for who reads the audit. No I/O."""

from collections.abc import Mapping
from types import MappingProxyType

DEEDS: Mapping[str, str] = MappingProxyType({
    "POST /api/v1/channels": "start a channel",
    "PATCH /api/v1/channels/{name}": "change a channel",
    "DELETE /api/v1/channels/{name}": "stop a channel",
    "POST /api/v1/channels/{name}/commands": "order a channel",
    "POST /api/v1/channels/{name}/marks": "mark a channel",
    "POST /api/v1/channels/{name}/programme/start": "begin a programme",
    "POST /api/v1/channels/{name}/programme/stop": "end a programme",
    "POST /api/v1/channels/{name}/programme/extend": "extend a programme",
    "POST /api/v1/programmes": "add a programme",
    "PATCH /api/v1/programmes/{programme}": "change a programme",
    "POST /api/v1/programmes/{programme}/cancel": "cancel a programme",
    "POST /api/v1/programmes/{programme}/documents": "add a document",
    "DELETE /api/v1/programmes/{programme}/documents/{document}": "remove a document",
    "PUT /api/v1/regions/{region}/networks": "say from which networks a region watches",
    "POST /api/v1/regions/load": "load the official regions",
    "POST /api/v1/regions/import": "import regions",
    "POST /api/v1/sites": "add a site",
    "PATCH /api/v1/sites/{site}": "change a site",
    "POST /api/v1/sites/{site}/retire": "retire a site",
    "POST /api/v1/sites/{site}/merge": "merge sites",
    "POST /api/v1/sites/import": "import sites",
    "POST /api/v1/links": "make links of sites",
    "POST /api/v1/links/revoke": "revoke links of sites",
    "POST /api/v1/links/code": "make codes for browsers",
    "POST /api/v1/links/limit": "limit devices of sites",
    "POST /api/v1/session": "sign in",
    "DELETE /api/v1/session": "sign out",
    "POST /api/v1/session/password": "choose a password",
    "POST /api/v1/accounts": "add an account",
    "PATCH /api/v1/accounts/{account}": "change an account",
    "POST /api/v1/accounts/{account}/password": "give an account a new password",
    "POST /api/v1/accounts/{account}/unlock": "unlock an account",
    "POST /api/v1/confirmations/{number}": "confirm what another asked",
    "POST /api/v1/machines": "add a machine",
    "POST /api/v1/machines/{machine}/certificate": "renew a machine's certificate",
    "POST /api/v1/machines/{machine}/revoke": "revoke a machine",
    "POST /api/v1/settings/reload": "read the settings again",
    "POST /api/v1/rtmp/unban": "let an address publish again",
})


def deed_of(what: str) -> str:
    """A route as `METHOD path` in words; one that is not known, as of a later version, stays as it is."""
    return DEEDS.get(what, what)


def outcome_of(status: object) -> str:
    """How it ended, by its HTTP status."""
    match status:
        case int() if 200 <= status < 300:
            return "done"
        case 428:
            return "waits for a second operator (428)"
        case 499:
            return "broken off (499)"
        case int() if 400 <= status < 500:
            return f"refused ({status})"
        case _:
            return f"failed ({status})"
