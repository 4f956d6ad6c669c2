"""The desk's own errors say the way out."""

from desk.errors import AnotherRunsError, NotRunningError, PortTakenError, RefusedError, SecondNeededError
from desk.listener import Listener


def test_a_refusal_carries_its_status() -> None:
    error = RefusedError(409, "channel a is running already", "Choose another name")
    assert (error.status, str(error)) == (409, "channel a is running already. Choose another name.")


def test_without_a_headend_the_way_out_is_up() -> None:
    assert "xacast up" in str(NotRunningError("127.0.0.1:8090"))


def test_a_taken_port_names_another_one() -> None:
    error = PortTakenError("viewers", Listener("127.0.0.1", 8080), "is in use")
    assert str(error) == (
        "the viewers' port 127.0.0.1:8080 is in use. "
        "End what uses it, or choose another with XACAST_VIEWERS=127.0.0.1:8081."
    )


def test_an_address_that_is_not_ours_gets_another_way_out_than_a_port_in_use() -> None:
    why = "cannot be opened: Cannot assign requested address"
    error = PortTakenError("viewers", Listener("192.0.2.1", 8080), why)
    assert "an address of this machine" in error.remedy
    assert "End what uses it" not in error.remedy


def test_another_xacast_is_told_by_its_ports() -> None:
    assert "8080, 8090" in str(AnotherRunsError((8080, 8090)))


def test_what_needs_a_second_operator_has_a_number() -> None:
    error = SecondNeededError(7, "a second operator confirms this", "`xacast confirm 7`")
    assert (error.number, error.status) == (7, 428)
