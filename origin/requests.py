"""What a request's path and headers say, checked."""

from aiohttp import web

from flow.errors import ViewerError
from flow.ids import ChannelId, RenditionId, is_id
from flow.ladder import is_captions
from flow.names import MediaName, parse_name, parse_picture_name, parse_text_name
from flow.thumbnail import is_thumbnails


def unknown() -> ViewerError:
    """The one answer to everything that is not there, or not for this viewer to know of."""
    return ViewerError(404, "unknown")


def channel_of(request: web.Request) -> ChannelId:
    """The channel in the path; raises ViewerError (404) when it cannot be one."""
    text = request.match_info["channel"]
    if not is_id(text):
        raise unknown()
    return ChannelId(text)


def rendition_of(request: web.Request) -> RenditionId:
    """The rendition in the path; raises ViewerError (404) when it cannot be one."""
    text = request.match_info["rendition"]
    if not is_id(text):
        raise unknown()
    return RenditionId(text)


def name_of(request: web.Request) -> MediaName:
    """The name in the path, parsed to integers; raises ViewerError (404) when it spells none."""
    name = _spelled(request.match_info["name"], rendition_of(request))
    if name is None:
        raise unknown()
    return name


def _spelled(text: str, rendition: RenditionId) -> MediaName | None:
    if is_captions(rendition):
        return parse_text_name(text)
    return parse_picture_name(text) if is_thumbnails(rendition) else parse_name(text)
