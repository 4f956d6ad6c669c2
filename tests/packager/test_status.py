import json

from packager.status import PackagerStatus


def test_the_status_is_plain_json() -> None:
    status = PackagerStatus(last_msn=5, gap_segments=1, refused=2, bitrates={"v0": 9}, delay_ms=None)
    assert json.loads(json.dumps(status.to_json())) == {
        "last_msn": 5, "gap_segments": 1, "refused": 2, "bitrates": {"v0": 9}, "delay_ms": None,
    }
