"""Addresses that a hostile playlist or redirect may name to reach 127.0.0.1 or ::1: spellings of the host in every
form of address that some parser has fallen for."""

from collections.abc import Iterator

HOSTS = (
    "127.0.0.1", "127.0.0.1.", "127.0.0.1..", "127.1", "127.0.1", "127.000.000.001", "2130706433", "017700000001",
    "0x7f000001", "0x7f.0.0.1", "0x7F.0x0.0x0.0x1", "0177.0.0.1", "0177.0.0.0x1", "127.0.0.0x1", "0", "0.0.0.0",
    "0x0", "127.127.127.127", "localhost", "LOCALHOST", "localhost.", "localhost.localdomain", "ip6-localhost",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[::7f00:1]", "[2002:7f00:1::]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2001:0:7f00:1::]", "[::1%25lo]", "[::1%lo]", "[fe80::1%25lo]",
    "%31%32%37%2e%30%2e%30%2e%31", "127%2e0%2e0%2e1", "%6c%6f%63alhost", "127.0.0.1%00.evil.org", "127.0.0.1%20",
    "\uff11\uff12\uff17.\uff10.\uff10.\uff11", "127\u30020\u30020\u30021", "\u2460\u2461\u2466.0.0.1",
    "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3", "loc\u00adalhost", "\uff4c\uff4f\uff43alhost",
    "xn--localhost-.", "rebound.test", "127.0.0.1.nip.test", "2130706433.", "1.0.0.127.in-addr.arpa",
    "169.254.169.254",
    "metadata.google.internal", "instance-data", "4294967297", "127.0.0.1:",
)
"""A name that is none of these is answered with 127.0.0.1 by the tests' resolver."""

FORMS = (
    "http://{h}:{p}/x", "HTTP://{h}:{p}/x", "https://{h}:{p}/x", "//{h}:{p}/x", "///{h}:{p}/x", "////{h}:{p}/x",
    "http:/{h}:{p}/x", "http:{h}:{p}/x", "http:///{h}:{p}/x", "\\\\{h}:{p}\\x", "/\\{h}:{p}/x",
    "http:\\\\{h}:{p}\\x",
    "http://me@{h}:{p}/x", "http://me:pw@{h}:{p}/x", "http://{n}@{h}:{p}/x", "http://{n}%40{h}:{p}/x",
    "http://{n}#@{h}:{p}/x", "http://{n}?@{h}:{p}/x", "http://{n}/@{h}:{p}/x", "http://{n}\\@{h}:{p}/x",
    "http://{h}:{p}#@{n}/x", "http://{h}:{p}\\@{n}/x", "http://{h}:{p}?@{n}/x", "http://{n}%2f@{h}:{p}/x",
    "http://{h}:{p}\t/x", "ht\ttp://{h}:{p}/x", " http://{h}:{p}/x ", "http://{h} :{p}/x", "http://{h}:0{p}/x",
    "http://{h}:+{p}/x", "http://{n}:{p}@{h}:{p}/x", "http://{n},{h}:{p}/x", "http://{n}\x00@{h}:{p}/x",
    "ftp://{h}:{p}/x", "gopher://{h}:{p}/_x", "file://{h}:{p}/x", "concat:http://{h}:{p}/x", "dict://{h}:{p}/x",
    "tcp://{h}:{p}", "tls://{h}:{p}", "http+unix://{h}:{p}/x", "hls+http://{h}:{p}/x", "crypto+http://{h}:{p}/x",
    "httpproxy://{h}:{p}/x", "rtmp://{h}:{p}/x", "srt://{h}:{p}", "wss://{h}:{p}/x", "view-source:http://{h}:{p}/x",
)

TESTED = ("http://{h}:{p}/x", "http://me@{h}:{p}/x", "http://{n}@{h}:{p}/x", "//{h}:{p}/x", "http://{h}:{p}#@{n}/x")
"""Forms that every spelling is tried in; every form is tried with a few spellings."""

_PLAIN = ("127.0.0.1", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]", "rebound.test")


def hostile_urls(named: str, port: int) -> Iterator[str]:
    """Addresses that lead, if anywhere, to `port` of this machine; `named` is the feed's own host and port."""
    for host in HOSTS:
        for form in TESTED:
            yield form.format(h=host, p=port, n=named)
    for form in FORMS:
        for host in _PLAIN:
            if form not in TESTED:
                yield form.format(h=host, p=port, n=named)
