"""How a player says who it is to a server that asks: the scheme `adobe` of Flash Media Server and its likes.

The server refuses a connection with words that hold a salt and a challenge; the next one answers in its
application's query. MD5 is the scheme's; the password itself never crosses the network.
"""

from base64 import b64encode
from hashlib import md5
from urllib.parse import quote

from ingest.rtmp.message import RtmpError

_WRONG = "the RTMP server refuses the user name or the password"


def asks(description: str) -> bool:
    """Whether a refusal asks for user name and password."""
    return "authmod=" in description


def answer(description: str, user: str, password: str, nonce: str) -> str:
    """The query to go behind the application in the next try. `nonce` is a word of our own.

    Raises RtmpError when no answer can be given: no user name, another scheme, or refused for good.
    """
    if not user:
        reason = "the RTMP server asks for a user name and password"
        raise RtmpError(reason)
    if "authmod=adobe" not in description:
        reason = "the RTMP server asks for a password in a way that xacast does not know"
        raise RtmpError(reason)
    asked = dict(pair.partition("=")[::2] for pair in description.partition("?")[2].strip(" ]").split("&"))
    match asked.get("reason", ""):
        case "":
            return f"?authmod=adobe&user={quote(user)}"
        case "needauth":
            return _response(asked, user, password, nonce)
    raise RtmpError(_WRONG)


def _response(asked: dict[str, str], user: str, password: str, nonce: str) -> str:
    opaque = asked.get("opaque", "")
    proof = _hash(_hash(user + asked.get("salt", "") + password) + (opaque or asked.get("challenge", "")) + nonce)
    words = f"?authmod=adobe&user={quote(user)}&challenge={nonce}&response={proof}"
    return words + (f"&opaque={opaque}" if opaque else "")


def _hash(text: str) -> str:
    return b64encode(md5(text.encode("utf-8"), usedforsecurity=False).digest()).decode("ascii")
