"""An operator's order as the control API and the control connection carry it.

    {"do": "take" | "hold" | "release" | "cut", "feed": 0, "who": "lan", "why": "…"}
    {"do": "layout", "layout": "pip"}    {"do": "caption", "text": "…"}
    {"do": "curtain", "curtain": {…}}     from the headend's schedule alone; see `flow/curtain.py`

`feed` counts from 0 and goes with a take alone, `layout` and `text` with the orders of those names; `who` and
`why` may be left out.
"""

from typing import Any

from desk.said import Said, said_in, short_line
from flow.curtain import Curtain
from flow.errors import OperatorError
from flow.layout import Layout
from flow.nearest import remedy_for
from ingest.switching.wish import Do, Wish

LONGEST_TEXT = 120
OPERATORS = tuple(do for do in Do if do is not Do.CURTAIN)
"""What operators may order."""
_KEYS = ("do", "feed", "layout", "text", "curtain", "who", "why")


def order_from(words: Any) -> tuple[Wish, Said]:  # noqa: ANN401 - checked here, word by word
    """The wish, and who wants it why; raises OperatorError for what makes no sense."""
    if not isinstance(words, dict) or not isinstance(words.get("do"), str):
        problem = "the command is not an object with “do”"
        raise OperatorError(problem, f"Send {', '.join(_KEYS)}; do is one of {', '.join(OPERATORS)}")
    for key in words:
        if key not in _KEYS:
            problem = f"the command has an unknown word “{str(key)[:40]}”"
            raise OperatorError(problem, remedy_for(str(key)[:40], _KEYS))
    if words["do"] not in list(Do):
        problem = f"there is no command “{words['do'][:40]}”"
        raise OperatorError(problem, remedy_for(words["do"][:40], OPERATORS))
    do = Do(words["do"])
    wish = Wish(do=do, feed=_feed(words, do), layout=_layout(words, do), text=_text(words, do),
                curtain=_curtain(words, do))
    return wish, said_in(words)


def operators_order(words: Any) -> Said:  # noqa: ANN401 - checked word by word
    """Who orders it and why; raises OperatorError for what makes no sense, or is the schedule's to order."""
    wish, said = order_from(words)
    if wish.do not in OPERATORS:
        problem = "the curtain is the schedule's"
        raise OperatorError(problem, "Use cut, take and release, or change the programme")
    return said


def _layout(words: dict[str, Any], do: Do) -> Layout:
    named = words.get("layout")
    if (do is Do.LAYOUT) != (named is not None):
        problem = "“layout” goes with the command of that name"
        raise OperatorError(problem, f"Send one of {', '.join(Layout)} with a layout alone")
    if named is not None and named not in list(Layout):
        problem = f"there is no layout “{str(named)[:40]}”"
        raise OperatorError(problem, remedy_for(str(named)[:40], Layout))
    return Layout.AUTO if named is None else Layout(named)


def _text(words: dict[str, Any], do: Do) -> str:
    if (do is Do.CAPTION) != ("text" in words):
        problem = "“text” goes with a caption"
        raise OperatorError(problem, "Send the line with a caption alone; an empty one takes it away")
    return short_line(words, "text", LONGEST_TEXT)


def _curtain(words: dict[str, Any], do: Do) -> Curtain:
    if (do is Do.CURTAIN) != ("curtain" in words):
        problem = "“curtain” goes with the schedule's command"
        raise OperatorError(problem, "Use `xacast cut`")
    try:
        return Curtain.from_json(words["curtain"]) if do is Do.CURTAIN else Curtain()
    except ValueError as error:
        raise OperatorError(str(error), "Run one version everywhere") from error


def _feed(words: dict[str, Any], do: Do) -> int:
    feed = words.get("feed")
    if (do is Do.TAKE) != (feed is not None):
        problem = "a take needs a feed" if do is Do.TAKE else f"a {do} has no feed"
        raise OperatorError(problem, "Send the feed's number, counted from 0, with a take alone")
    if feed is None:
        return 0
    if type(feed) is not int or feed < 0:
        problem = "the feed is not a number"
        raise OperatorError(problem, "Send the feed's number, counted from 0")
    return feed
