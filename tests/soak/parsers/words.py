"""Readers of words: captions of films, and the JSON of workers, headends and operators."""

import asyncio
import json
from typing import Any, cast

import desk.change_words
import desk.definition
import desk.order_words
import desk.worker_link
import flow.event
import flow.status
import ingest.captions.bytes
import ingest.captions.cea608
import ingest.captions.cea708
import ingest.captions.codes
import ingest.captions.grid
import ingest.captions.lines
import ingest.captions.sidecar
import ingest.captions.text
from desk.change_words import changed
from desk.control_link import ControlLink
from desk.definition import UNREADABLE, channel_from, definition_of
from desk.event_log import EventLog
from desk.event_ring import EventRing
from desk.lineup import Entry, Lineup
from desk.order_words import order_from
from desk.pending import Pending
from flow.errors import OperatorError
from flow.json_words import read_json
from flow.tick import CAPTION_LETTERS, CAPTION_LINES
from ingest.captions.bytes import triples_of
from ingest.captions.codes import CaptionCodes
from ingest.captions.lines import CaptionLines
from ingest.captions.sidecar import _decoded
from tests.desk.samples import channel, event, worker_status
from tests.ingest.caption_making import line21, packet708, pop_on, user_data
from tests.soak.parsers.target import Target, answer_of, pieces

_JSON = (b"null", b"-1", b"[]", b"{}", b"1e999", b"[" * 3_000, b'{"a":' * 2_000, b"true", b'"', b"NaN", b"0.5")
_SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nXin <i>chào</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n- Vâng\n{\\an8}- Ạ\n\n"
)
_VTT = "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000 line:0\n<v An>A &amp; B</v>\n\n1:00:00.000 --> 1:00:01.0\nC\n"


def word_targets() -> tuple[Target, ...]:
    """All of them."""
    return (*_caption_targets(), *_control_targets())


def _caption_targets() -> tuple[Target, ...]:
    said = b"".join(map(line21, pop_on("Kinh chao")))
    windows = packet708((1, b"\x98\x20\x00\x00\x0e\x1f\x00Chao\x0dban\x10\x2d\x18\x1e\xa1"))
    return (
        Target(
            name="caption-codes", run=_codes, declared=(), modules=(
                ingest.captions.codes, ingest.captions.cea608, ingest.captions.cea708, ingest.captions.grid,
                ingest.captions.text,
            ),
            seeds=lambda: [said, windows, said + windows],
            words=(*(line21(pair) for pair in pop_on("ab")), windows, b"\xff\x02\x21\xfe\x8f\x00"),
        ),
        Target(
            name="caption-bytes", run=triples_of, declared=(), modules=(ingest.captions.bytes,),
            seeds=lambda: [b"\xb5\x00\x31" + user_data(said)],
            words=(b"\xb5\x00\x31GA94\x03", b"GA94\x03\x5f\xff"),
        ),
        Target(
            name="sidecar", run=_lines, declared=(), modules=(
                ingest.captions.lines, ingest.captions.text, ingest.captions.sidecar,
            ),
            seeds=lambda: [b"\0" + _SRT.encode(), b"\1" + _VTT.encode(), b"\0" + _SRT.encode("utf-16")],
            words=(b"00:00:01,000 --> 00:00:02,000", b"\n\n", b"\r\n", b" --> ", b"<" * 300, b"{\\", b"&#1114112;",
                   b"&" * 100, b"\xff\xfe", b"999999:99:99.999"),
        ),
    )


def _control_targets() -> tuple[Target, ...]:
    told = {"tell": "events", "life": 3, "events": [{"number": 1, **event(1).to_json()}]}
    return (
        Target(
            name="worker-words", json=True, run=_heard_by_headend, declared=(),
            modules=(desk.worker_link, flow.status, flow.event),
            seeds=lambda: [
                json.dumps(words).encode()
                for words in (worker_status().to_json(), told, {"tell": "answer", "id": 1, "tick": 5})
            ],
            words=_JSON,
        ),
        Target(
            name="headend-words", json=True, run=_heard_by_worker, declared=(), modules=(desk.control_link,),
            seeds=lambda: [
                json.dumps(words).encode()
                for words in ({"do": "run", "heard": {"5": 1}}, {"do": "order", "id": 1, "order": {}}, {"do": 1})
            ],
            words=_JSON,
        ),
        Target(
            name="definition", json=True, run=lambda data: channel_from(read_json(data)), declared=UNREADABLE,
            modules=(desk.definition,), seeds=lambda: [json.dumps(definition_of(channel())).encode()], words=_JSON,
        ),
        Target(
            name="operator-words", json=True, run=_operator, declared=(OperatorError, ValueError),
            modules=(desk.order_words, desk.change_words),
            words=(*_JSON, b'"do":"take"', b'"each":{"trim":["1=0"]}'),
            seeds=lambda: [
                json.dumps(words).encode() for words in (
                    {"do": "take", "feed": 0, "who": "lan"}, {"do": "layout", "layout": "pip"},
                    {"do": "caption", "text": "a"}, {"loudness": "-16", "delay": 400, "window": "4h"},
                    {"each": {"trim": ["1=-80"]}},
                )
            ],
        ),
    )


def _codes(data: bytes) -> None:
    """Whatever the bytes are, the text is one that a tick can carry."""
    codes = CaptionCodes()
    for piece in pieces(data[:600], 90):
        codes.feed(piece)
        text = codes.text
        assert len(text) <= CAPTION_LETTERS
        assert len(text.split("\n")) <= CAPTION_LINES
        assert text.replace("\n", " ").isprintable()


def _lines(data: bytes) -> None:
    text, entities = _decoded(data[1:]), bool(sum(data[:1]) & 1)
    whole, apart = CaptionLines(entities=entities), CaptionLines(entities=entities)
    cues = [*whole.feed(text), *whole.close()]
    for cue in cues:
        assert cue.start < cue.end
        assert cue.text.replace("\n", " ").isprintable()
    if max(map(len, text.split("\n"))) < 4_096:
        step = max(1 + sum(data[:1]), len(text) // 48)
        found = [cue for at in range(0, len(text), step) for cue in apart.feed(text[at : at + step])]
        assert [*found, *apart.close()] == cues


class _Lineup:
    """Takes what a worker says."""

    def __init__(self) -> None:
        self.events = EventLog()
        self.pending = Pending()

    def hear(self, _entry: Entry, status: Any) -> None:
        json.dumps(status.to_json())


class _Entry:
    name = "hop"


def _heard_by_headend(data: bytes) -> None:
    links = desk.worker_link._Links(cast("Lineup", _Lineup()))
    links._hear(cast("Entry", _Entry()), 0, data.decode("utf-8", "replace"))


class _Link:
    async def send_json(self, words: object) -> None:
        json.dumps(words)


def _heard_by_worker(data: bytes) -> None:
    async def obey(order: dict[str, Any]) -> dict[str, Any]:
        order_from(order)
        return {}

    async def hear() -> None:
        link = ControlLink(
            headend="http://127.0.0.1", channel="hop", status=worker_status, command=lambda _words: None,
            events=EventRing(life=5), obey=obey,
        )
        link._hear(cast("Any", _Link()), data.decode("utf-8", "replace"))
        await asyncio.gather(*link._obeying)

    asyncio.run(hear())


def _operator(data: bytes) -> None:
    words = read_json(data)
    answer_of((OperatorError,), lambda: order_from(words))
    changed(channel(), words)
