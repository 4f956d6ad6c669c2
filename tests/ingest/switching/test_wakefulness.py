"""A thread works, rests and ends as it is told."""

from threading import Event, Thread

from ingest.switching.wakefulness import Wakefulness


def _worker(work: Wakefulness) -> tuple[Thread, Event]:
    worked = Event()

    def run() -> None:
        while work.works():
            turn = work.turn
            worked.set()
            work.pause(60, turn)

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread, worked


def test_one_that_rests_waits_until_it_is_woken_or_ends() -> None:
    work = Wakefulness(awake=False)
    thread, worked = _worker(work)
    assert not work.working
    assert not worked.is_set()
    work.wake()
    assert worked.wait(5)
    assert work.working
    work.rest()
    work.end()
    thread.join(5)
    assert not thread.is_alive()
    assert not work.working


def test_a_pause_ends_with_any_word_that_changes_something() -> None:
    work = Wakefulness(awake=True)
    turn = work.turn
    work.wake()  # it works already
    assert work.turn == turn
    work.rest()
    work.pause(60, turn)  # returns: the word came before the pause began
    thread, worked = _worker(work)
    work.wake()
    assert worked.wait(5)
    work.end()
    thread.join(5)
    assert not thread.is_alive()


def test_what_has_ended_does_not_work_again() -> None:
    work = Wakefulness(awake=True)
    work.end()
    work.wake()
    assert not work.works()


def test_a_nudge_ends_a_pause_and_nothing_else() -> None:
    work = Wakefulness(awake=True)
    turn = work.turn
    work.nudge()
    work.pause(60, turn)
    assert work.working
    resting = Wakefulness(awake=False)
    resting.nudge()
    assert not resting.working
