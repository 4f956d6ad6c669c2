"""What is played, and what a second start plays."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import cast

from tests.soak.hostile.__main__ import of_seed, of_shelves, play
from tests.soak.hostile.pieces import Piece
from tests.soak.hostile.trial import Outcome, Trial
from tests.soak.hostile.ways import Way

MADE = {"ts": bytes(1_000), "flv": bytes(1_000)}


def way(name: str, *takes: str, copies: str = "") -> Way:
    one = Way(name, f"{name}:")
    one.takes, one.copies = takes, copies
    return one


class Played:
    """A trial that notes what it is asked to play, and finds fault with the second turn."""

    def __init__(self) -> None:
        self.turns: list[dict[str, str]] = []
        self._number = count(1)

    def proven(self, pieces: Mapping[str, Piece], *, anew: bool = True) -> Outcome:
        self.turns.append({name: piece.name for name, piece in pieces.items()})
        faults = ("worse",) if next(self._number) == 2 else ()
        return Outcome(faults=faults, seen=frozenset({"udp"} if anew else ()))


def test_as_many_mutations_as_were_asked_for_are_shared_among_the_ways() -> None:
    ways = [way("udp", "ts"), way("rtmp", "flv")]
    turns = list(of_seed(3, 5, ways, MADE))
    assert [list(turn) for turn in turns] == [["udp", "rtmp"], ["udp", "rtmp"], ["udp"]]
    assert len({piece.name for turn in turns for piece in turn.values()}) == 5
    assert turns == list(of_seed(3, 5, ways, MADE))


def test_each_file_goes_by_each_way_and_copied_where_there_is_a_sender() -> None:
    raw, copy = (Piece(name=name, ending="ts", body=b"") for name in ("a.ts", "a.ts as mpegts"))
    turns = list(of_shelves({"": [raw], "mpegts": [copy]}, [way("still"), way("udp", copies="mpegts")]))
    assert turns == [{"still": raw, "udp": raw}, {"udp": copy}]


def test_a_second_start_goes_on_where_the_first_was_broken_off(tmp_path: Path) -> None:
    turns = list(of_seed(1, 8, [way("udp", "ts"), way("rtmp", "flv")], MADE))
    ledger = tmp_path / "hostile-1.jsonl"
    played = Played()
    counted, failed = play(cast("Trial", played), iter(turns[:2]), 0, ledger)
    assert (counted.total(), failed) == (4, 1)
    done = len(ledger.read_text("utf-8").splitlines())
    play(cast("Trial", played), iter(turns), done, ledger)
    assert [turn["udp"] for turn in played.turns] == [f"1/{at}/udp.ts" for at in range(4)]
    assert len(ledger.read_text("utf-8").splitlines()) == 4
