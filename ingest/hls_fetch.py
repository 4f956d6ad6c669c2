"""Fetches for an HLS feed, with limits: only http and https, three redirects, bounded sizes and times."""

import aiohttp

from flow.errors import FeedError

PLAYLIST_LIMIT = 1 << 20
MEDIA_LIMIT = 64 << 20
_REDIRECTS = 3
_TIMES = aiohttp.ClientTimeout(total=20, sock_connect=5, sock_read=8)


def new_session() -> aiohttp.ClientSession:
    """A session without cookies or proxies from the environment."""
    return aiohttp.ClientSession(timeout=_TIMES, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)


async def fetch(session: aiohttp.ClientSession, url: str, limit: int) -> tuple[bytes, str]:
    """The body at `url`, and the address that it came from in the end.

    Raises FeedError with a sentence for status: an error answer, too many bytes, no answer in time.
    """
    try:
        async with session.get(url, max_redirects=_REDIRECTS) as answer:
            if answer.status != 200:
                message = f"the HLS server answers {answer.status}"
                raise FeedError(message)
            body = bytearray()
            async for part in answer.content.iter_chunked(1 << 16):
                body += part
                if len(body) > limit:
                    message = "the HLS server sends more than the limit"
                    raise FeedError(message)
            return bytes(body), str(answer.url)
    except TimeoutError as error:
        message = "the HLS server does not answer in time"
        raise FeedError(message) from error
    except aiohttp.TooManyRedirects as error:
        message = "the HLS server redirects too often"
        raise FeedError(message) from error
    except (aiohttp.ClientError, OSError) as error:
        message = "the HLS server cannot be reached"
        raise FeedError(message) from error
