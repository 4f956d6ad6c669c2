"""Senders of every kind of feed that has a secret: all of them alive, or each of them saying no."""

import secrets
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from aiohttp import web

from ingest.rtmp.command import Command
from ingest.rtmp.message import Message
from tests.faults.senders import Sender
from tests.ingest import rtmp_server, rtsp_server
from tests.ingest.media import FFMPEG, SENT, make, picture, sending, sound
from tests.ingest.rtmp_server import plays, status
from tests.ingest.rtsp_server import Server
from tests.ingest.serving import serving

SECONDS = 2
FLV = ("-f", "flv")
LIVE = ("-f", "hls", "-hls_time", "1", "-hls_list_size", "4", "-hls_flags", "temp_file+delete_segments")
CHALLENGE = 'Digest realm="r", nonce="n", qop="auth"'


class SecretSenders:
    """`secret` is the right one, and `wrong` what somebody else believes it is.

    The servers of RTSP and HLS stand from the beginning; what they and the others do is `saying_no` or `alive`.
    They are unkind: where a refusal has room for words, it says the secret.
    """

    def __init__(self, folder: Path, secret: str, ports: Sequence[int]) -> None:
        self.secret, self.wrong = secret, f"{secret}-wrong"
        self.called, self.calling, self.door, self.pulled = ports
        self._folder = folder
        self._film = make(folder / "film.mp4", *picture(seconds=SECONDS), *sound(SECONDS), *SENT)
        shot = rtsp_server.film(folder, seconds=SECONDS)
        self._rtsp = Server(shot, asks=CHALLENGE, lasts=SECONDS)
        self._open = False
        self._servers = ExitStack()
        self._rtsp_port = self._servers.enter_context(rtsp_server.serving(self._rtsp))
        self._http = self._servers.enter_context(serving(self._answer))
        self._refuse(refuses=True)

    def close(self) -> None:
        """Nobody serves any more."""
        self._servers.close()

    def feeds(self, secret: str, other: str) -> tuple[str, ...]:
        """Their addresses, with the secret as a command line names it, in two ways."""
        return (
            f"srt://127.0.0.1:{self.called}?mode=listener&passphrase={secret}",
            f"srt://127.0.0.1:{self.calling}?passphrase={secret}&streamid={other}",
            f"rtmp://:1935/live/{secret}",
            f"rtmp://127.0.0.1:{self.pulled}/live/{other}",
            f"rtsp://studio:{secret}@127.0.0.1:{self._rtsp_port}/x",
            f"{self._http}/x.m3u8?token={other}",
        )

    @contextmanager
    def saying_no(self) -> Iterator[None]:
        """Who calls us has a wrong secret, and whom we call takes ours for wrong."""
        self._refuse(refuses=True)
        copy = (FFMPEG, "-nostdin", "-v", "quiet", "-i", str(self._film), "-c", "copy")
        with (
            self._srt(f"{self.called}?", self.wrong), self._srt(f"{self.calling}?mode=listener&", self.wrong),
            rtmp_server.serving(_echo(self.secret), port=self.pulled),
        ):
            # Once: after five wrong keys the door would not listen to the right one either.
            done = subprocess.run((*copy, *FLV, self._publish(self.wrong)), timeout=20, check=False)
            assert done.returncode != 0
            yield

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Pictures and sound come in at all of them."""
        self._refuse(refuses=False)
        pull = f"rtmp://127.0.0.1:{self.pulled}/live/{self.secret}"
        hls = ("-stream_loop", "-1", "-i", str(self._film), "-c", "copy", *LIVE, str(self._folder / "x.m3u8"))
        with (
            self._srt(f"{self.called}?", self.secret), self._srt(f"{self.calling}?mode=listener&", self.secret),
            Sender(FFMPEG, self._publish(self.secret), [self._film], form=FLV),
            Sender(FFMPEG, pull, [self._film], form=("-listen", "1", *FLV)), sending(*hls),
        ):
            yield
        self._refuse(refuses=True)

    def _srt(self, place: str, secret: str) -> Sender:
        to = f"srt://127.0.0.1:{place}passphrase={secret}&pbkeylen=32&streamid={secret}"
        return Sender(FFMPEG, to, [self._film])

    def _publish(self, key: str) -> str:
        return f"rtmp://127.0.0.1:{self.door}/live/{key}"

    def _refuse(self, *, refuses: bool) -> None:
        self._open = not refuses
        self._rtsp.status = f"401 no {self.secret}" if refuses else ""

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        """HLS with a token that its segments need too."""
        path = self._folder / request.path.lstrip("/")
        right = secrets.compare_digest(request.query.get("token", ""), self.secret)
        if not self._open or not right:
            raise web.HTTPForbidden(text=self.secret, reason=f"no {self.secret}")
        if not path.is_file():
            raise web.HTTPNotFound
        if path.suffix != ".m3u8":
            return web.FileResponse(path)
        return web.Response(text=path.read_text("utf-8").replace(".ts", f".ts?token={self.secret}"))


def _echo(secret: str) -> rtmp_server.Script:
    """A server that knows no such stream, and says its name."""
    kind = plays()

    def script(command: Command) -> Sequence[Message] | None:
        if command.name == "play":
            return [status("NetStream.Play.StreamNotFound", "error", description=secret)]
        return kind(command)

    return script
