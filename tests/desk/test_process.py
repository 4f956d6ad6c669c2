"""What every process of the machine begins and ends with."""

import logging
from logging.handlers import QueueListener
from pathlib import Path

import pytest

from desk.process import OPERATOR_CAN_MEND, live
from desk.settings import Settings
from flow.errors import OperatorError

pytestmark = pytest.mark.usefixtures("own_logs")


async def quiet(_logs: QueueListener) -> None:
    logging.getLogger("life").warning("here")


async def refused(_logs: QueueListener) -> None:
    problem = "the port is in use"
    raise OperatorError(problem, "End what uses it")


def test_a_life_that_ends_is_status_0_and_has_its_own_log(tmp_path: Path) -> None:
    assert live("one", Settings(data=tmp_path), quiet) == 0
    assert "one life: here" in (tmp_path / "log" / "one.log").read_text()


def test_what_the_operator_can_mend_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    assert live("one", Settings(data=tmp_path), refused) == OPERATOR_CAN_MEND
    assert "xacast: the port is in use" in capsys.readouterr().err
