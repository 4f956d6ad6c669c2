"""Pictures that stand for their segments, cut out when somebody asks for one: they need no place in any store."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from flow.errors import MediaError
from flow.ids import RenditionId
from flow.names import InitName, SegmentName
from flow.store import MediaKey
from packager.iframes.picture import picture_of
from packager.ts.recipe import Cutting

_log = logging.getLogger(__name__)


async def picture_at(
    key: MediaKey, rendition: RenditionId, cutting: Cutting, read: Callable[[MediaKey], Awaitable[bytes | None]],
) -> bytes | None:
    """What stands at an address of the I-frame playlist of `rendition`, from what `read` has; None for what is
    unknown."""
    if not isinstance(key.name, InitName | SegmentName):
        return None
    body = await read(replace(key, rendition=rendition))
    if body is None or isinstance(key.name, InitName):
        return body
    try:
        if (seal := cutting.seal) is None:
            return picture_of(body)
        start, msn = key.name.msn * cutting.length, key.name.msn
        return seal.close(start, msn, picture_of(seal.open(start, msn, body)))
    except (KeyError, ValueError):
        return None  # the key is gone, and with it all that it closed
    except MediaError as error:
        _log.error("%s/%s/%s cannot be made: %s", key.channel, key.rendition, key.name, error)
        return None
