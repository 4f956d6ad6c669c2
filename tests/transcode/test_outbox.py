from flow.chunk import Chunk, Init, Packet
from flow.ids import RenditionId
from flow.timebase import SCALE
from flow.wire import Position
from transcode.outbox import KEPT, Outbox

V = RenditionId("v720")
PART = 30_720
FITTING = KEPT // PART


def init(run: int) -> Init:
    return Init(rendition=V, run=run, codecs="avc1.64001f", body=b"init")


def chunk(number: int, run: int = 1) -> Chunk:
    return Chunk(rendition=V, run=run, start=number * PART, duration=PART, independent=True, body=b"chunk")


def outbox(*packets: Packet) -> Outbox:
    box = Outbox()
    for packet in packets:
        box.add(packet)
    return box


def drain(box: Outbox) -> list[Packet]:
    """Acknowledge everything."""
    sent = []
    while (packet := box.pick()) is not None:
        box.acknowledge(packet)
        sent.append(packet)
    return sent


def test_the_init_section_goes_before_the_first_chunk() -> None:
    packets: list[Packet] = [init(1), chunk(0), chunk(1)]
    box = outbox(*packets)
    assert box.waiting == 2
    assert drain(box) == packets
    assert (box.waiting, box.lost) == (0, 0)


def test_an_init_section_without_chunks_goes_too() -> None:
    assert drain(outbox(init(1))) == [init(1)]


def test_the_same_packet_is_offered_until_it_is_acknowledged() -> None:
    box = outbox(init(1), chunk(0))
    assert box.pick() == box.pick() == init(1)


def test_what_was_acknowledged_is_sent_again_to_a_headend_that_lost_it() -> None:
    packets: list[Packet] = [init(1), *(chunk(number) for number in range(5))]
    box = outbox(*packets)
    drain(box)
    box.resume(Position(0, 0))
    assert drain(box) == packets


def test_sending_goes_on_after_what_the_headend_has() -> None:
    box = outbox(init(1), *(chunk(number) for number in range(5)))
    drain(box)
    box.resume(Position(1, 3 * PART))
    assert drain(box) == [init(1), chunk(3), chunk(4)]


def test_a_headend_that_has_a_newer_run_gets_nothing_of_an_older_one() -> None:
    box = outbox(init(1), chunk(0), chunk(1))
    box.resume(Position(9, PART))
    assert box.waiting == 0


def test_a_headend_that_has_an_older_run_gets_all_of_the_newer_one() -> None:
    box = outbox(init(1), chunk(0), init(2), chunk(3, 2), chunk(4, 2))
    box.resume(Position(1, PART))
    assert drain(box) == [init(2), chunk(3, 2), chunk(4, 2)]


def test_a_new_run_sends_its_own_init_section() -> None:
    packets: list[Packet] = [init(1), chunk(0), init(2), chunk(3, 2)]
    assert drain(outbox(*packets)) == packets


def test_thirty_seconds_are_kept_and_the_rest_is_lost() -> None:
    box = outbox(init(1), *(chunk(number) for number in range(100)))
    assert (box.waiting, box.lost) == (FITTING + 1, 100 - FITTING - 1)
    assert drain(box)[1:] == [chunk(number) for number in range(99 - FITTING, 100)]


def test_what_was_acknowledged_before_it_was_let_go_is_not_lost() -> None:
    box = outbox(init(1))
    for number in range(100):
        box.add(chunk(number))
        drain(box)
    assert (box.waiting, box.lost) == (0, 0)


def test_a_chunk_under_way_is_not_let_go() -> None:
    box = outbox(init(1), chunk(0))
    box.acknowledge(init(1))
    under_way = box.pick()
    assert under_way == chunk(0)
    for number in range(1, 100):
        box.add(chunk(number))
    box.acknowledge(under_way)
    box.pick()
    assert box.lost == 99 - FITTING - 1


def test_what_a_dead_headend_was_offered_is_withdrawn_and_no_more_than_half_a_minute_is_kept() -> None:
    """Ten minutes without the headend: memory is bounded, and what is lost is counted."""
    box = outbox(init(1), chunk(0))
    box.acknowledge(init(1))
    assert box.pick() == chunk(0)
    box.withdraw()
    for number in range(1, 10 * 60 * SCALE // PART):
        box.add(chunk(number))
    assert box.waiting == FITTING + 1
    assert box.lost == 10 * 60 * SCALE // PART - FITTING - 1


def test_init_sections_of_runs_that_are_gone_go_too() -> None:
    box = outbox(init(1), chunk(0), init(2), chunk(KEPT // PART + 5, 2))
    assert not box.has_init(1)
    assert box.has_init(2)


def test_a_refused_chunk_takes_the_run_up_to_it_along() -> None:
    box = outbox(init(1), *(chunk(number) for number in range(4)), init(2), chunk(9, 2))
    drain(box)
    box.resume(Position(0, 0))
    box.refuse(chunk(1))
    assert box.lost == 0
    assert drain(box) == [init(1), chunk(2), chunk(3), init(2), chunk(9, 2)]


def test_a_refused_init_section_takes_all_of_its_run_along() -> None:
    box = outbox(init(1), chunk(0), chunk(1), init(2), chunk(2, 2))
    box.refuse(init(1))
    assert drain(box) == [init(2), chunk(2, 2)]
    assert not box.has_init(1)


def test_refusing_keeps_the_place() -> None:
    box = outbox(init(1), chunk(0), init(2), chunk(2, 2), chunk(3, 2))
    for packet in (init(1), chunk(0), init(2)):
        assert box.pick() == packet
        box.acknowledge(box.pick() or packet)
    box.refuse(chunk(0))
    assert box.waiting == 2
    assert box.pick() == chunk(2, 2)


def test_a_packet_given_up_is_lost() -> None:
    box = outbox(init(1), chunk(0), chunk(1))
    box.acknowledge(init(1))
    given_up = box.pick()
    assert given_up is not None
    box.give_up(given_up)
    assert (box.pick(), box.lost, box.waiting) == (chunk(1), 1, 1)


def test_an_init_section_given_up_is_not_offered_again() -> None:
    box = outbox(init(1), chunk(0))
    box.give_up(init(1))
    assert box.pick() == chunk(0)
    assert not box.has_init(1)


def test_kept_is_half_a_minute() -> None:
    assert KEPT == 30 * SCALE
