"""Who is signed in, from memory."""

from dataclasses import replace

from desk.people.account import Account
from desk.people.account_memory import AccountMemory
from desk.people.account_store import Known
from desk.people.role import Role
from desk.people.session import IDLE_S, Session

LAN = Account(name="lan", role=Role.OPERATOR)
ABOVE = {"vn": "", "01": "vn", "00004": "01", "19": "vn"}


class Clock:
    now = 1_000

    def __call__(self) -> int:
        return self.now


def made(*sessions: Session) -> tuple[AccountMemory, Clock]:
    clock = Clock()
    memory = AccountMemory(clock)
    memory.replace(Known(accounts={"lan": LAN}, sessions={one.digest: one for one in sessions}, above=ABOVE))
    return memory, clock


def a_session(digest: str = "d", seen_s: int = 1_000) -> Session:
    return Session(digest=digest, account="lan", made_s=1_000, seen_s=seen_s)


def test_use_keeps_a_session_and_is_told_to_the_database_until_that_knows() -> None:
    memory, clock = made(a_session())
    for _ in range(3):
        clock.now += IDLE_S - 1
        assert memory.session("d") == (LAN, a_session(seen_s=clock.now))
    assert memory.seen() == {"d": clock.now} == memory.seen()
    memory.replace(Known(accounts={"lan": LAN}, sessions={"d": a_session(seen_s=clock.now)}, above=ABOVE))
    assert memory.seen() == {}


def test_to_look_whether_it_lasts_is_no_use_of_it() -> None:
    memory, clock = made(a_session())
    clock.now += IDLE_S - 1
    assert memory.lasts("d")
    clock.now += 1
    assert not memory.lasts("d")
    assert memory.session("d") is None


def test_what_ended_here_stays_ended_whatever_the_database_still_says() -> None:
    """T-27."""
    memory, _ = made(a_session(), a_session("e"))
    memory.end(["d", "unknown"])
    assert memory.ended() == ("d",)
    memory.replace(Known(accounts={"lan": LAN}, sessions={"d": a_session(), "e": a_session("e")}, above=ABOVE))
    assert (memory.session("d"), memory.of("lan")) == (None, ("e",))
    memory.replace(Known(accounts={"lan": LAN}, sessions={"e": a_session("e")}, above=ABOVE))
    assert memory.ended() == ()


def test_an_account_that_is_disabled_or_gone_has_no_session() -> None:
    memory, _ = made(a_session())
    for accounts in ({"lan": replace(LAN, enabled=False)}, {}):
        memory.replace(Known(accounts=accounts, sessions={"d": a_session()}, above=ABOVE))
        assert memory.session("d") is None


def test_a_region_holds_itself_and_what_is_below_it() -> None:
    """T-28."""
    memory, _ = made()
    assert memory.within("00004", "01")
    assert memory.within("01", "01")
    assert not memory.within("19", "01")
    assert not memory.within("vn", "01")
    assert not memory.within("", "01")
    assert not memory.within("unknown", "01")
    assert memory.within("unknown", "")
    assert memory.within("", "")
