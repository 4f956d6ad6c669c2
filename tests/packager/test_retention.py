from flow.ids import ChannelId, RenditionId
from flow.names import SegmentName
from flow.store import MediaKey
from packager.retention import Retention

KEYS = [MediaKey(ChannelId("demo"), RenditionId("v0"), SegmentName(msn, 1)) for msn in range(3)]


def test_keys_go_when_their_time_has_come_and_once_only() -> None:
    retention = Retention()
    retention.later(KEYS[:2], 20)
    retention.later(KEYS[2:], 10)
    assert retention.expired(9) == []
    assert not retention.empty
    assert retention.expired(10) == [KEYS[2]]
    assert retention.expired(30) == KEYS[:2]
    assert retention.expired(99) == []
    assert retention.empty
