"""A site's set-up card: one printed page with its address, a QR code, three steps, and whom to call. Pure.

Every text that somebody wrote is escaped (T-31), and the page may load and run nothing.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import segno

_STEPS = ("first", "second", "third")
_STYLE = """
@page { size: A4; margin: 18mm }
body { font: 12pt/1.45 system-ui, "Noto Sans", Roboto, Arial, sans-serif; color: #000; margin: 0 }
section { max-width: 174mm; margin: 0 auto; break-after: page; padding: 6mm 0 }
h1 { font-size: 22pt; margin: 0 } h2 { font-size: 17pt; margin: 2mm 0 0 }
small { color: #444; font-size: 9.5pt; display: block; font-weight: normal }
ol { padding-left: 7mm } li { margin: 3mm 0 }
.link { border: 1pt solid #000; padding: 3mm; margin: 3mm 0; break-inside: avoid }
code { font: 9.5pt ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.qr { float: right; margin: 0 0 4mm 6mm } .qr svg { width: 46mm; height: 46mm }
table { border-collapse: collapse; margin-top: 5mm } td { padding: 1mm 6mm 1mm 0; vertical-align: top }
"""
_HEAD = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What one card says.

    `link` is the site's own and secret; `channels` are those whose address for a set-top box is printed; `call` is
    whom to call, a line to write on when it is empty.
    """

    site: str
    name: str
    address: str
    contact: str
    link: str
    channels: tuple[str, ...] = ()
    call: str = ""


Words = Mapping[str, Mapping[str, str]]


def card_words() -> Words:
    """The catalogue of what cards say."""
    words: Words = tomllib.loads((files("desk.register") / "card_words.toml").read_text("utf-8"))
    return words


def page_of(cards: Iterable[Card], words: Words) -> str:
    """A whole document, one printed page for each card."""
    head = _HEAD.format(title=escape(words["title"]["vi"]), style=_STYLE)
    return head + "".join(_section(card, words) for card in cards) + "</body>\n</html>\n"


def _section(card: Card, words: Words) -> str:
    home = card.link.partition("/t/")[0] + "/"
    steps = "".join(f"<li>{_said(words[key], home=home)}</li>\n" for key in _STEPS)
    boxes = "".join(
        f"<div class=link>{_said(words['box'], channel=name)}\n"
        f"<code>{escape(card.link)}<wbr>live/{escape(name)}/ts.m3u8</code></div>\n"
        for name in card.channels
    )
    rows = [("call", card.call or "…" * 20), ("contact", card.contact or "…" * 20), ("code", card.site)]
    table = "".join(f"<tr><td>{_said(words[key])}</td><td>{escape(text)}</td></tr>\n" for key, text in rows)
    # Read from a screen or from paper that was folded: a quarter of the code may be missing.
    code = segno.make(card.link, error="q", micro=False).svg_inline(scale=4, border=2)
    return (
        f"<section>\n<div class=qr>{code}</div>\n<h1>{_said(words['title'])}</h1>\n"
        f"<h2>{escape(card.name)}<small>{escape(card.address)}</small></h2>\n<ol>\n{steps}</ol>\n"
        f"<div class=link>{_said(words['link'])}\n<code>{escape(card.link)}</code></div>\n{boxes}"
        f"<p>{_said(words['secret'])}</p>\n<table>\n{table}</table>\n</section>\n"
    )


def _said(words: Mapping[str, str], **values: str) -> str:
    vi, en = (words[key].format(**values) for key in ("vi", "en"))
    return f"{escape(vi)}<small lang=en>{escape(en)}</small>"
