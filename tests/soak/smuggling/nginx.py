"""A real nginx before the viewers' listener, which keeps its connections to it."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

_WORDS = """daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{ worker_connections 512; }}
http {{
  log_format passed "$upstream_addr"; access_log {folder}/{log} passed;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream xacast {{ server 127.0.0.1:{before}; keepalive 4; }}
  server {{
    listen 127.0.0.1:{port};
    client_header_timeout 2s; client_body_timeout 2s; send_timeout 5s;
    location / {{
      proxy_next_upstream off;
      proxy_pass http://xacast; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host; proxy_request_buffering {buffering};
    }}
  }}
}}
"""


LOG = "passed.log"
"""A line for each request that it saw, with `-` where it answered by itself."""


def installed() -> str | None:
    """Where it is, if anywhere."""
    return shutil.which("nginx")


def passed_on(folder: Path) -> int:
    """How many requests it has passed on; each is written down after its answer."""
    return sum(line != "-" for line in (folder / LOG).read_text("ascii").split())


@asynccontextmanager
async def nginx(program: str, folder: Path, before: int, *, buffering: bool) -> AsyncIterator[int]:
    """The port of one that passes all on to the port `before`, with `buffering` once it has a whole body."""
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    words = _WORDS.format(folder=folder, before=before, port=port, log=LOG, buffering="on" if buffering else "off")
    (folder / "nginx.conf").write_text(words)
    process = await asyncio.create_subprocess_exec(
        program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"),
    )
    try:
        for _ in range(100):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            break
        yield port
    finally:
        process.terminate()
        await process.wait()
