"""The process that reads a list of places into the register: `python -m desk.register.import_main`.

What to do comes on standard input, since the database's address may hold a password; how far it is, and what came
of it, goes to standard error as lines of JSON: {"step", "done", "of"}, …, and last {"result": …} or
{"problem", "remedy"}. Its memory and processor time are its own, so that no file can hurt the headend (T-34).
"""

import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from desk.database.database import Database
from desk.register.region_finder import RegionFinder
from desk.register.region_store import RegionStore
from desk.register.region_tree import RegionTree
from desk.register.sheet import rows_of
from desk.register.site import Site
from desk.register.site_import import ImportPlan, SiteImport
from desk.register.site_query import SiteQuery
from desk.register.site_store import SiteStore
from desk.register.site_words import shown
from flow.errors import OperatorError, XacastError

_NICE = 10
_MEMORY = 256 << 20
_SECONDS = 60
READING_S = 4
"""Of processor time for the file itself, before the register is looked at (T-34)."""
_OFTEN = 250
"""Rows between two words of how far it is."""
_SHOWN = 1_000
"""Rows of each sort in the result."""

Tell = Callable[[dict[str, Any]], None]


def main() -> int:
    """Read the order, do it, say what came of it; exit status 2 for what the operator can mend."""
    os.nice(_NICE)  # what is on air goes first
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (READING_S, _SECONDS))
    signal.signal(signal.SIGXCPU, _too_long)
    warnings.simplefilter("ignore")  # of what a spreadsheet has that nobody reads
    order = json.load(sys.stdin)
    try:
        _say({"result": work(order["address"], Path(order["path"]), dry=order["dry"], tell=_heard)})
    except XacastError as error:
        problem, remedy = getattr(error, "problem", str(error)), getattr(error, "remedy", "See the headend's log")
        _say({"problem": problem, "remedy": remedy})
        return 2
    except MemoryError:
        _say({"problem": "the file needs too much memory", "remedy": "Send it in parts"})
        return 2
    return 0


def work(address: str, path: Path, *, dry: bool, tell: Tell) -> dict[str, Any]:
    """Read the file into the register, whole or not at all; `dry` changes nothing. Raises OperatorError."""
    rows = list(rows_of(path))
    tell({"step": "read", "done": len(rows), "of": len(rows)})
    if len(rows) < 2:
        problem = "the file has no sites"
        raise OperatorError(problem, "Its first row names the columns; docs/register.md shows one")
    database = Database.open(address)
    try:
        with database.reading() if dry else database.writing() as connection:
            tree = RegionStore(connection).tree()
            store = SiteStore(connection, tree)
            taking = SiteImport(RegionFinder(tree), store.find(SiteQuery(retired=True)), rows[0][1])
            for count, row in enumerate(rows[1:], 1):
                taking.take(row)
                if count % _OFTEN == 0 or count == len(rows) - 1:
                    tell({"step": "check", "done": count, "of": len(rows) - 1})
            plan = taking.plan
            written = not dry and not plan.bad
            if written:
                now_s = int(time.time())
                store.add(plan.new, now_s)
                store.change([after for _, after in plan.changed], now_s)
                tell({"step": "write", "done": len(plan.new), "of": len(plan.new)})
        return _result(plan, tree, written=written)
    finally:
        database.close()


def _heard(words: dict[str, Any]) -> None:
    if words["step"] == "read":
        _more_time()
    _say(words)


def _more_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _too_long(_signal: int, _frame: object) -> NoReturn:
    _more_time()  # to say so
    problem = f"the file takes more than {READING_S} s to be read"
    raise OperatorError(problem, "Send it in parts, or as CSV")


def _result(plan: ImportPlan, tree: RegionTree, *, written: bool) -> dict[str, Any]:
    return {
        "written": written, "new": len(plan.new), "changed": len(plan.changed), "same": plan.same,
        "bad": len(plan.bad), "sites": [shown(one, tree) for one in plan.new[:_SHOWN]],
        "changes": [
            {"id": after.id, "name": after.name, **_differences(before, after)}
            for before, after in plan.changed[:_SHOWN]
        ],
        "rows": [{"line": one.line, "reason": one.reason} for one in plan.bad[:_SHOWN]],
    }


def _differences(before: Site, after: Site) -> dict[str, Any]:
    was, now = {}, {}
    for key in ("name", "region", "kind", "contact", "phone", "note", "labels", "line_kbps"):
        one, other = getattr(before, key), getattr(after, key)
        if one != other:
            was[key], now[key] = _plain(one), _plain(other)
    return {"was": was, "now": now}


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _say(words: dict[str, Any]) -> None:
    with suppress(BrokenPipeError):
        sys.stderr.write(json.dumps(words, ensure_ascii=False) + "\n")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
