"""A good recording, spoilt: how faults are seeded."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.conformance.answer import Answer
from tests.conformance.recording import Delta, Probe, Recording

Spoil = Callable[[Recording], Recording]
Change = Callable[[Answer], Answer]


@dataclass(frozen=True, slots=True)
class Fault:
    """What breaks `rule`. `also` are rules that cannot be kept when this one is broken so; no other may
    complain."""

    rule: str
    spoil: Spoil
    also: frozenset[str] = frozenset()


def fault(rule: str, spoil: Spoil, *also: str) -> Fault:
    """A fault with the rules that it breaks on its way."""
    return Fault(rule, spoil, frozenset(also))


def playlists(change: Change, of: str = "") -> Spoil:
    """Every playlist whose path matches `of` is another one, wherever it was seen."""
    def spoil(recording: Recording) -> Recording:
        def one(answer: Answer) -> Answer:
            return change(answer) if answer.place.endswith(".m3u8") and re.match(of, answer.path) else answer

        return replace(
            recording,
            multivariants={name: one(answer) for name, answer in recording.multivariants.items()},
            reloads={name: tuple(map(one, answers)) for name, answers in recording.reloads.items()},
            deltas=tuple(
                Delta(held=one(each.held), delta=one(each.delta), full=one(each.full)) for each in recording.deltas
            ),
            moments=tuple({name: one(answer) for name, answer in each.items()} for each in recording.moments),
            probes={
                point: Probe(before=one(probe.before), answer=one(probe.answer))
                for point, probe in recording.probes.items()
            },
        )
    return spoil


def text(pattern: str, to: str, of: str = "v0/", count: int = 1) -> Spoil:
    """In every playlist of the rendition `pattern` is something else."""
    return playlists(lambda answer: written(answer, pattern, to, count), of)


def written(answer: Answer, pattern: str, to: str, count: int = 1) -> Answer:
    """The answer with another text."""
    return replace(answer, body=re.sub(pattern, to, answer.text, count=count, flags=re.DOTALL).encode())


def reload(rendition: str, at: int, change: Change) -> Spoil:
    """One answer of the rendition's reloads is another one."""
    def spoil(recording: Recording) -> Recording:
        answers = list(recording.reloads[rendition])
        answers[at] = change(answers[at])
        return replace(recording, reloads={**recording.reloads, rendition: tuple(answers)})
    return spoil


def deltas(pattern: str, to: str) -> Spoil:
    """All deltas are other ones."""
    return lambda recording: replace(recording, deltas=tuple(
        replace(each, delta=written(each.delta, pattern, to)) for each in recording.deltas
    ))


def moments(change: Change, of: str) -> Spoil:
    """What one rendition showed when all were asked at once is something else."""
    return lambda recording: replace(recording, moments=tuple(
        {name: change(answer) if name == of else answer for name, answer in each.items()}
        for each in recording.moments
    ))


def probe(point: str, change: Change) -> Spoil:
    """One probe was answered otherwise."""
    def spoil(recording: Recording) -> Recording:
        asked = recording.probes[point]
        return replace(recording, probes={**recording.probes, point: replace(asked, answer=change(asked.answer))})
    return spoil


def media(pattern: str, change: Change, count: int = 1, *, newest: bool = False) -> Spoil:
    """The first media whose paths match were other ones, whenever they were asked for."""
    def spoil(recording: Recording) -> Recording:
        paths = [path for path in recording.bodies if re.fullmatch(pattern, path)]
        chosen = set(paths[-count:] if newest else paths[:count])

        def one(path: str, answer: Answer) -> Answer:
            return change(answer) if path in chosen and answer.body else answer

        return replace(
            recording,
            bodies={path: one(path, answer) for path, answer in recording.bodies.items()},
            hinted={path: one(path, answer) for path, answer in recording.hinted.items()},
            again={path: one(path, answer) for path, answer in recording.again.items()},
            late=tuple(replace(each, answer=one(each.answer.path, each.answer)) for each in recording.late),
        )
    return spoil


def both(*spoils: Spoil) -> Spoil:
    """One after the other."""
    def spoil(recording: Recording) -> Recording:
        for one in spoils:
            recording = one(recording)
        return recording
    return spoil


def status(number: int) -> Change:
    """Another status, with headers that suit it."""
    suiting = {"cache-control": "no-store", "retry-after": "1"}
    return lambda answer: replace(answer, status=number, headers={**answer.headers, **suiting})


def header(name: str, value: str | None) -> Change:
    """Another header, or none."""
    def change(answer: Answer) -> Answer:
        headers = {key: said for key, said in answer.headers.items() if key != name}
        return replace(answer, headers=headers if value is None else {**headers, name: value})
    return change


def later(seconds: float) -> Change:
    """The answer came later."""
    return lambda answer: replace(answer, came=answer.came + seconds)


def body(old: bytes, new: bytes, count: int = 1) -> Change:
    """Other bytes, of the same length."""
    return lambda answer: replace(answer, body=answer.body.replace(old, new, count))


def at(place: int, value: bytes) -> Change:
    """Other bytes at a place."""
    return lambda answer: replace(
        answer, body=answer.body[:place] + value + answer.body[place % len(answer.body) + len(value) :],
    )
